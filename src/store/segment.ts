/**
 * A segment: successive runs of one node, with the values of every series in time buckets. It never takes more memory
 * than `SERIES_BUCKETS` points for each series.
 */

import { SERIES_BUCKETS, type SeriesSource } from '../model/series.ts';

/** Per point of a series: last size, last entries, smallest and largest level (entries, or size where there are none). */
const COLUMNS = 4;
const SIZE = 0;
const ENTRIES = 1;
const LOWEST = 2;
const HIGHEST = 3;

export interface SeriesName {
  readonly source: SeriesSource;
  readonly key: string;
  readonly moduleName: string;
  readonly unit: string;
}

/** Plain data, so that a thread can send it. */
export interface Segment {
  readonly node: string;
  firstRun: number;
  firstTs: number;
  lastRun: number;
  lastTs: number;
  /** Different runs. */
  runs: number;
  /** Buckets are 2^level seconds wide. */
  level: number;
  /** Per point, ascending: the bucket's number, the time of its last run, its runs. */
  buckets: number[];
  ts: number[];
  runsPerPoint: number[];
  readonly names: SeriesName[];
  /** Per series, `COLUMNS` numbers per point; NaN is nothing. Shorter than the points where the rest is nothing. */
  readonly values: Float64Array<ArrayBuffer>[];
}

export function emptySegment(node: string, run: number, ts: number): Segment {
  return {
    node,
    firstRun: run,
    firstTs: ts,
    lastRun: run,
    lastTs: ts,
    runs: 0,
    level: 0,
    buckets: [],
    ts: [],
    runsPerPoint: [],
    names: [],
    values: [],
  };
}

/** Begins a run that is later than all before it. */
export function beginRun(segment: Segment, run: number, ts: number): void {
  segment.lastRun = run;
  segment.lastTs = Math.max(segment.lastTs, ts);
  segment.runs++;
  makeRoom(segment, segment.lastTs);
  addPoint(segment, bucketOf(segment.lastTs, segment.level), segment.lastTs, 1);
}

export function addSeries(segment: Segment, name: SeriesName): number {
  segment.names.push(name);
  return segment.values.push(new Float64Array(COLUMNS).fill(Number.NaN)) - 1;
}

/** Puts a value into the last point. `size` and `entries` are NaN where there is none. */
export function putValue(segment: Segment, series: number, size: number, entries: number): void {
  if (Number.isNaN(size) && Number.isNaN(entries)) return;
  const at = (segment.buckets.length - 1) * COLUMNS;
  let values = segment.values[series]!;
  if (at >= values.length) values = lengthened(segment, series, at + COLUMNS);
  values[at + SIZE] = size;
  values[at + ENTRIES] = entries;
  const level = entries >= 0 ? entries : size;
  if (!(values[at + LOWEST]! <= level)) values[at + LOWEST] = level;
  if (!(values[at + HIGHEST]! >= level)) values[at + HIGHEST] = level;
}

/** Widens buckets until one at `ts` keeps their number in bounds. */
function makeRoom(segment: Segment, ts: number): void {
  const first = segment.buckets[0];
  if (first === undefined) return;
  let level = segment.level;
  const from = Math.min(segment.firstTs, ts);
  const to = Math.max(segment.lastTs, ts);
  while (bucketOf(to, level) - bucketOf(from, level) >= SERIES_BUCKETS) level++;
  widen(segment, level);
}

export function bucketOf(ts: number, level: number): number {
  return Math.floor(ts / 2 ** level);
}

/** Makes the buckets at least as wide as a level says. */
export function widen(segment: Segment, level: number): void {
  if (level <= segment.level) return;
  const factor = 2 ** (level - segment.level);
  const before = segment.buckets;
  const { ts, runsPerPoint } = segment;
  segment.level = level;
  segment.buckets = [];
  segment.ts = [];
  segment.runsPerPoint = [];
  const points = before.map((bucket, i) => {
    addPoint(segment, Math.floor(bucket / factor), ts[i]!, runsPerPoint[i]!);
    return segment.buckets.length - 1;
  });
  for (const values of segment.values) {
    const length = Math.min(values.length / COLUMNS, points.length);
    for (let i = 0; i < length; i++) {
      const to = points[i]!;
      // Points only move towards the beginning, so what is written has been read.
      if (to === i) continue;
      const isFirst = i === 0 || points[i - 1] !== to;
      if (isFirst) values.copyWithin(to * COLUMNS, i * COLUMNS, (i + 1) * COLUMNS);
      else joinPoint(values, to, values, i);
    }
    const used = length === 0 ? 0 : points[length - 1]! + 1;
    values.fill(Number.NaN, used * COLUMNS);
  }
}

