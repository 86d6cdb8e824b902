/** What is known of one variable in the life of a node that is looked at, and how it went. */

import type { ByteRange, BytesMethod } from '../../model/bytes.ts';
import { exactly } from '../../model/bytes.ts';
import type { VariableDescription } from '../../model/description.ts';
import type { GrowthShape } from '../../model/growth.ts';
import { moduleOf, type Unit } from '../../model/sample.ts';
import type { Series } from '../../model/series.ts';
import { numberOrNull } from '../../model/unset.ts';
import type { SizeModel } from '../../sizing/index.ts';
import type { PointsTrend } from '../points-trend.ts';
import { shapeOf } from '../shape.ts';
import { stepsOf } from '../steps.ts';
import { type Trend, trendOf } from './trend.ts';

/** How large something is, where nothing says more. */
interface Estimate {
  readonly bytes: ByteRange;
  readonly method: BytesMethod;
}

/** How a variable went, as `growth` has it. */
export interface VariableTrend extends Trend {
  /** Null where there is not enough data to tell. */
  readonly shape: GrowthShape | null;
  /** How often it rose at once and stayed, and when last, in seconds since the epoch. Null where it did not. */
  readonly step: { readonly at: number; readonly times: number } | null;
}

export interface VariableCase {
  readonly variable: string;
  readonly moduleName: string;
  readonly unit: Unit;
  readonly description: VariableDescription | null;
  /** Per point: seconds since the epoch, what was logged (NaN where nothing was). */
  readonly ts: Float64Array;
  readonly size: Float64Array;
  readonly entries: Float64Array;
  /** The first point after the process settled, and the last one, that have a value. */
  readonly firstPoint: number;
  readonly lastPoint: number;
  readonly estimateAt: (point: number) => Estimate | null;
  /** The last size; nothing, where it has become too small to be logged or cannot be weighed. */
  readonly now: Estimate;
  /** False where the log does not tell what it counts, so that nobody knows what that is in bytes. */
  readonly canBeWeighed: boolean;
  /** What it grew by since the first point, from the least to the most; below zero where it shrank. */
  readonly change: ByteRange;
  /** The most it came to in an earlier life of the node in which it stopped by itself; null where there is none. */
  readonly settledAt: number | null;
}

export function variableCase(
  { key, moduleName, unit, size, entries, highest }: Series,
  ts: Float64Array,
  settled: number,
  description: VariableDescription | null,
  model: SizeModel,
): Omit<VariableCase, 'settledAt'> | null {
  const has = (point: number) => !(Number.isNaN(size[point]!) && Number.isNaN(entries[point]!));
  const points = Array.from(ts.keys()).filter(has);
  const firstPoint = points.find((point) => ts[point]! >= settled) ?? points.at(-1);
  const lastPoint = points.at(-1);
  if (firstPoint === undefined || lastPoint === undefined) return null;
  const estimateAt = (point: number): Estimate | null => {
    const { bytes, method } = model.weigh({
      type: description?.type ?? null,
      recordFields: description?.recordFields ?? [],
      pattern: description?.pattern ?? null,
      size: numberOrNull(size[point]!),
      unit,
      entries: numberOrNull(entries[point]!),
      peakEntries: peakUntil(point, entries, highest),
    });
    return bytes === null ? null : { bytes, method };
  };
  // What has no row in the last runs has become too small to be logged.
  const isGone = ts.length - 1 - lastPoint >= GONE_AFTER;
  const last = isGone ? NOT_KNOWN : estimateAt(lastPoint);
  const now = last ?? NOT_KNOWN;
  const before = (estimateAt(firstPoint) ?? NOT_KNOWN).bytes;
  return {
    variable: key,
    moduleName: moduleName || moduleOf(key),
    unit,
    description,
    ts,
    size,
    entries,
    firstPoint,
    lastPoint,
    estimateAt,
    now,
    canBeWeighed: last !== null,
    change: differenceOf(now.bytes, before),
  };
}

/** Points without a row at the end; the last one may be of a run that is being written. */
const GONE_AFTER = 2;

const NOT_KNOWN: Estimate = { bytes: exactly(0), method: 'assumed' };

/** Entries that became more by less than this share did not become more. */
const SAME_ENTRIES = 0.1;

/** True where a container does not get more entries, and still holds more: what is in its entries grows. */
export function growsInside({ entries, size, firstPoint, lastPoint }: VariableCase): boolean {
  const growth = (values: Float64Array) => values[lastPoint]! / values[firstPoint]! - 1;
  return growth(entries) < SAME_ENTRIES && growth(size) > 2 * SAME_ENTRIES;
}

/** The bounds of a change: what is uncertain of an entry is equally so before and after. */
function differenceOf(after: ByteRange, before: ByteRange): ByteRange {
  const low = after.low - before.low;
  const high = after.high - before.high;
  return { low: Math.min(low, high), likely: after.likely - before.likely, high: Math.max(low, high) };
}

function peakUntil(point: number, entries: Float64Array, highest: Float64Array): number | null {
  if (Number.isNaN(entries[point]!)) return null;
  let peak = entries[point]!;
  for (let i = 0; i <= point; i++) if (!Number.isNaN(entries[i]!) && highest[i]! > peak) peak = highest[i]!;
  return peak;
}

/** Its last number of entries, or its last size where it has none. */
export function lastCount({ entries, size, lastPoint }: VariableCase): number {
  return Number.isNaN(entries[lastPoint]!) ? size[lastPoint]! : entries[lastPoint]!;
}

/**
 * How a variable went: by its entries, which are exact, or, where these stay and what is in them grows, by its size. (Not
 * by its bytes: those of a table jump whenever its slots double.)
 */
export function trendOfVariable({ ts, size, entries, firstPoint, lastPoint }: VariableCase): VariableTrend | null {
  const rise = (values: Float64Array) => {
    const first = Number.isNaN(values[firstPoint]!) ? 0 : values[firstPoint]!;
    return Number.isNaN(values[lastPoint]!) ? 0 : (values[lastPoint]! - first) / Math.max(1, first);
  };
  const isCounted = !Number.isNaN(entries[lastPoint]!) && rise(entries) >= 0.5 * rise(size);
  const values = isCounted ? entries : size;
  const trend = trendOf(ts, values);
  if (trend === null) return null;
  const points = Array.from(ts.keys()).filter((i) => !Number.isNaN(values[i]!));
  const t = points.map((i) => (ts[i]! - ts[0]!) / 3600);
  const y = points.map((i) => values[i]!);
  const found = shapeOf({ t, y }, isCounted);
  // Not enough runs, or too short a time, for that: then the trend alone tells.
  if (found.verdict === 'unclear') return { ...trend, shape: null, step: null };
  const step =
    found.verdict === 'stepped' ? { at: ts[0]! + found.since * 3600, times: stepsOf({ t, y })?.at.length ?? 1 } : null;
  return { ...trend, kind: kindOfShape(found), shape: found.shape, step };
}

function kindOfShape({ verdict, shape }: PointsTrend): Trend['kind'] {
  if (verdict === 'growing') return 'growing';
  if (shape === 'plateau') return 'slowing';
  return shape === 'falling' ? 'falling' : 'flat';
}
