/** Nodes that hold much more than the others that do the same work, in a variable or in all. */

import type { Advice, Finding } from '../../../model/answers/doctor.ts';
import type { UnlikeEquals } from '../../../model/answers/growth.ts';
import { timesBytes } from '../../../model/bytes.ts';
import { formatCount, formatSize } from '../../../model/quantity.ts';
import { unlikeEquals } from '../../growth/equals.ts';
import type { Picture } from '../picture.ts';
import { EFFECT } from '../thresholds.ts';
import type { VariableCase } from '../variable-case.ts';
import { rangeText, shellWord } from '../words.ts';
import { evidence, type Rule, residentEvidence } from './rule.ts';
import { evidenceOfVariable, lookAdvice } from './variable-evidence.ts';

export const nodesUnlikeEquals: Rule = ({ pictures, judged: { series, stretches, stopped }, attributor }) =>
  unlikeEquals(series, stretches, stopped).flatMap((unlike) => {
    const picture = pictures.find(({ node }) => node.node === unlike.node);
    if (picture === undefined) return [];
    if (unlike.source === 'process') return memoryGrows(picture) ? [] : [memoryFinding(unlike, picture)];
    const variable = picture.node.variables.find((one) => {
      return one.variable === unlike.variable && one.unit === unlike.unit;
    });
    // What grows, or rose at once, is told by a finding of its own.
    if (variable === undefined || /^(growing|stepped)$/.test(variable.judged.trend.verdict)) return [];
    return variableFinding(unlike, variable, picture, lookAdvice(variable, attributor));
  });

function memoryGrows({ node: { resident } }: Picture): boolean {
  return resident?.kind === 'growing';
}

const TRAFFIC: Advice = {
  text: 'Nodes that do the same work get like shares of the traffic. See what this one gets: how flows are spread over the workers, or one large flow; and which scripts run there alone.',
  command: null,
};

function memoryFinding({ node, value, equals }: UnlikeEquals, picture: Picture): Finding {
  return {
    kind: 'unlike-equals',
    level: 'warning',
    certainty: 'certain',
    because: 'memory was measured on each of them',
    nodes: [node],
    subject: null,
    what: `${node} holds ${formatSize(value, 'bytes')}, and its ${equals.nodes} equals at most ${formatSize(equals.largest, 'bytes')}`,
    evidence: residentEvidence(picture),
    advice: [TRAFFIC, { text: 'Compare what they hold.', command: 'my-stats top --by node LOGS' }],
  };
}

function variableFinding(
  { node, variable: name, measure, unit, value, equals }: UnlikeEquals,
  variable: VariableCase,
  picture: Picture,
  look: Advice,
): Finding[] {
  const more = timesBytes(variable.now.bytes, 1 - equals.largest / value);
  const resident = picture.node.resident?.last ?? 0;
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
      what: `${name} holds ${amount(value)} on ${node}, and at most ${amount(equals.largest)} on its ${equals.nodes} equals: ${rangeText(more)} more`,
      evidence: [
        ...evidenceOfVariable(variable, picture),
        evidence(node, `${name} on its equals`, measure === 'entries' ? 'entries' : 'count', {
          first: equals.median,
          last: equals.largest,
          detail: 'usual, and most',
        }),
        ...residentEvidence(picture),
      ],
      advice: [
        TRAFFIC,
        { text: 'Compare it on all of them.', command: `my-stats top --by node --variable ${shellWord(name)} LOGS` },
        look,
      ],
    },
  ];
}
