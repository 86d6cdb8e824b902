/** What whoever reads an inventory must know besides its numbers. */

import type { InventoryResult } from '../../model/answers/inventory.ts';
import { formatTime } from '../../model/time.ts';
import { describeGuessed } from '../answers/top.ts';
import { countThings, nameInSentence, were } from '../words.ts';

/** A sentence each on what the numbers are, then on what is not in them. */
export function inventoryNotes(result: InventoryResult): string[] {
  return [
    `Sizes of Zeek's global variables in the last complete run of every node, ${formatTime(result.end)}.`,
    'Bytes are estimates where Zeek reports none: the likely value, and a low and a high bound.',
    'Objects and characters are as logged, and are no bytes.',
    ...stateNotes(result),
  ];
}

/** A sentence each on what is not in the numbers, or not whole. */
export function stateNotes(result: InventoryResult): string[] {
  const notes: string[] = [];
  const unmeasured = result.rows.filter(({ size }) => size === null).length;
  if (unmeasured > 0) {
    notes.push(
      `${countThings(unmeasured, 'row')} ${were(unmeasured)} logged without a size and ${were(unmeasured)} not added.`,
    );
  }
  for (const { node, lastSeen } of result.stopped) {
    notes.push(`${nameInSentence(node)} stopped reporting at ${formatTime(lastSeen)}; it is not counted.`);
  }
  for (const { node, ts } of result.nodes.filter(({ complete }) => !complete)) {
    notes.push(
      `${nameInSentence(node)} has no complete run here; what it wrote by ${formatTime(ts)} is counted as it stands.`,
    );
  }
  const guessed = new Map(
    result.rows.flatMap(({ method, variable, type }) => (method === 'assumed' ? [[variable, type]] : [])),
  );
  if (guessed.size > 0) {
    notes.push(describeGuessed([...guessed].sort().map(([variable, type]) => ({ variable, type }))));
  }
  return notes;
}
