/**
 * A segment: runs of one node, with the values of every series in time buckets. It never has more than `SERIES_BUCKETS`
 * points. What it comes to does not depend on the order in which values are put into it, nor on how often.
 */

import { SERIES_BUCKETS } from '../../model/logged/series.ts';

/** Per point of a series: last size, last entries, smallest and largest level (entries, or size where there are none), and when the last was. */
export const POINT_COLUMNS = 5;
const SIZE = 0;
const ENTRIES = 1;
const LOWEST = 2;
const HIGHEST = 3;
const TS = 4;

/** Numbers per series in `names`: places of its variable, module and unit among the texts that go with the segment. */
export const NAME_COLUMNS = 3;

/** Plain data, so that a thread can send it. */
export interface Segment {
  readonly node: string;
  /** The stretch it is known to be of; -1 where its runs must tell. */
  readonly stretch: number;
  /** True where rows of a run may have been put into different buckets. */
  misplaced: boolean;
  /** Counter and time of each of its runs. */
  readonly runs: number[];
  readonly ts: number[];
  /** Buckets are 2^level seconds wide. */
  level: number;
  /** The bucket of each point, in no order. */
  buckets: number[];
  /** `NAME_COLUMNS` numbers per series. */
  readonly names: number[];
  /** How many series a point has room for, and the values: `POINT_COLUMNS` numbers per series, point by point; NaN is nothing. */
  width: number;
  values: Float64Array<ArrayBuffer>;
}

/** @param width how many series there will be, as far as that can be told */
export function createSegment(node: string, stretch: number, level: number, width: number): Segment {
  const values = blank(width * POINT_COLUMNS);
  return { node, stretch, misplaced: false, runs: [], ts: [], level, buckets: [], names: [], width, values };
}

export function chooseBucket(ts: number, level: number): number {
  return Math.floor(ts / 2 ** level);
}

/** The smallest width of buckets, as a level, at which a span of time has no more than are allowed. */
function chooseLevel(from: number, to: number, atLeast: number): number {
  let level = atLeast;
  while (chooseBucket(to, level) - chooseBucket(from, level) >= SERIES_BUCKETS) level++;
  return level;
}

/** How wide the buckets of a stretch are, when it begins and when it ends. */
export function findBounds(runs: readonly { readonly ts: number }[]) {
  const [from, to] = [runs[0]!.ts, runs.at(-1)!.ts];
  return { from, to, level: chooseLevel(from, to, 0) };
}

/** Makes room for a run: buckets widen until there are few enough of them. */
export function reserveTime(segment: Segment, from: number, to: number): void {
  let [first, last] = [from, to];
  for (const bucket of segment.buckets) {
    first = Math.min(first, bucket * 2 ** segment.level);
    last = Math.max(last, bucket * 2 ** segment.level);
  }
  widen(segment, chooseLevel(first, last, segment.level));
}

/** The point of a bucket, which is made where there is none. */
export function findPoint(segment: Segment, bucket: number): number {
  const { buckets } = segment;
  const known = buckets.lastIndexOf(bucket);
  if (known >= 0) return known;
  const point = buckets.push(bucket) - 1;
  const needed = (point + 1) * segment.width * POINT_COLUMNS;
  if (needed > segment.values.length)
    segment.values = blank(Math.max(needed, 2 * segment.values.length), segment.values);
  return point;
}

/** @returns the new series' number */
export function addSeries(segment: Segment, variable: number, moduleName: number, unit: number): number {
  const series = segment.names.length / NAME_COLUMNS;
  segment.names.push(variable, moduleName, unit);
  if (series === segment.width) useWidth(segment, Math.max(8, 2 * segment.width));
  return series;
}

/** Puts a value into a point of a series; its place is `(point * width + series) * POINT_COLUMNS`. */
export function putValue(values: Float64Array, at: number, ts: number, size: number, entries: number): void {
  // Nothing was logged, not even a row without a size.
  if (Number.isNaN(size) && Number.isNaN(entries)) return;
  const level = entries >= 0 ? entries : size;
  putPoint(values, at, ts, size, entries, level, level);
}

