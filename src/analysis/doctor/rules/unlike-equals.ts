/** Nodes that hold much more than the others that do the same work, in a variable or in all. */

import type { Advice, Finding } from '../../../model/answers/doctor.ts';
import type { UnlikeEquals } from '../../../model/answers/growth.ts';
import { multiplyBytes } from '../../../model/bytes.ts';
import { formatCount, formatSize } from '../../../model/quantity.ts';
import { unlikeEquals } from '../../growth/equals.ts';
import type { Assessment } from '../assessment.ts';
import type { ObservedVariable } from '../observed-variable.ts';
import { EFFECT } from '../thresholds.ts';
import { formatRange, quoteForShell } from '../words.ts';
import { evidence, listResidentEvidence, type Rule } from './rule.ts';
import { adviseLook, listVariableEvidence } from './variable-evidence.ts';

export const nodesUnlikeEquals: Rule = ({ assessments, judged: { series, stretches, stopped }, attributor }) =>
  unlikeEquals(series, stretches, stopped).flatMap((unlike) => {
    const assessment = assessments.find(({ node }) => node.node === unlike.node);
    if (assessment === undefined) return [];
    if (unlike.source === 'process') return memoryGrows(assessment) ? [] : [describeMemory(unlike, assessment)];
    const variable = assessment.node.variables.find((one) => {
      return one.variable === unlike.variable && one.unit === unlike.unit;
    });
    // What grows, or rose at once, is told by a finding of its own.
    if (variable === undefined || /^(growing|stepped)$/.test(variable.judged.trend.verdict)) return [];
    return describeVariable(unlike, variable, assessment, adviseLook(variable, attributor));
  });

function memoryGrows({ node: { resident } }: Assessment): boolean {
  return resident?.kind === 'growing';
}

const TRAFFIC: Advice = {
  text: 'Nodes that do the same work get like shares of the traffic. See what this one gets: how flows are spread over the workers, or one large flow; and which scripts run there alone.',
  command: null,
};

function describeMemory({ node, value, equals }: UnlikeEquals, assessment: Assessment): Finding {
  return {
    kind: 'unlike-equals',
    level: 'warning',
    certainty: 'certain',
    because: 'memory was measured on each of them',
    nodes: [node],
    subject: null,
    what: `${node} holds ${formatSize(value, 'bytes')}, and its ${equals.nodes} equals at most ${formatSize(equals.largest, 'bytes')}`,
    evidence: listResidentEvidence(assessment),
    advice: [TRAFFIC, { text: 'Compare what they hold.', command: 'my-stats top --by node LOGS' }],
  };
}

function describeVariable(
  { node, variable: name, measure, unit, value, equals }: UnlikeEquals,
  variable: ObservedVariable,
  assessment: Assessment,
  look: Advice,
): Finding[] {
  const more = multiplyBytes(variable.now.bytes, 1 - equals.largest / value);
  const resident = assessment.node.resident?.last ?? 0;
  if (more.likely < EFFECT.minStepBytes || more.likely < EFFECT.minStepShare * resident) return [];
  const amount = (size: number) => (measure === 'entries' ? `${formatCount(size)} entries` : formatSize(size, unit));
  return [
    {
      kind: 'unlike-equals',
      level: more.likely >= EFFECT.warningStepShare * resident ? 'warning' : 'note',
      certainty: measure === 'entries' ? 'certain' : 'likely',
      because: `it was ${measure === 'entries' ? 'counted' : 'measured'} on each of them`,
      nodes: [node],
      subject: name,
      what: `${name} holds ${amount(value)} on ${node}, and at most ${amount(equals.largest)} on its ${equals.nodes} equals: ${formatRange(more)} more`,
      evidence: [
        ...listVariableEvidence(variable, assessment),
        evidence(node, `${name} on its equals`, measure === 'entries' ? 'entries' : 'count', {
          first: equals.median,
          last: equals.largest,
          detail: 'usual, and most',
        }),
        ...listResidentEvidence(assessment),
      ],
      advice: [
        TRAFFIC,
        {
          text: 'Compare it on all of them.',
          command: `my-stats top --by node --variable ${quoteForShell(name)} LOGS`,
        },
        look,
      ],
    },
  ];
}