function addPoint(segment: Segment, bucket: number, ts: number, runs: number): void {
  const last = segment.buckets.length - 1;
  if (last >= 0 && segment.buckets[last]! >= bucket) {
    segment.ts[last] = Math.max(segment.ts[last]!, ts);
    segment.runsPerPoint[last]! += runs;
    return;
  }
  segment.buckets.push(bucket);
  segment.ts.push(ts);
  segment.runsPerPoint.push(runs);
}

/** Adds a later point's values to those of a point. */
function joinPoint(values: Float64Array, to: number, more: Float64Array, from: number): void {
  const into = to * COLUMNS;
  const at = from * COLUMNS;
  const lowest = more[at + LOWEST]!;
  const highest = more[at + HIGHEST]!;
  // Nothing was logged, not even a row without a size.
  if (Number.isNaN(more[at + SIZE]!) && Number.isNaN(more[at + ENTRIES]!)) return;
  values[into + SIZE] = more[at + SIZE]!;
  values[into + ENTRIES] = more[at + ENTRIES]!;
  if (!(values[into + LOWEST]! <= lowest)) values[into + LOWEST] = lowest;
  if (!(values[into + HIGHEST]! >= highest)) values[into + HIGHEST] = highest;
}

function lengthened(segment: Segment, series: number, needed: number): Float64Array<ArrayBuffer> {
  const before = segment.values[series]!;
  const after = new Float64Array(Math.min(SERIES_BUCKETS * COLUMNS, Math.max(needed, before.length * 2)));
  after.set(before);
  after.fill(Number.NaN, before.length);
  segment.values[series] = after;
  return after;
}

/**
 * Adds the values of a segment to another, whatever their order in time; those of `more` count as later within a
 * point. The runs of both are for the caller to count.
 *
 * @param indexes the series' indexes in `into`, by their indexes in `more`
 */
export function joinSegments(into: Segment, more: Segment, indexes: readonly number[]): void {
  makeRoom(into, more.firstTs);
  makeRoom(into, more.lastTs);
  into.firstTs = Math.min(into.firstTs, more.firstTs);
  into.lastTs = Math.max(into.lastTs, more.lastTs);
  makeRoom(into, into.lastTs);
  widen(more, into.level);
  widen(into, more.level);
  const positions = joinedPoints(into, more);
  indexes.forEach((series, theirs) => {
    const values = more.values[theirs]!;
    const length = Math.min(values.length / COLUMNS, more.buckets.length);
    for (let i = 0; i < length; i++) {
      if ((positions[i]! + 1) * COLUMNS > into.values[series]!.length)
        lengthened(into, series, (positions[i]! + 1) * COLUMNS);
      joinPoint(into.values[series]!, positions[i]!, values, i);
    }
  });
}

/** Makes points for the buckets of `more` and says where they are. */
function joinedPoints(into: Segment, more: Segment): number[] {
  const last = into.buckets.at(-1);
  if (last === undefined || more.buckets[0]! >= last) {
    return more.buckets.map((bucket, i) => {
      addPoint(into, bucket, more.ts[i]!, more.runsPerPoint[i]!);
      return into.buckets.length - 1;
    });
  }
  const all = [...new Set([...into.buckets, ...more.buckets])].sort((a, b) => a - b);
  const position = new Map(all.map((bucket, i) => [bucket, i]));
  const ts = all.map(() => Number.NEGATIVE_INFINITY);
  const runs = all.map(() => 0);
  for (const { buckets, ts: times, runsPerPoint } of [into, more]) {
    buckets.forEach((bucket, i) => {
      const at = position.get(bucket)!;
      ts[at] = Math.max(ts[at]!, times[i]!);
      runs[at]! += runsPerPoint[i]!;
    });
  }
  into.values.forEach((values, series) => {
    const moved = new Float64Array(all.length * COLUMNS).fill(Number.NaN);
    into.buckets.forEach((bucket, i) => {
      if ((i + 1) * COLUMNS > values.length) return;
      moved.set(values.subarray(i * COLUMNS, (i + 1) * COLUMNS), position.get(bucket)! * COLUMNS);
    });
    into.values[series] = moved;
  });
  into.buckets = all;
  into.ts = ts;
  into.runsPerPoint = runs;
  return more.buckets.map((bucket) => position.get(bucket)!);
}

/** One column of a series, with a number per point. */
export function columnOf(segment: Segment, series: number, column: 'size' | 'entries' | 'lowest' | 'highest') {
  const offset = { size: SIZE, entries: ENTRIES, lowest: LOWEST, highest: HIGHEST }[column];
  const values = segment.values[series]!;
  const numbers = new Float64Array(segment.buckets.length).fill(Number.NaN);
  const known = Math.min(numbers.length, values.length / COLUMNS);
  for (let i = 0; i < known; i++) numbers[i] = values[i * COLUMNS + offset]!;
  return numbers;
}
