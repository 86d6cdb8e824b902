/** Variables that rose at once and stayed: no leak, but where memory went, and when. */

import type { Finding } from '../../../model/answers/doctor.ts';
import { formatCount, formatShare } from '../../../model/quantity.ts';
import { formatTime } from '../../../model/time.ts';
import { EFFECT } from '../thresholds.ts';
import { formatNodes, formatRange, quoteForShell } from '../words.ts';
import { isIntel } from './constants.ts';
import { listResidentEvidence, type Rule, type RuleInput } from './rule.ts';
import { adviseLook, groupByVariable, listVariableEvidence, type OnNode } from './variable-evidence.ts';

type Step = OnNode;

export const steppedVariables: Rule = (input) => {
  const steps = input.assessments.flatMap((assessment): Step[] =>
    assessment.stepped.map((variable) => ({ variable, assessment })),
  );
  return groupByVariable(steps.filter(({ variable }) => !isIntel(variable))).map((list) =>
    describeFinding(list, input),
  );
};

function describeFinding(list: readonly Step[], { attributor }: RuleInput): Finding {
  const { variable, assessment } = list[0]!;
  const { since, steps: times } = variable.judged.trend;
  const steps = times === 1 ? 'rose at once' : `rose in ${times} steps`;
  const at = `${times === 1 ? 'at' : 'the last at'} ${formatTime(since)}`;
  const nodes = list.map((one) => one.assessment.node.node);
  const { resident, node } = assessment.node;
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
    what: `${name} ${steps} ${formatNodes(nodes)}, ${at}${most}, and stayed: ${formatRange(variable.change)} more${ofProcess}, now ${formatCountOf(variable)}`,
    evidence: list.flatMap((one) => [
      ...listVariableEvidence(one.variable, one.assessment).map((row) => ({ ...row, perHour: null })),
      ...listResidentEvidence(one.assessment),
    ]),
    advice: [
      {
        text: 'It does not go on growing. See what was loaded or set then: an input file or feed, an option, a change of scripts. If it is not needed on all nodes, load it where it is.',
        command: `my-stats top --by variable --variable ${quoteForShell(name)} --at ${formatTime(since)} LOGS`,
      },
      adviseLook(variable, attributor),
    ],
  };
}

function formatCountOf({ entries, size, unit, lastPoint }: Step['variable']): string {
  const count = entries[lastPoint]!;
  if (!Number.isNaN(count)) return `${formatCount(count)} entries`;
  return `${formatCount(size[lastPoint]!)} ${unit === 'unknown' ? 'in what the log counts' : unit}`;
}