/** Of two values of one run the larger one counts, so that which comes first means nothing. */
function putPoint(
  values: Float64Array,
  at: number,
  ts: number,
  size: number,
  entries: number,
  lowest: number,
  highest: number,
): void {
  const known = values[at + TS]!;
  if (!(known > ts) && (known !== ts || isLarger(size, entries, values[at + SIZE]!, values[at + ENTRIES]!))) {
    values[at + SIZE] = size;
    values[at + ENTRIES] = entries;
    values[at + TS] = ts;
  }
  if (!(values[at + LOWEST]! <= lowest)) values[at + LOWEST] = lowest;
  if (!(values[at + HIGHEST]! >= highest)) values[at + HIGHEST] = highest;
}

function isLarger(size: number, entries: number, otherSize: number, otherEntries: number): boolean {
  if (size === otherSize || (Number.isNaN(size) && Number.isNaN(otherSize))) return !(entries <= otherEntries);
  return !(size <= otherSize) && !Number.isNaN(size);
}

/**
 * Adds the values of a segment to another.
 *
 * @param series the numbers of the series in `into`, by their numbers in `more`; there must be room for them
 */
export function joinSegments(into: Segment, more: Segment, series: readonly number[]): void {
  for (const run of more.runs) into.runs.push(run);
  for (const ts of more.ts) into.ts.push(ts);
  if (more.buckets.length === 0) return;
  widen(into, more.level);
  const times = more.buckets.map((bucket) => bucket * 2 ** more.level);
  reserveTime(into, Math.min(...times), Math.max(...times));
  more.buckets.forEach((_, theirs) => {
    const point = findPoint(into, chooseBucket(times[theirs]!, into.level));
    for (let i = 0; i < series.length; i++) {
      joinPoint(
        into.values,
        (point * into.width + series[i]!) * POINT_COLUMNS,
        more.values,
        (theirs * more.width + i) * POINT_COLUMNS,
      );
    }
  });
}

function joinPoint(into: Float64Array, to: number, from: Float64Array, at: number): void {
  const ts = from[at + TS]!;
  if (Number.isNaN(ts)) return;
  putPoint(into, to, ts, from[at + SIZE]!, from[at + ENTRIES]!, from[at + LOWEST]!, from[at + HIGHEST]!);
}

/** Makes the buckets at least as wide as a level says. */
export function widen(segment: Segment, level: number): void {
  if (level <= segment.level) return;
  const before = segment.buckets;
  const factor = 2 ** (level - segment.level);
  const row = segment.width * POINT_COLUMNS;
  segment.level = level;
  segment.buckets = [];
  before.forEach((bucket, from) => {
    const wide = Math.floor(bucket / factor);
    const known = segment.buckets.lastIndexOf(wide);
    // Points only move towards the beginning, so what is written over has been read.
    if (known < 0) {
      const to = segment.buckets.push(wide) - 1;
      if (to !== from) segment.values.copyWithin(to * row, from * row, (from + 1) * row);
    } else {
      for (let at = 0; at < row; at += POINT_COLUMNS)
        joinPoint(segment.values, known * row + at, segment.values, from * row + at);
    }
  });
  segment.values.fill(Number.NaN, segment.buckets.length * row);
}

function useWidth(segment: Segment, width: number): void {
  const points = Math.max(1, segment.buckets.length);
  const values = blank(points * width * POINT_COLUMNS);
  const row = segment.width * POINT_COLUMNS;
  for (let point = 0; point < segment.buckets.length; point++)
    values.set(segment.values.subarray(point * row, (point + 1) * row), point * width * POINT_COLUMNS);
  segment.width = width;
  segment.values = values;
}

function blank(length: number, from?: Float64Array): Float64Array<ArrayBuffer> {
  const values = new Float64Array(length);
  if (from !== undefined) values.set(from);
  values.fill(Number.NaN, from?.length ?? 0);
  return values;
}

/** The points in the order of time. */
export function orderPoints({ buckets }: Segment): number[] {
  return Array.from(buckets.keys()).sort((a, b) => buckets[a]! - buckets[b]!);
}

/** One column of a series, with a number per point, in the order given. */
export function readColumn(
  { values, width }: Segment,
  series: number,
  points: readonly number[],
  column: 'size' | 'entries' | 'lowest' | 'highest',
): Float64Array {
  const first = series * POINT_COLUMNS + { size: SIZE, entries: ENTRIES, lowest: LOWEST, highest: HIGHEST }[column];
  const read = new Float64Array(points.length);
  for (let i = 0; i < points.length; i++) read[i] = values[points[i]! * width * POINT_COLUMNS + first]!;
  return read;
}
