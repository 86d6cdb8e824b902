/** Memory that grows by what connections held when they ended: something still refers to it. */

import type { Finding } from '../../../model/answers/doctor.ts';
import { formatCount, formatSize } from '../../../model/quantity.ts';
import { formatDuration } from '../../../model/time.ts';
import { daysToDouble, type Picture } from '../picture.ts';
import { EFFECT } from '../thresholds.ts';
import { bytesRate, rangeText, shellWord } from '../words.ts';
import { evidence, type Rule, residentEvidence } from './rule.ts';

export const keptByEndedConnections: Rule = ({ pictures }) =>
  pictures.flatMap((picture) => (picture.place?.where === 'ended' ? [findingOf(picture, picture.place.grown)] : []));

function findingOf(picture: Picture, grown: number): Finding {
  const { node, ended } = picture;
  const { field, times, entries, bytes } = ended[0]!;
  const { from, to, slope } = node.resident!;
  const upTo = (most: number) => Math.min(most, grown);
  const held = { low: upTo(bytes.low), likely: upTo(bytes.likely), high: upTo(bytes.high) };
  const days = daysToDouble(slope, node);
  return {
    kind: 'ended-connections-kept',
    level: days !== null && days < EFFECT.problemDays ? 'problem' : 'warning',
    certainty: 'likely',
    because:
      'connections are no more, and variables hold no more, than before; what a sample saw of them before they ended is of this size',
    nodes: [node.node],
    subject: field,
    what: `memory grows by what connections held when they ended on ${node.node}: ${formatSize(grown, 'bytes')} in ${formatDuration(to - from)} (${bytesRate(slope)}), while connections with ${formatCount(entries)} entries in ${field}, about ${rangeText(held)}, ended`,
    evidence: [
      ...ended.map((one) =>
        evidence(node.node, `${one.field} of ended connections`, 'entries', {
          last: one.entries,
          detail: `${formatCount(one.times)} times`,
        }),
      ),
      ...residentEvidence(picture),
    ],
    advice: [
      {
        text: `Look for what keeps c$${field}, or the connection, after it has ended${times > 1 ? ', as it did each time' : ''}: a variable or closure it is stored in, or resize() of a vector that held it, which frees nothing (seen up to Zeek 8.0).`,
        command: `grep -rnE ${shellWord(`resize *\\(|${field.slice(field.lastIndexOf('.') + 1)}`)} SCRIPTS`,
      },
    ],
  };
}
