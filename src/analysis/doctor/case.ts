/** What is known of one node, put together for the rules: the life of its process that is looked at, and all series of it. */

import { median } from 'simple-statistics';
import type { Attributor } from '../../attribution/attributor.ts';
import type { Assignment } from '../../attribution/declaration.ts';
import type { ByteRange, BytesMethod } from '../../model/bytes.ts';
import { exactly } from '../../model/bytes.ts';
import type { ConnectionField } from '../../model/connection.ts';
import type { Descriptions, VariableDescription } from '../../model/description.ts';
import type { NodeGauge, NodeSeries } from '../../model/node-series.ts';
import { moduleOf, type Unit } from '../../model/sample.ts';
import type { Series, SeriesResult, Stretch } from '../../model/series.ts';
import { SizeModel } from '../../sizing/index.ts';
import { EarlierBoots } from '../earlier-boots.ts';
import { shapeOf } from '../shape.ts';
import { TREND } from './thresholds.ts';
import { type Trend, trendOf } from './trend.ts';

/** What the logs hold, as the store gives it. */
export interface Records {
  readonly nodes: readonly NodeSeries[];
  readonly series: SeriesResult;
  readonly connections: readonly ConnectionField[];
  readonly descriptions: Descriptions;
  readonly attributor: Attributor;
  /** Statements of scripts at hand that replace a variable as a whole. */
  readonly assignments: readonly Assignment[];
  readonly zeekVersions: ReadonlyMap<string, string>;
}

/** How large something is, where nothing says more. */
interface Estimate {
  readonly bytes: ByteRange;
  readonly method: BytesMethod;
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
  /** The last size. */
  readonly now: Estimate;
  /** What it grew by since the first point, from the least to the most; below zero where it shrank. */
  readonly change: ByteRange;
  /** The most it came to in an earlier life of the node in which it stopped by itself; null where there is none. */
  readonly settledAt: number | null;
}

export interface NodeCase {
  readonly node: string;
  readonly zeekVersion: string | null;
  readonly boot: number | null;
  /** True where the node started again since, too recently to say anything of that life. */
  readonly isEarlierLife: boolean;
  /** Seconds since the epoch, ascending: runs of that life, without the one made as it ended. */
  readonly ts: Float64Array;
  readonly run: Float64Array;
  readonly gauges: Readonly<Record<NodeGauge, Float64Array>> | null;
  readonly endedOrderly: boolean;
  readonly variables: readonly VariableCase[];
  /** All rows of that life. */
  readonly connections: readonly ConnectionField[];
  /** The gauge that tells the process's memory: before Zeek 7.0 there is only its peak. */
  readonly memory: 'resident_memory' | 'peak_memory';
  /** How its memory went; null where it was not logged, or not often enough. */
  readonly resident: Trend | null;
}

/** One case per node, by name. */
export function casesOf(records: Records): NodeCase[] {
  const names = new Set([
    ...records.nodes.map(({ node }) => node),
    ...records.series.stretches.map(({ node }) => node),
  ]);
  return [...names].sort().map((node) => caseOf(node, records));
}

function caseOf(node: string, records: Records): NodeCase {
  const lives = records.nodes.filter((life) => life.node === node).map(withoutExit);
  const life = chosen(lives, ({ series }) => series.ts.length);
  const stretches = records.series.stretches.map((stretch, index) => ({ stretch, index }));
  const own = stretches.filter(({ stretch }) => stretch.node === node);
  const stretch = life === null ? chosen(own, (one) => one.stretch.runs) : longest(own, life.series);
  const zeekVersion = life?.series.zeekVersion ?? records.zeekVersions.get(node) ?? null;
  const ts = life?.series.ts ?? stretch?.stretch.ts ?? new Float64Array(0);
  const boot = life?.series.boot ?? stretch?.stretch.boot ?? null;
  const gauges = life?.series.gauges ?? null;
  const isKnown = gauges === null || gauges.resident_memory.some((value) => !Number.isNaN(value));
  const memory = isKnown ? 'resident_memory' : 'peak_memory';
  const later = life === null ? [] : lives.slice(lives.indexOf(life) + 1);
  return {
    node,
    zeekVersion,
    boot,
    isEarlierLife: later.length > 0,
    ts,
    run: life?.series.run ?? new Float64Array(ts.length).fill(Number.NaN),
    gauges,
    endedOrderly: (lives.at(-1)?.ended ?? false) && later.length === 0,
    variables: stretch === null ? [] : variablesOf(stretch, node, records, new SizeModel(zeekVersion)),
    connections: records.connections.filter((row) => row.node === node && (boot === null || row.boot === boot)),
    memory,
    resident: gauges === null ? null : trendOf(ts, gauges[memory]),
  };
}

/** As a process ends it has closed its connections: its last run says nothing of how it went. */
function withoutExit(life: NodeSeries): { series: NodeSeries; ended: boolean } {
  const ended = life.trigger.at(-1) === 'exit';
  const end = ended && life.ts.length > 1 ? life.ts.length - 1 : life.ts.length;
  const gauges = Object.fromEntries(Object.entries(life.gauges).map(([name, values]) => [name, values.slice(0, end)]));
  const series = {
    ...life,
    ts: life.ts.slice(0, end),
    run: life.run.slice(0, end),
    gauges: gauges as NodeSeries['gauges'],
  };
  return { series, ended };
}

