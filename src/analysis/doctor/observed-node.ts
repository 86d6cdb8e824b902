/** What is known of one node, put together for the rules: the life of its process that is looked at, and all series of it. */

import { median } from 'simple-statistics';
import type { ByteRange } from '../../model/bytes.ts';
import type { ConnectionField } from '../../model/logged/connection.ts';
import { type NodeGauge, type NodeSeries, readNumber } from '../../model/logged/node-series.ts';
import { fillingOf, gaugePoints, Processes, withoutExit } from '../growth/gauges.ts';
import { judge } from '../judge/judge.ts';
import type { Points } from '../judge/points.ts';
import { convertToClock } from '../judge/points-trend.ts';
import { FEWEST_POINTS, SETTLED } from '../judge/thresholds.ts';
import { type ObservedVariable, observeVariable } from './observed-variable.ts';
import type { Records } from './records.ts';
import { describeTrend, type Trend } from './trend.ts';

/** A field of connections, and how it went over all that were looked into. */
export interface ObservedField {
  readonly variable: string;
  readonly trend: Trend | null;
  /** What is in it at the last run that told of it, and how many entries that is. */
  readonly bytes: ByteRange | null;
  readonly entries: number;
  readonly bytesPerHour: ByteRange | null;
  /** Entries, by the hours since the node's first run. */
  readonly points: Points;
}

export interface ObservedNode {
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
  readonly variables: readonly ObservedVariable[];
  /** Fields of connections, over all that were looked into. */
  readonly fields: readonly ObservedField[];
  /** All rows of that life. */
  readonly connections: readonly ConnectionField[];
  /** The gauge that tells the process's memory: before Zeek 7.0 there is only its peak. */
  readonly memory: 'resident_memory' | 'peak_memory';
  /** How its memory went; null where it was not logged, or not often enough. */
  readonly resident: Trend | null;
  /** How fast that fills, in bytes per hour: see `fillingOf`. */
  readonly fillsPerHour: ByteRange | null;
  /** How its live connections went; null likewise. */
  readonly live: Trend | null;
}

/** One case per node, by name. */
export function observeNodes(records: Records): ObservedNode[] {
  const names = new Set([...records.lives.map(({ node }) => node), ...records.data.stretches.map(({ node }) => node)]);
  return [...names].sort().map((node) => observeNode(node, records));
}

function observeNode(node: string, records: Records): ObservedNode {
  const { data, judged } = records;
  const own = records.lives.filter((life) => life.node === node);
  const index = [...judged.chosen].find((i) => data.stretches[i]!.node === node) ?? null;
  const stretch = index === null ? null : data.stretches[index]!;
  const whole = (stretch === null ? null : new Processes(own).lifeOf(stretch)) ?? findLongEnough(own);
  const life = whole === null ? null : withoutExit(whole);
  const later = whole === null ? [] : own.slice(own.indexOf(whole) + 1);
  const gauges = life?.gauges ?? null;
  const isKnown = gauges === null || gauges.resident_memory.some((value) => !Number.isNaN(value));
  const memory = isKnown ? 'resident_memory' : 'peak_memory';
  const ofStretch = judged.series.flatMap((series, i) => (series.stretch === index ? [{ series, i }] : []));
  const resident = ofStretch.find(({ series }) => series.source === 'process' && series.variable === memory);
  const memoryTrend =
    resident === undefined
      ? life && judgeGauge(life, memory)
      : describeTrend(resident.series.trend, judged.points[resident.i]!, stretch!.firstTs);
  const boot = life?.boot ?? stretch?.boot ?? null;
  return {
    node,
    zeekVersion: life?.zeekVersion ?? records.zeekVersions.get(node) ?? null,
    boot,
    isEarlierLife: later.length > 0,
    ts: life?.ts ?? stretch?.ts ?? new Float64Array(0),
    run: life?.run ?? new Float64Array(stretch?.ts.length ?? 0).fill(Number.NaN),
    gauges,
    endedOrderly: own.at(-1)?.trigger.at(-1) === 'exit' && later.length === 0,
    variables: ofStretch.flatMap(({ series, i }) =>
      series.source === 'variable' ? (observeVariable(i, records) ?? []) : [],
    ),
    fields: ofStretch.flatMap(({ series, i }): ObservedField[] => {
      const { source, variable, trend, now, bytesPerHour } = series;
      if (source !== 'connection') return [];
      const points = judged.points[i]!;
      const { bytes, entries } = now;
      return [
        {
          variable,
          trend: describeTrend(trend, points, stretch!.firstTs),
          bytes,
          entries: entries ?? 0,
          bytesPerHour,
          points: series.measure === 'entries' ? points : { t: [], y: [] },
        },
      ];
    }),
    connections: records.connections.filter((row) => row.node === node && (boot === null || row.boot === boot)),
    memory,
    resident: memoryTrend,
    fillsPerHour: fillingOf(
      memoryTrend?.perHour ?? null,
      ofStretch.map(({ series }) => series),
    ),
    live: life && judgeGauge(life, 'connections'),
  };
}

/** The last that is long enough to tell anything; the last one, where none is. */
function findLongEnough(lives: readonly NodeSeries[]): NodeSeries | null {
  return lives.findLast(({ ts }) => ts.length >= FEWEST_POINTS) ?? lives.at(-1) ?? null;
}

/** How a gauge of a life went; null where it was not logged, or not often enough. */
export function judgeGauge(life: Pick<NodeSeries, 'ts' | 'gauges'>, gauge: NodeGauge): Trend | null {
  if (life.ts.length === 0) return null;
  const points = gaugePoints(life, gauge);
  const began = life.ts[0]!;
  const judged = judge(points, 'gauge');
  return describeTrend(convertToClock(judged, began), points, began);
}

/** The last value there is of a gauge; null where there is none. */
export function readLast({ gauges }: ObservedNode, gauge: NodeGauge): number | null {
  const values = gauges?.[gauge] ?? new Float64Array(0);
  return readNumber(values.findLast((value) => !Number.isNaN(value)) ?? Number.NaN);
}

/** A gauge in the run nearest to a time; null where it was not logged. */
export function readNearest({ ts, gauges }: ObservedNode, gauge: NodeGauge, at: number): number | null {
  let nearest: number | null = null;
  let distance = Number.POSITIVE_INFINITY;
  gauges?.[gauge].forEach((value, i) => {
    const away = Math.abs(ts[i]! - at);
    if (Number.isNaN(value) || away >= distance) return;
    nearest = value;
    distance = away;
  });
  return nearest;
}

/** A gauge at the beginning and the end of a span of time, each the middle of three runs; null where it was not logged. */
export function readEnds(
  { ts, gauges }: ObservedNode,
  gauge: NodeGauge,
  from: number,
): { first: number; last: number } | null {
  const values = Array.from(gauges?.[gauge] ?? []).filter((value, i) => ts[i]! >= from && !Number.isNaN(value));
  if (values.length === 0) return null;
  return { first: median(values.slice(0, 3)), last: median(values.slice(-3)) };
}

/** Since when changes of a node are told: since its memory grows, else since it settled. */
export function findBeginning({ resident, ts }: ObservedNode): number {
  return resident?.from ?? ts[Math.floor(ts.length * SETTLED)] ?? 0;
}

/** The middle one of the times between its runs, in seconds; null with fewer than two. */
export function findInterval({ ts }: ObservedNode): number | null {
  const gaps = Array.from(ts.subarray(1), (at, i) => at - ts[i]!);
  return gaps.length === 0 ? null : median(gaps);
}
