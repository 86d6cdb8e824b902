/** Memory that a variable gave up and the process did not: the allocator keeps it for the next that needs some. */

import type { ByteRange } from '../../model/bytes.ts';
import { type ObservedNode, readEnds, readLast, readNearest } from './observed-node.ts';
import type { ObservedVariable } from './observed-variable.ts';
import { RETAINED } from './thresholds.ts';

export interface Retained {
  readonly variable: ObservedVariable;
  /** Entries, or size where there are none, before and after. */
  readonly before: number;
  readonly after: number;
  /** When it shrank, seconds since the epoch. */
  readonly at: number;
  /** What the variable gave up. */
  readonly freed: ByteRange;
  /** Resident memory before, and now. */
  readonly residentBefore: number;
  readonly residentNow: number;
  /** What is still with the process of it. */
  readonly bytes: ByteRange;
}

/** What a node's process keeps, the largest first. */
export function findRetained(node: ObservedNode): Retained[] {
  // A peak never falls: it says nothing of what was returned.
  const now = node.memory === 'resident_memory' ? readEnds(node, node.memory, 0)?.last : undefined;
  if (now === undefined) return [];
  return node.variables
    .flatMap((variable) => findRetainedBy(variable, node, now) ?? [])
    .sort((a, b) => b.bytes.likely - a.bytes.likely);
}

function findRetainedBy(variable: ObservedVariable, node: ObservedNode, residentNow: number): Retained | null {
  const fall = findLastFall(variable);
  if (fall === null) return null;
  const before = variable.estimateAt(fall.from)?.bytes;
  if (before === undefined) return null;
  const after = variable.now.bytes;
  const freed = {
    low: Math.max(0, before.low - after.high),
    likely: Math.max(0, before.likely - after.likely),
    high: Math.max(0, before.high - after.low),
  };
  if (freed.likely < RETAINED.minFreedBytes || freed.likely < RETAINED.minFreedShare * residentNow) return null;
  const then = variable.ts[fall.from]!;
  const residentBefore = readNearest(node, node.memory, then) ?? residentNow;
  // What was written to swap space is no longer resident, and the process has it all the same.
  const swapped = (readLast(node, 'swapped_memory') ?? 0) - (readNearest(node, 'swapped_memory', then) ?? 0);
  const returned = Math.max(0, residentBefore - residentNow - Math.max(0, swapped));
  if (returned >= RETAINED.maxReturned * freed.likely) return null;
  const keep = (bytes: number) => Math.max(0, Math.min(residentNow, bytes - returned));
  return {
    variable,
    before: fall.before,
    after: fall.after,
    at: variable.ts[fall.to]!,
    freed,
    residentBefore,
    residentNow,
    bytes: { low: keep(freed.low), likely: keep(freed.likely), high: keep(freed.high) },
  };
}

/** The fall after which a variable stayed small; null where there is none, or where it falls again and again. */
function findLastFall({ ts, size, entries, lastPoint }: ObservedVariable): {
  from: number;
  to: number;
  before: number;
  after: number;
} | null {
  const values = Number.isNaN(entries[lastPoint]!) && entries.every((value) => Number.isNaN(value)) ? size : entries;
  // A variable that has become too small to be logged has no rows any more: it counts as empty.
  const series = Array.from(ts.keys(), (point) => (Number.isNaN(values[point]!) ? 0 : values[point]!));
  const reach = Math.max(2, Math.ceil(ts.length * RETAINED.within));
  const falls: { from: number; to: number }[] = [];
  for (let from = 0; from < series.length - 1; from++) {
    const small = (1 - RETAINED.fall) * series[from]!;
    const end = Math.min(series.length, from + reach + 1);
    let to = from + 1;
    while (to < end && !(series[to]! <= small)) to++;
    if (to === end || series[from]! <= 0) continue;
    const peak = from + series.slice(from, to).reduce((best, value, i, all) => (value > all[best]! ? i : best), 0);
    falls.push({ from: peak, to });
    from = to;
  }
  const last = falls.at(-1);
  if (last === undefined || falls.length > RETAINED.maxFalls) return null;
  const before = series[last.from]!;
  const rest = series.slice(last.to);
  if (rest.length < RETAINED.minRunsAfter || Math.max(...rest) > (1 - RETAINED.fall) * before) return null;
  return { ...last, before, after: rest.at(-1)! };
}
