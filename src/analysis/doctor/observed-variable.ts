/** What is known of one variable in the life of a node that is looked at, and how it went. */

import type { GrowthSeries } from '../../model/answers/growth.ts';
import type { ByteRange, BytesMethod } from '../../model/bytes.ts';
import { exactly, NO_BYTES } from '../../model/bytes.ts';
import type { VariableDescription } from '../../model/logged/description.ts';
import { readNumber } from '../../model/logged/node-series.ts';
import { readModule } from '../../model/logged/sample.ts';
import { SETTLED } from '../judge/thresholds.ts';
import type { Records } from './records.ts';
import { describeTrend, type Trend } from './trend.ts';

/** How large something is, where nothing says more. */
interface Estimate {
  readonly bytes: ByteRange;
  readonly method: BytesMethod;
}

export interface ObservedVariable {
  readonly variable: string;
  readonly moduleName: string;
  /** How `growth` judges it. */
  readonly judged: GrowthSeries;
  /** The same in the terms of evidence; null where there is not enough data to tell. */
  readonly trend: Trend | null;
  readonly unit: GrowthSeries['unit'];
  readonly description: VariableDescription | null;
  /** Per point: seconds since the epoch, what was logged (NaN where nothing was). */
  readonly ts: Float64Array;
  readonly size: Float64Array;
  readonly entries: Float64Array;
  /** The point at which what it does now began (or, where it does not grow, it had settled), and the last with a value. */
  readonly firstPoint: number;
  readonly lastPoint: number;
  readonly estimateAt: (point: number) => Estimate | null;
  /** What it was at a time; nothing where it was too small to be logged. */
  readonly bytesAt: (ts: number) => ByteRange;
  /** The last size; nothing, where it has become too small to be logged or cannot be weighed. */
  readonly now: Estimate;
  /** False where the log does not tell what it counts, so that nobody knows what that is in bytes. */
  readonly canBeWeighed: boolean;
  /** What it grew by since the first point, from the least to the most; below zero where it shrank. */
  readonly change: ByteRange;
}

/** @param i of the series that was judged */
export function observeVariable(i: number, { data, judged: all, weigher }: Records): ObservedVariable | null {
  const judged = all.series[i]!;
  const { variable, unit, stretch, node } = judged;
  const { ts, firstTs } = data.stretches[stretch]!;
  const { size, entries, highest } = all.logged[i]!;
  const has = (point: number) => !(Number.isNaN(size[point]!) && Number.isNaN(entries[point]!));
  const points = Array.from(ts.keys()).filter(has);
  const trend = describeTrend(judged.trend, all.points[i]!, firstTs);
  const begins = judged.trend.verdict === 'growing' ? judged.trend.since - 1 : ts[Math.floor(ts.length * SETTLED)]!;
  const firstPoint = points.find((point) => ts[point]! >= begins) ?? points.at(-1);
  const lastPoint = points.at(-1);
  if (firstPoint === undefined || lastPoint === undefined) return null;
  const estimateAt = (point: number): Estimate | null => {
    const counts = { size: readNumber(size[point]!), unit, entries: readNumber(entries[point]!) };
    const sample = { variable, ...counts, ts: ts[point]! };
    const { bytes, method } = weigher.weigh(node, sample, findPeakUntil(point, entries, highest));
    return bytes === null ? null : { bytes, method };
  };
  // What has no row in the last runs has become too small to be logged.
  const isGone = ts.length - 1 - lastPoint >= GONE_AFTER;
  const last = isGone ? NOT_KNOWN : estimateAt(lastPoint);
  const now = last ?? NOT_KNOWN;
  const before = (estimateAt(firstPoint) ?? NOT_KNOWN).bytes;
  return {
    variable,
    moduleName: judged.moduleName || readModule(variable),
    judged,
    trend,
    unit,
    description: weigher.origin(node, variable).description,
    ts,
    size,
    entries,
    firstPoint,
    lastPoint,
    estimateAt,
    bytesAt: (at) => {
      const point = ts.findIndex((time) => time >= at - 1);
      return point >= 0 && has(point) ? (estimateAt(point)?.bytes ?? NO_BYTES) : NO_BYTES;
    },
    now,
    canBeWeighed: last !== null,
    change: subtractBytes(now.bytes, before),
  };
}

/** The most entries there were up to a point; null where they are not known there. */
function findPeakUntil(point: number, entries: Float64Array, highest: Float64Array): number | null {
  if (Number.isNaN(entries[point]!)) return null;
  let peak = entries[point]!;
  for (let i = 0; i <= point; i++) if (!Number.isNaN(entries[i]!) && highest[i]! > peak) peak = highest[i]!;
  return peak;
}

/** Points without a row at the end; the last one may be of a run that is being written. */
const GONE_AFTER = 2;

const NOT_KNOWN: Estimate = { bytes: exactly(0), method: 'assumed' };

/** True where a container does not get more entries, and still holds more: what is in its entries grows. */
export function growsInside({ judged, entries, lastPoint }: ObservedVariable): boolean {
  return judged.measure === 'size' && !Number.isNaN(entries[lastPoint]!);
}

/** The bounds of a change: what is uncertain of an entry is equally so before and after. */
export function subtractBytes(after: ByteRange, before: ByteRange): ByteRange {
  const low = after.low - before.low;
  const high = after.high - before.high;
  return { low: Math.min(low, high), likely: after.likely - before.likely, high: Math.max(low, high) };
}
