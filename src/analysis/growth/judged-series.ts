/**
 * Every series of a store's answer judged, with what else is known: what a variable did in an earlier life, what it declares of
 * expiry, what others and the traffic did at the same time, and whether it comes to anything. `growth` and `doctor` both tell
 * what is found here.
 */

import type { GrowthSeries, GrowthStretch, SeriesTrend } from '../../model/answers/growth.ts';
import { NO_BYTES } from '../../model/bytes.ts';
import { type AgreedTime, agreeOnTime } from '../../model/clock.ts';
import type { NodeGauge, NodeSeries } from '../../model/logged/node-series.ts';
import type { Series, SeriesResult, SeriesSource, Stretch } from '../../model/logged/series.ts';
import { judge } from '../judge/judge.ts';
import type { Points } from '../judge/points.ts';
import { FOLLOWS_TRAFFIC, isEnough, SMALL_RISE, TRIFLE_BYTES, TRIFLE_SHARE } from '../judge/thresholds.ts';
import { gaugePoints, Processes, withoutExit } from './gauges.ts';
import { ageOf, type Judged, judgeSeries, nowOf, type VariableKnowledge } from './growth-series.ts';
import { LivesOfSeries } from './lives-of-series.ts';
import { risingAlike } from './rising-alike.ts';

export interface JudgedSeries {
  readonly stretches: readonly GrowthStretch[];
  /** Of every node the stretch its answer is from. */
  readonly chosen: ReadonlySet<number>;
  /** Of the chosen stretches. */
  readonly series: readonly GrowthSeries[];
  /** Of each of these series, what it was judged by: hours since its stretch's first run. */
  readonly points: readonly Points[];
  /** And what was logged of it. */
  readonly logged: readonly Series[];
  /** Nodes whose last run lies well before the last one of all, with when that was. */
  readonly stopped: ReadonlyMap<string, number>;
  /** What processes may have in bytes, by node, where their logs say. */
  readonly limits: ReadonlyMap<string, number>;
  /** What the nodes agree is now, seconds since the epoch. */
  readonly now: number;
}

/**
 * @param lives of the nodes' processes, by node and time; none where there is no `my_stats_node.log`
 * @param knowledge of the variables' types and origins; null where nothing is known
 */
export function judgeAll(
  data: SeriesResult,
  lives: readonly NodeSeries[],
  knowledge: VariableKnowledge | null,
): JudgedSeries {
  const time = agreeOnTime(data.stretches);
  const processes = new Processes(lives);
  const went = new LivesOfSeries(data, {
    smallest: smallestSize(data),
    endsWithExit: (one) => processes.endsWithExit(one),
  });
  const judgeIn = (some: ReadonlySet<number>) =>
    data.series.flatMap((one) => {
      return some.has(one.stretch) ? [judgeSeries(one, data.stretches[one.stretch]!, went, knowledge)] : [];
    });
  let chosen = longEnoughStretches(data.stretches);
  let judged = judgeIn(chosen);
  for (;;) {
    const instead = earlierStretches(judged, data.stretches);
    if (instead.size === 0) break;
    chosen = new Set([...chosen].map((i) => instead.get(i) ?? i));
    judged = [...judged.filter(({ series }) => !instead.has(series.stretch)), ...judgeIn(new Set(instead.values()))];
  }
  const alike = risingAlike(judged, data.stretches);
  const memory = new Map(
    judged.flatMap(({ series: { source, variable, stretch, now } }) =>
      source === 'process' && variable === 'resident_memory' ? [[stretch, now.size ?? 0] as const] : [],
    ),
  );
  const resident = atLast(lives, 'resident_memory');
  const traffic = new Map([...chosen].map((i) => [i, trafficOf(processes.lifeOf(data.stretches[i]!))]));
  const base = judged.map(({ series }, i): GrowthSeries => {
    if (alike.has(i)) return watched(series, 'like-others');
    if (isTrifle(series, memory.get(series.stretch) ?? 0)) return watched(series, 'little');
    return followsTraffic(series, traffic.get(series.stretch) ?? null) ? watched(series, 'with-traffic') : series;
  });
  return {
    stretches: growthStretches(data.stretches, chosen),
    chosen,
    series: presentValues(base, data, knowledge).map((one) => {
      const size = one.source === 'process' && one.variable === 'resident_memory' ? resident.get(one.node) : undefined;
      return size === undefined ? one : { ...one, now: { ...one.now, size } };
    }),
    points: judged.map(({ points }) => points),
    logged: judged.map(({ logged }) => logged),
    stopped: stoppedNodes(data.stretches, time),
    limits: atLast(lives, 'memory_limit'),
    now: time.now,
  };
}

/** The last value of a gauge in the last life of each node, but for that of a process that ended: it has given up what it had. */
function atLast(lives: readonly NodeSeries[], gauge: NodeGauge): Map<string, number> {
  return new Map(
    lives.flatMap((life) => {
      const value = withoutExit(life).gauges[gauge].findLast((one) => !Number.isNaN(one));
      return value === undefined ? [] : [[life.node, value] as const];
    }),
  );
}

function watched(series: GrowthSeries, why: SeriesTrend['why']): GrowthSeries {
  return { ...series, trend: { ...series.trend, verdict: 'watch', why }, expiryFails: false };
}

