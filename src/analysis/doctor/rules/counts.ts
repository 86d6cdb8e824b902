/** Variables that grow in what the log counts, where it does not say what that is: the origin's six columns. */

import type { Finding } from '../../../model/doctor.ts';
import { formatCount } from '../../../model/quantity.ts';
import { formatDuration } from '../../../model/time.ts';
import type { CountedGrowth } from '../picture.ts';
import { countRate, onNodes, steadiness } from '../words.ts';
import { byVariable, type OnNode } from './by-variable.ts';
import { type Rule, residentEvidence, type Ward } from './rule.ts';
import { evidenceOfVariable, lookAdvice } from './variable-evidence.ts';
import { expiryOfCase, mayEnd, wayOf } from './variables.ts';

type Growth = CountedGrowth & OnNode;

export const growingCounts: Rule = (ward) => {
  const all = ward.pictures.flatMap((picture) =>
    picture.growingCounts
      .map((one): Growth => ({ ...one, picture }))
      .filter((one) => !mayEnd({ ...one, expiry: expiryOfCase(one.variable, ward.attributor) })),
  );
  return byVariable(all).map((list) => findingOf(list, ward));
};

function findingOf(list: readonly Growth[], { attributor }: Ward): Finding {
  const { variable, trend, picture } = list[0]!;
  const nodes = list.map((one) => one.picture.node.node);
  const most = nodes.length > 1 ? ` on ${picture.node.node}` : '';
  const expiry = expiryOfCase(variable, attributor);
  const grows = `it grew by ${formatCount(trend.change)} in ${formatDuration(trend.to - trend.from)}${most}, ${wayOf(trend)} (${countRate(trend.slope)}), in a unit that the log does not tell`;
  return {
    kind: expiry === null ? 'variable-grows' : 'expiry-ineffective',
    level: 'warning',
    certainty: 'likely',
    because: `it was ${steadiness(trend)}; how many bytes that is cannot be told`,
    nodes,
    subject: variable.variable,
    what:
      expiry === null
        ? `${variable.variable} grows without an end in sight ${onNodes(nodes)}: ${grows}`
        : `${variable.variable} declares ${expiry.text} and still grows ${onNodes(nodes)}: its expiry is not in effect; ${grows}`,
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
