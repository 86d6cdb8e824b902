/** Tables that keep the slots of entries long gone: memory that deleting and expiry do not give back. */

import type { Finding } from '../../../model/answers/doctor.ts';
import { formatCount, formatSize } from '../../../model/quantity.ts';
import { numberOrNull } from '../../../model/unset.ts';
import type { Weigher } from '../../weighing/weigh.ts';
import { lastOf } from '../case.ts';
import { SLOTS } from '../thresholds.ts';
import { onNodes } from '../words.ts';
import { byVariable, type OnNode } from './by-variable.ts';
import { evidence, type Rule } from './rule.ts';

interface Kept extends OnNode {
  /** What the table would take less, had it never had more entries than it has. */
  readonly bytes: number;
  readonly entries: number;
  readonly mostEntries: number;
}

export const keptSlots: Rule = ({ pictures, weigher }) => {
  const kept = pictures.flatMap((picture) => {
    const least = Math.max(SLOTS.minBytes, SLOTS.minShare * (lastOf(picture.node, picture.node.memory) ?? 0));
    return picture.node.variables
      .map((variable) => keptOf({ variable, picture }, weigher))
      .filter(({ bytes }) => bytes >= least);
  });
  return byVariable(kept).map(findingOf);
};

function keptOf({ variable: of, picture }: OnNode, weigher: Weigher): Kept {
  const { node } = picture.node;
  const { variable, unit, lastPoint } = of;
  const entries = of.entries[lastPoint]!;
  const described = weigher.typeOf(node, variable);
  const mostEntries = described.mostEntries ?? 0;
  const counts = { size: numberOrNull(of.size[lastPoint]!), unit, entries };
  const bytesAfter = (most: number) => weigher.bytesOf(node, { ...described, mostEntries: most }, counts)?.likely ?? 0;
  const bytes = of.canBeWeighed && mostEntries > entries ? bytesAfter(mostEntries) - bytesAfter(entries) : 0;
  return { variable: of, picture, bytes, entries, mostEntries };
}

function findingOf(list: readonly Kept[]): Finding {
  const most = list.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const name = most.variable.variable;
  const nodes = list.map(({ picture }) => picture.node.node);
  const on = nodes.length > 1 ? `on ${most.picture.node.node}, the most of ${nodes.length} nodes,` : onNodes(nodes);
  return {
    kind: 'kept-slots',
    level: 'note',
    certainty: 'likely',
    because:
      'a table keeps its slots when entries are deleted or expire; it was not seen empty since, as when it is cleared or assigned',
    nodes,
    subject: name,
    what: `≈ ${formatSize(most.bytes, 'bytes')} of ${name} ${on} are slots of entries long gone: it has ${formatCount(most.entries)} entries, and had ${formatCount(most.mostEntries)}`,
    evidence: list.map(({ picture, bytes, mostEntries }) =>
      evidence(picture.node.node, name, 'bytes', {
        last: bytes,
        detail: `kept from when there were ${formatCount(mostEntries)} entries`,
      }),
    ),
    advice: [
      {
        text: 'Slots come back when the table is cleared, or when another takes its place: copy what is still needed into a new table with the same attributes, and assign that. If it fills to as many entries again, they are not wasted.',
        command: `clear_table(${name});`,
      },
    ],
  };
}