/** True for growth that has come to next to nothing yet beside the process, and of its own, beside what was there, or to and fro. */
function isTrifle({ source, trend, bytesPerHour, now, measure }: GrowthSeries, memory: number): boolean {
  if (source === 'process' || trend.verdict !== 'growing' || trend.perHour === null || now.bytes === null) return false;
  if (bytesPerHour === null || trend.perHour.likely <= 0) return false;
  const grown = (bytesPerHour.likely * trend.rise) / trend.perHour.likely;
  const isLittleOfItself = trend.rise < SMALL_RISE * (now[measure] ?? 0);
  return grown < TRIFLE_SHARE * memory && (grown < TRIFLE_BYTES || !trend.neverShrank || isLittleOfItself);
}

/** By what share live connections of a process rise, and since when; null where they do not. */
function trafficOf(life: NodeSeries | null): { readonly share: number } | null {
  if (life === null) return null;
  const points = gaugePoints(withoutExit(life), 'connections');
  const { verdict, shape, rise } = judge(points, 'gauge');
  const now = points.y.at(-1) ?? 0;
  const isRising = verdict === 'growing' || verdict === 'watch' || shape === 'plateau';
  return isRising && rise > 0 ? { share: rise / Math.max(1, now - rise) } : null;
}

/** True where a variable grows by about the share that live connections do. */
function followsTraffic(
  { source, trend, now, measure }: GrowthSeries,
  traffic: { readonly share: number } | null,
): boolean {
  if (traffic === null || source !== 'variable' || trend.verdict !== 'growing') return false;
  const level = (measure === 'entries' ? now.entries : now.size) ?? 0;
  return traffic.share >= FOLLOWS_TRAFFIC * (trend.rise / Math.max(1, level - trend.rise));
}

/**
 * How fast something grows may be told from a life before a node's last; how large it is now is told by the last. What is
 * not logged there is smaller than what is logged at all.
 */
function presentValues(
  judged: readonly GrowthSeries[],
  { stretches, series }: SeriesResult,
  knowledge: VariableKnowledge | null,
): GrowthSeries[] {
  const last = new Map(stretches.map(({ node }, i) => [node, i]));
  const nameOf = (stretch: number, source: SeriesSource, key: string) => `${stretch} ${source} ${key}`;
  const current = new Map<string, Series>();
  for (const one of series)
    if (last.get(stretches[one.stretch]!.node) === one.stretch)
      current.set(nameOf(one.stretch, one.source, one.key), one);
  return judged.map((one) => {
    const stretch = last.get(one.node)!;
    if (stretch === one.stretch) return one;
    const found = current.get(nameOf(stretch, one.source, one.variable));
    if (found !== undefined) return { ...one, now: nowOf(found, stretches[stretch]!, knowledge) };
    const { size, entries, bytes } = one.now;
    const none = <Value>(value: Value | null, zero: Value) => (value === null ? null : zero);
    return { ...one, now: { size: none(size, 0), entries: none(entries, 0), bytes: none(bytes, NO_BYTES) } };
  });
}

function smallestSize({ series }: SeriesResult): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (const { source, size } of series) {
    if (source !== 'variable') continue;
    for (const value of size) if (value < smallest) smallest = value;
  }
  return smallest;
}

/** Nodes whose last run lies well before what the others agree is now. */
function stoppedNodes(stretches: readonly Stretch[], { now, offsets, patience }: AgreedTime): Map<string, number> {
  const last = new Map(stretches.map(({ node, lastTs }) => [node, lastTs]));
  return new Map([...last].filter(([node, ts]) => now - (ts - (offsets.get(node) ?? 0)) > patience));
}

/** Of every node its last stretch that is long enough to judge, or its last one. */
function longEnoughStretches(all: readonly Stretch[]): Set<number> {
  const chosen = new Map<string, number>();
  all.forEach((stretch, i) => {
    const before = chosen.get(stretch.node);
    if (before === undefined || isLongEnough(stretch) || !isLongEnough(all[before]!)) chosen.set(stretch.node, i);
  });
  return new Set(chosen.values());
}

/**
 * Of nodes of which nothing is known to grow but their memory, and that until they were restarted, the life before: the last one
 * is too short to tell where.
 */
function earlierStretches(judged: readonly Judged[], all: readonly Stretch[]): Map<number, number> {
  const grows = new Set(
    judged.flatMap(({ series: { source, stretch, trend } }) => {
      return source !== 'process' && (trend.verdict === 'growing' || trend.verdict === 'stepped') ? [stretch] : [];
    }),
  );
  const instead = new Map<number, number>();
  for (const { series } of judged) {
    if (series.source !== 'process' || !series.trend.isOfEarlierLife || grows.has(series.stretch)) continue;
    const before = all.findLastIndex((one, i) => i < series.stretch && one.node === series.node && isLongEnough(one));
    if (before >= 0) instead.set(series.stretch, before);
  }
  return instead;
}

function growthStretches(all: readonly Stretch[], chosen: ReadonlySet<number>): GrowthStretch[] {
  const last = new Map(all.map(({ node }, i) => [node, i]));
  return all.map((stretch, i) => {
    const { node, boot, begins, firstTs, lastTs, runs, firstRun, lastRun } = stretch;
    const missing = Math.max(0, lastRun - firstRun + 1 - runs);
    const place = { judged: chosen.has(i), latest: last.get(node) === i };
    return { node, boot, begins, firstTs, lastTs, runs, missing, ...place, age: ageOf(stretch) };
  });
}

function isLongEnough({ ts, firstTs, lastTs }: Stretch): boolean {
  return isEnough(ts.length, (lastTs - firstTs) / 3600);
}
