/** What the variables of one node add to an answer, and its sum: the pieces of groups. */

import type { RangeGroup, RangeNode } from '../../model/answers/range.ts';
import type { SizeUnit, TopPivot, TopSpan } from '../../model/answers/top.ts';
import { addBytes, type ByteRange, type BytesMethod, exactly, NO_BYTES } from '../../model/bytes.ts';
import { type Entry, GROUPS_OF } from '../../model/entry.ts';
import { moduleOf, type Unit } from '../../model/logged/sample.ts';
import { entryOf } from './entries.ts';
import type { Weigher } from './weigh.ts';

/** The size of something, in the unit that was asked for where it can be told in that. */
interface Measured {
  readonly unit: Unit;
  /** In `unit`; null where it was not measured. */
  readonly size: number | null;
  /** The size as a range; null where it is not in bytes. */
  readonly bytes: ByteRange | null;
  readonly method: BytesMethod | null;
  readonly entries: number | null;
  /** Rows without a size. */
  readonly unmeasured: number;
}

export interface Portion {
  readonly node: string;
  readonly variables: readonly string[];
  /** The pivot's value. */
  readonly group: string;
  /** Of the package, where the pivot is that. */
  readonly version: string | null;
  readonly measured: Measured;
  readonly span: TopSpan | null;
  readonly perHour: number | null;
}

export interface Weighing {
  readonly by: TopPivot;
  readonly unit: SizeUnit;
  readonly weigher: Weigher;
  /** In the unit of a portion; null where it does not grow. */
  readonly perHour: (node: string, variable: string, unit: Unit) => number | null;
}

/** The portion of an entry of a snapshot; null where it has none in the unit asked for. */
export function portionOfEntry(entry: Entry, { by, unit, perHour }: Weighing): Portion | null {
  const measured = measureIn(unit, entry);
  if (measured === null) return null;
  const { node, variable } = entry;
  const growth = perHour(node, variable, measured.unit);
  return { node, variables: [variable], ...groupOf(entry, by), measured, span: null, perHour: growth };
}

/**
 * The portion of a variable over a span. Sizes at its first, largest and mean run are weighed as if its elements
 * were like those of the last run.
 *
 * @param group of a range by variable
 */
export function portionOfRange(group: RangeGroup, { boots, lastTs }: RangeNode, weighing: Weighing): Portion | null {
  const { node, key: variable, unit, entries, first, last, max, mean } = group;
  const { weigher } = weighing;
  const moduleName = moduleOf(variable);
  const guesses = weighing.unit === 'bytes';
  const reference = last > 0 ? last : max;
  const perSize = entries === null || reference === 0 ? null : entries / reference;
  const peak = perSize === null ? entries : max * perSize;
  // Only in one life of a process does a table still have the slots of its largest run.
  const peakEntries = boots === 1 ? peak : null;
  const latest = { moduleName, variable, unit, size: last, entries };
  const entry = entryOf(node, lastTs, latest, weigher, { guesses, peakEntries });
  const now = measureIn(weighing.unit, entry);
  if (now === null) return null;
  // Most variables hardly change: what is the same as the last size, or the largest, is weighed once.
  const sizeNow = now.size ?? 0;
  const at = (value: number) => {
    if (value === last) return sizeNow;
    const sample = { variable, unit, size: value, entries: perSize === null ? entries : value * perSize };
    // How large it was before then nobody knows: a table that grows did not have the slots yet that it has in the end.
    return measureIn(weighing.unit, { ...sample, ...weigher.weighKnown(node, sample, { guesses }) })?.size ?? 0;
  };
  const most = at(max);
  const orMost = (value: number) => (value === max ? most : at(value));
  return {
    node,
    variables: group.variables,
    ...groupOf(entry, weighing.by),
    measured: now.unit === 'bytes' && unit !== 'bytes' ? now : { ...now, unmeasured: group.unmeasured },
    span: { first: orMost(first), last: sizeNow, max: most, mean: orMost(mean) },
    perHour: null,
  };
}

/** The portion of a group that the store has already summed up, in the unit of its log. */
export function portionOfSum(group: RangeGroup): Portion {
  const { node, key, unit, first, last, max, mean, entries, variables, unmeasured } = group;
  const isBytes = unit === 'bytes';
  return {
    node,
    variables,
    group: key,
    version: null,
    measured: {
      unit,
      size: last,
      bytes: isBytes ? exactly(last) : null,
      method: isBytes ? 'reported' : null,
      entries,
      unmeasured,
    },
    span: { first, last, max, mean },
    perHour: null,
  };
}

function measureIn(
  unit: SizeUnit,
  { size, entries, bytes, method, unit: logged }: Pick<Entry, 'size' | 'entries' | 'unit' | 'bytes' | 'method'>,
): Measured | null {
  if (unit === 'entries')
    return entries === null ? null : { unit, size: entries, bytes: null, method: null, entries, unmeasured: 0 };
  if (unit === 'bytes' && bytes !== null) return { unit, size: bytes.likely, bytes, method, entries, unmeasured: 0 };
  const reported = logged === 'bytes' ? { bytes, method } : { bytes: null, method: null };
  return { unit: logged, size, ...reported, entries, unmeasured: size === null ? 1 : 0 };
}

function groupOf(entry: Entry, by: TopPivot): Pick<Portion, 'group' | 'version'> {
  return { group: GROUPS_OF[by](entry), version: by === 'package' ? entry.from.version : null };
}

/** What one variable on one node adds, in the unit of the group. */
interface Part {
  readonly node: string;
  readonly size: number;
  readonly bytes: ByteRange | null;
  readonly entries: number | null;
  readonly perHour: number | null;
}

export class GroupSum {
  size = 0;
  bytes: ByteRange | null = null;
  readonly #onNodes = new Map<string, number>();
  readonly #variables = new Set<string>();
  #entries: number | null = null;
  #perHour: number | null = null;

  add({ node, size, bytes, entries, perHour }: Part, variables: readonly string[]): void {
    this.size += size;
    this.#onNodes.set(node, (this.#onNodes.get(node) ?? 0) + size);
    for (const variable of variables) this.#variables.add(variable);
    if (bytes !== null) this.bytes = addBytes(this.bytes ?? NO_BYTES, bytes);
    if (entries !== null) this.#entries = (this.#entries ?? 0) + entries;
    if (perHour !== null) this.#perHour = (this.#perHour ?? 0) + perHour;
  }

  /** @param total what all groups come to, of which this is a share */
  describe(total: number) {
    return {
      size: this.size,
      bytes: this.bytes,
      share: total > 0 ? this.size / total : 0,
      largestNode: largestNodeOf(this.#onNodes),
      perHour: this.#perHour,
      entries: this.#entries,
      variables: this.#variables.size,
      nodes: this.#onNodes.size,
    };
  }
}

/** Of several nodes that hold as much, the first by name; a node without a name where there is none. */
function largestNodeOf(onNodes: ReadonlyMap<string, number>): { readonly node: string; readonly size: number } {
  let largest = { node: '', size: Number.NEGATIVE_INFINITY };
  for (const [node, size] of onNodes)
    if (size > largest.size || (size === largest.size && node < largest.node)) largest = { node, size };
  return largest;
}
