/** Processes that end unannounced and are started again, over and over: each too soon for any trend to show. */

import { median } from 'simple-statistics';
import type { Finding } from '../../../model/answers/doctor.ts';
import type { NodeSeries } from '../../../model/logged/node-series.ts';
import { formatSize } from '../../../model/quantity.ts';
import { formatDuration, formatTime } from '../../../model/time.ts';
import type { ObservedVariable } from '../observed-variable.ts';
import { RESTARTS } from '../thresholds.ts';
import { evidence, type Rule, type RuleInput } from './rule.ts';
import { adviseLook, listVariableEvidence } from './variable-evidence.ts';

/** A life that another followed, though its last run does not say that the process ended. */
interface EndedLife {
  /** Seconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** Resident memory at its first and last run; null where it was not logged. */
  readonly memory: { readonly first: number; readonly last: number } | null;
}

export const restartingNodes: Rule = (input) => {
  return input.assessments.flatMap(({ node }) => {
    const lives = input.lives.filter((life) => life.node === node.node);
    const ended = findEndedLives(lives);
    const spans = ended.map(({ from, to }) => to - from);
    if (ended.length < RESTARTS.minEnds || median(spans) > RESTARTS.maxLife) return [];
    // What happened only long ago is over.
    const last = lives.at(-1)!;
    if (last.ts.at(-1)! - last.ts[0]! > RESTARTS.maxLife) return [];
    const isTold = lives.some(({ trigger }) => trigger.some((why) => why !== null));
    return describeFinding(node.node, ended, isTold, input);
  });
};

function describeFinding(node: string, ended: readonly EndedLife[], isTold: boolean, input: RuleInput): Finding[] {
  const assessment = input.assessments.find((one) => one.node.node === node)!;
  const known = ended.flatMap(({ memory }) => (memory === null ? [] : [memory]));
  const filled = known.filter(({ first, last }) => last >= RESTARTS.filled * first);
  const isFilled = filled.length > 0 && filled.length >= known.length / 2;
  // Somebody may have restarted it as often as that.
  if (!isTold && !isFilled) return [];
  const cause = isFilled ? findGrowingInEachLife(node, input) : null;
  const middle = (end: 'first' | 'last') =>
    formatSize(median((isFilled ? filled : known).map((one) => one[end])), 'bytes');
  const held = isFilled ? `, its memory at ${middle('last')} from ${middle('first')} at its start` : '';
  const steady = !isFilled && known.length > 0 ? `, its memory at ${middle('last')} as at its start` : '';
  const after = formatDuration(median(ended.map(({ from, to }) => to - from)));
  const grows = cause === null ? '' : `; ${cause.variable} grew each time`;
  const ends = isTold ? `ended ${ended.length} times without saying so` : `ended ${ended.length} times`;
  const finding: Finding = {
    kind: 'node-restarts',
    level: isFilled ? 'problem' : 'warning',
    certainty: isTold ? 'certain' : 'likely',
    because: isTold
      ? 'the last runs before do not say that the process ended, and others followed'
      : 'the counter of its runs began again as often; the log does not tell whether somebody ended it',
    nodes: [node],
    subject: cause?.variable ?? null,
    what: `${node} ${ends} and was started again, after ${after} as a rule${held}${steady}${grows}`,
    evidence: [
      ...ended.slice(-RESTARTS.shown).map(({ from, to, memory }) =>
        evidence(node, 'resident memory', 'bytes', {
          first: memory?.first ?? null,
          last: memory?.last ?? null,
          detail: `${formatTime(from)} to ${formatTime(to)}`,
        }),
      ),
      ...(cause === null ? [] : listVariableEvidence(cause, assessment)),
    ],
    advice: [
      {
        text: 'A process that was ended for lack of memory leaves a line in the kernel log.',
        command: "journalctl -k | grep -i 'out of memory'",
      },
      { text: 'One that crashed leaves a report.', command: `zeekctl diag ${node}` },
      ...(cause === null ? [] : [adviseLook(cause, input.attributor)]),
    ],
  };
  return [finding];
}

function findEndedLives(lives: readonly NodeSeries[]): EndedLife[] {
  return lives.slice(0, -1).flatMap(({ ts, trigger, gauges }) => {
    if (trigger.at(-1) === 'exit') return [];
    const memory = gauges.resident_memory.filter((value) => !Number.isNaN(value));
    return [
      {
        from: ts[0]!,
        to: ts.at(-1)!,
        memory: memory.length === 0 ? null : { first: memory[0]!, last: memory.at(-1)! },
      },
    ];
  });
}

/** The variable that grew by most bytes in the life that is looked at, if it grew in the ones before too. */
function findGrowingInEachLife(node: string, { assessments, data }: RuleInput): ObservedVariable | null {
  const { variables } = assessments.find((one) => one.node.node === node)!.node;
  const largest = variables.reduce<ObservedVariable | null>(
    (most, one) => (one.canBeWeighed && one.change.likely > (most?.change.likely ?? 0) ? one : most),
    null,
  );
  if (largest === null || largest.change.likely < RESTARTS.minGrowthBytes) return null;
  const own = data.series.filter(
    ({ source, key, stretch }) =>
      source === 'variable' && key === largest.variable && data.stretches[stretch]!.node === node,
  );
  const rises = own.filter(({ size }) => {
    const values = size.filter((value) => !Number.isNaN(value));
    return values.length > 1 && values.at(-1)! > RESTARTS.filled * values[0]!;
  });
  return rises.length >= RESTARTS.minEnds && rises.length >= own.length * RESTARTS.mostLives ? largest : null;
}
