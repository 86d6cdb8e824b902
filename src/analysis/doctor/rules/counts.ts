/** Variables that grow in what the log counts, where it does not say what that is: the origin's six columns. */

import type { Finding } from '../../../model/answers/doctor.ts';
import { formatCount } from '../../../model/quantity.ts';
import type { GrowingVariable } from '../picture.ts';
import { countRate, growthWords, steadiness } from '../words.ts';
import { byVariable, type OnNode } from './by-variable.ts';
import { type Rule, residentEvidence, type Ward } from './rule.ts';
import { evidenceOfVariable, lookAdvice } from './variable-evidence.ts';
import { growsOn } from './variables.ts';

type Growth = GrowingVariable & OnNode;

export const growingCounts: Rule = (ward) => {
  const all = ward.pictures.flatMap((picture) => picture.growingCounts.map((one): Growth => ({ ...one, picture })));
  return byVariable(all).map((list) => findingOf(list, ward));
};

function findingOf(list: readonly Growth[], { attributor }: Ward): Finding {
  const { variable, trend, picture } = list[0]!;
  const { expiryFails } = variable.judged;
  const nodes = list.map((one) => one.picture.node.node);
  const most = nodes.length > 1 ? ` on ${picture.node.node}` : '';
  const grew = growthWords(trend, formatCount(trend.change), countRate(trend.slope), most);
  return {
    kind: expiryFails ? 'expiry-ineffective' : 'variable-grows',
    level: 'warning',
    certainty: 'likely',
    because: `${steadiness(trend)}; how many bytes that is cannot be told`,
    nodes,
    subject: variable.variable,
    what: `${growsOn(nodes, variable, grew)}, in a unit that the log does not tell`,
    evidence: list.flatMap((one) => [
      ...evidenceOfVariable(one.variable, one.picture),
      ...residentEvidence(one.picture),
    ]),
    advice: [
      {
        text: 'The collector of this project also logs the unit, entries and types, from which bytes follow.',
        command: null,
      },
      lookAdvice(variable, attributor),
    ],
  };
}
