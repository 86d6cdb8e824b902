/** Variables that rose at once and stayed: no leak, but where memory went, and when. */

import type { Finding } from '../../../model/answers/doctor.ts';
import { formatCount, formatShare } from '../../../model/quantity.ts';
import { formatTime } from '../../../model/time.ts';
import { EFFECT } from '../thresholds.ts';
import { onNodes, rangeText, shellWord } from '../words.ts';
import { byVariable, type OnNode } from './by-variable.ts';
import { isIntel } from './constants.ts';
import { type Rule, residentEvidence, type Ward } from './rule.ts';
import { evidenceOfVariable, lookAdvice } from './variable-evidence.ts';

type Step = OnNode;

export const steppedVariables: Rule = (ward) => {
  const steps = ward.pictures.flatMap((picture): Step[] => picture.stepped.map((variable) => ({ variable, picture })));
  return byVariable(steps.filter(({ variable }) => !isIntel(variable))).map((list) => findingOf(list, ward));
};

function findingOf(list: readonly Step[], { attributor }: Ward): Finding {
  const { variable, picture } = list[0]!;
  const { since, steps: times } = variable.judged.trend;
  const steps = times === 1 ? 'rose at once' : `rose in ${times} steps`;
  const at = `${times === 1 ? 'at' : 'the last at'} ${formatTime(since)}`;
  const nodes = list.map((one) => one.picture.node.node);
  const { resident, node } = picture.node;
  const name = variable.variable;
  const share = resident === null ? null : variable.change.likely / resident.last;
  const ofProcess = share === null ? '' : `, ${formatShare(share)} of the process`;
  const most = list.length > 1 ? ` on ${node}` : '';
  return {
    kind: 'variable-stepped',
    level: share !== null && share >= EFFECT.warningStepShare ? 'warning' : 'note',
    certainty: 'certain',
    because: 'what the log counts rose from one run to the next, and stayed the same before and after',
    nodes,
    subject: name,
    what: `${name} ${steps} ${onNodes(nodes)}, ${at}${most}, and stayed: ${rangeText(variable.change)} more${ofProcess}, now ${countOf(variable)}`,
    evidence: list.flatMap((one) => [
      ...evidenceOfVariable(one.variable, one.picture).map((row) => ({ ...row, perHour: null })),
      ...residentEvidence(one.picture),
    ]),
    advice: [
      {
        text: 'It does not go on growing. See what was loaded or set then: an input file or feed, an option, a change of scripts. If it is not needed on all nodes, load it where it is.',
        command: `my-stats top --by variable --variable ${shellWord(name)} --at ${formatTime(since)} LOGS`,
      },
      lookAdvice(variable, attributor),
    ],
  };
}

function countOf({ entries, size, unit, lastPoint }: Step['variable']): string {
  const count = entries[lastPoint]!;
  if (!Number.isNaN(count)) return `${formatCount(count)} entries`;
  return `${formatCount(size[lastPoint]!)} ${unit === 'unknown' ? 'in what the log counts' : unit}`;
}
