/** What one variable on one node comes to, in columns that are never added to each other, and notes on the whole. */

import type { InventoryResult } from '../../model/answers/inventory.ts';
import type { Entry } from '../../model/entry.ts';
import type { Unit } from '../../model/logged/sample.ts';
import { formatTime } from '../../model/time.ts';
import { describeGuessed } from '../answers/top.ts';
import { visibleName } from '../text/sanitize.ts';
import { countThings, nameInSentence, were } from '../words.ts';

/** Units every profile has columns for, whether or not its logs have them: profiles with other columns do not compare. */
const USUAL_UNITS: readonly Unit[] = ['objects', 'characters', 'unknown'];

export type Measure =
  | { readonly kind: 'bytes'; readonly bound: 'likely' | 'low' | 'high' }
  | { readonly kind: 'size'; readonly unit: Unit }
  | { readonly kind: 'entries' };

/** Bytes first, then sizes as logged, then entries; units this program does not know come last. */
export function measuresOf(result: InventoryResult): Measure[] {
  const others = new Set(result.rows.map(({ unit }) => unit));
  for (const unit of [...USUAL_UNITS, 'bytes']) others.delete(unit);
  return [
    ...(['likely', 'low', 'high'] as const).map((bound): Measure => ({ kind: 'bytes', bound })),
    ...USUAL_UNITS.map((unit): Measure => ({ kind: 'size', unit })),
    { kind: 'entries' },
    ...[...others].sort().map((unit): Measure => ({ kind: 'size', unit })),
  ];
}

/** Null where the row has no such value. */
function measured(row: Entry, measure: Measure): number | null {
  if (measure.kind === 'bytes') return row.bytes === null ? null : row.bytes[measure.bound];
  if (measure.kind === 'entries') return row.entries;
  return row.unit === measure.unit ? row.size : null;
}

/** Package, module and variable, outermost first, as text that is safe to show. */
export function stackOf({ moduleName, variable, from }: Entry): string[] {
  return [`package ${visibleName(from.package)}`, `module ${visibleName(moduleName)}`, visibleName(variable)];
}

/** A variable logged twice in one run is one variable: like things are summed, as `top` does. */
export function summedBy(all: readonly Entry[], keyOf: (row: Entry) => string): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const row of all) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/** The sum over rows that have the value; null where none has. */
export function sumOf(group: readonly Entry[], measure: Measure): number | null {
  return group.reduce<number | null>((sum, row) => {
    const value = measured(row, measure);
    return value === null ? sum : (sum ?? 0) + value;
  }, null);
}

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