/** The last that is long enough to tell anything; the last one, where none is. */
function chosen<Life>(lives: readonly Life[], runs: (life: Life) => number): Life | null {
  return lives.findLast((life) => runs(life) >= TREND.minRuns) ?? lives.at(-1) ?? null;
}

interface IndexedStretch {
  readonly stretch: Stretch;
  readonly index: number;
}

/** The longest stretch within a life. */
function longest(stretches: readonly IndexedStretch[], life: NodeSeries): IndexedStretch | null {
  const from = life.ts[0]! - 5;
  const to = life.ts.at(-1)! + 5;
  const within = stretches.filter(({ stretch }) => stretch.firstTs >= from && stretch.firstTs <= to);
  return within.toSorted((a, b) => b.stretch.runs - a.stretch.runs)[0] ?? null;
}

function variablesOf(
  { stretch, index }: IndexedStretch,
  node: string,
  { series, descriptions }: Records,
  model: SizeModel,
): VariableCase[] {
  const earlier = new EarlierBoots(series);
  const settled = stretch.ts[Math.floor(stretch.ts.length * TREND.settle)] ?? 0;
  return series.series
    .filter((one) => one.stretch === index && one.source === 'variable')
    .flatMap((one) => {
      const found = variableCase(one, stretch.ts, settled, descriptions.of(node, one.key), model);
      return found === null ? [] : [{ ...found, settledAt: earlier.settledAt(one) }];
    });
}

function variableCase(
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
    const { bytes, method } = model.estimate({
      type: description?.type ?? null,
      recordFields: description?.recordFields ?? [],
      size: numberOrNull(size[point]!),
      unit,
      entries: numberOrNull(entries[point]!),
      peakEntries: peakUntil(point, entries, highest),
    });
    return bytes === null ? null : { bytes, method };
  };
  // What has no row in the last runs has become too small to be logged.
  const isGone = ts.length - 1 - lastPoint >= GONE_AFTER;
  const now = (isGone ? null : estimateAt(lastPoint)) ?? NOT_KNOWN;
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
    change: differenceOf(now.bytes, before),
  };
}

/** Points without a row at the end; the last one may be of a run that is being written. */
const GONE_AFTER = 2;

const NOT_KNOWN: Estimate = { bytes: exactly(0), method: 'assumed' };

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

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/**
 * How a variable went: by its entries, which are exact, or, where these stay and what is in them grows, by its size. (Not
 * by its bytes: those of a table jump whenever its slots double.)
 */
export function trendOfVariable({ ts, size, entries, firstPoint, lastPoint }: VariableCase): Trend | null {
  const rise = (values: Float64Array) => {
    const first = Number.isNaN(values[firstPoint]!) ? 0 : values[firstPoint]!;
    return Number.isNaN(values[lastPoint]!) ? 0 : (values[lastPoint]! - first) / Math.max(1, first);
  };
  const isCounted = !Number.isNaN(entries[lastPoint]!) && rise(entries) >= 0.5 * rise(size);
  const values = isCounted ? entries : size;
  const trend = trendOf(ts, values);
  return trend === null ? null : { ...trend, kind: kindByShape(ts, values, isCounted) ?? trend.kind };
}

/** What `growth` says of it; null where it takes more runs, or more time, to tell. */
function kindByShape(ts: Float64Array, values: Float64Array, isCounted: boolean): Trend['kind'] | null {
  const points = Array.from(ts.keys()).filter((i) => !Number.isNaN(values[i]!));
  const t = points.map((i) => (ts[i]! - ts[0]!) / 3600);
  const { verdict, shape } = shapeOf({ t, y: points.map((i) => values[i]!) }, isCounted);
  if (verdict === 'unclear') return null;
  if (verdict === 'growing') return 'growing';
  if (shape === 'plateau') return 'slowing';
  return shape === 'falling' ? 'falling' : 'flat';
}

/** The last value there is of a gauge; null where there is none. */
export function lastOf({ gauges }: NodeCase, gauge: NodeGauge): number | null {
  const values = gauges?.[gauge] ?? new Float64Array(0);
  return numberOrNull(values.findLast((value) => !Number.isNaN(value)) ?? Number.NaN);
}

/** The process's memory in the run nearest to a time; null where it was not logged. */
export function memoryNear({ ts, gauges, memory }: NodeCase, at: number): number | null {
  let nearest: number | null = null;
  let distance = Number.POSITIVE_INFINITY;
  gauges?.[memory].forEach((value, i) => {
    const away = Math.abs(ts[i]! - at);
    if (Number.isNaN(value) || away >= distance) return;
    nearest = value;
    distance = away;
  });
  return nearest;
}

/** The middle one of the times between its runs, in seconds; null with fewer than two. */
export function intervalOf({ ts }: NodeCase): number | null {
  const gaps = Array.from(ts.subarray(1), (at, i) => at - ts[i]!);
  return gaps.length === 0 ? null : median(gaps);
}
