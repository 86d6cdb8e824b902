/** Which variables grow without an end in sight, and what will hurt first. */

import { addBytes, NO_BYTES } from '../model/bytes.ts';
import { type AgreedTime, agreeOnTime } from '../model/clock.ts';
import type {
  GrowthNode,
  GrowthPivot,
  GrowthResult,
  GrowthSeries,
  GrowthStretch,
  GrowthVerdict,
} from '../model/growth.ts';
import type { NameFilters } from '../model/name-filter.ts';
import type { Series, SeriesResult, SeriesSource, Stretch } from '../model/series.ts';
import { EarlierBoots } from './earlier-boots.ts';
import { unlikeEquals } from './equals.ts';
import { sectionsOf } from './growth-sections.ts';
import { ageOf, type Judged, judge, nowOf, type VariableKnowledge } from './growth-series.ts';
import { risingAlike } from './rising-alike.ts';
import { FEWEST_POINTS, SHORTEST } from './shape.ts';
import { filterTexts } from './top.ts';

export interface GrowthQuestion {
  readonly by: GrowthPivot;
  readonly filters: NameFilters;
  /** Bytes a process may have; null for no limit. */
  readonly memory: number | null;
  /** Rows a section shows at most; null for all. */
  readonly limit: number | null;
}

type Answer = Omit<GrowthResult, 'reading'>;

function askedOf({ by }: GrowthQuestion): SeriesSource {
  return by === 'field' ? 'connection' : 'variable';
}

/** @param knowledge of the variables' types and origins; null where nothing is known */
export function growthOf(data: SeriesResult, question: GrowthQuestion, knowledge: VariableKnowledge | null): Answer {
  const { stretches, chosen } = stretchesOf(data.stretches);
  const smallest = smallestSize(data);
  const earlier = new EarlierBoots(data);
  const judged: (Judged & { readonly index: number })[] = [];
  for (const one of data.series) {
    if (!chosen.has(one.stretch)) continue;
    const result = judge(one, data.stretches[one.stretch]!, smallest, knowledge);
    judged.push({ ...result, series: refilled(one, result, earlier), index: judged.length });
  }
  const alike = risingAlike(judged, data.stretches);
  const base = judged.map(({ series }, i): GrowthSeries => {
    if (!alike.has(i)) return series;
    return { ...series, trend: { ...series.trend, verdict: 'watch', why: 'like-others' }, expiryFails: false };
  });
  const time = agreeOnTime(data.stretches);
  const stopped = stoppedNodes(data.stretches, time);
  const current = presentValues(base, data, knowledge);
  const nodes = nodesOf(current, data.stretches, chosen, question.memory);
  const series = current.map((one) => withLimit(one, nodes, question.memory));
  const present = series
    .map((_, i) => i)
    .filter((i) => series[i]!.source === askedOf(question) && !stopped.has(series[i]!.node));
  const ofVerdict = (...verdicts: GrowthVerdict[]) =>
    present.filter((i) => verdicts.includes(series[i]!.trend.verdict));
  const fields = series.flatMap((one, i) => {
    return one.source === 'connection' && one.trend.verdict === 'growing' && !stopped.has(one.node) ? [i] : [];
  });
  const ages = new Map([...chosen].map((i) => [data.stretches[i]!.node, ageOf(data.stretches[i]!)]));
  for (const node of stopped.keys()) ages.delete(node);
  return {
    by: question.by,
    from: data.stretches.reduce((first, { firstTs }) => Math.min(first, firstTs), Number.POSITIVE_INFINITY),
    to: time.now,
    filters: filterTexts(question.filters),
    limit: question.memory,
    sections: sectionsOf(series, present, ofVerdict('growing', 'stepped'), question),
    watched: sectionsOf(series, present, ofVerdict('watch'), question),
    unlike: unlikeEquals(
      base.filter(({ node }) => !stopped.has(node)),
      ages,
    ),
    nodes,
    stretches,
    series,
    counts: countsOf(series, askedOf(question)),
    growingFields: [...new Set(fields.map((i) => series[i]!.variable))],
    stopped: [...stopped].map(([node, lastSeen]) => ({ node, lastSeen })),
  };
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

/** A rise is only watched where it stays below where it ended by itself in an earlier boot. */
function refilled(one: Series, { series, points }: Judged, earlier: EarlierBoots): GrowthSeries {
  const { trend } = series;
  if (trend.verdict !== 'growing' && trend.verdict !== 'stepped') return series;
  const level = earlier.settledAt(one);
  if (level === null || points.y.at(-1)! > level) return series;
  return { ...series, trend: { ...trend, verdict: 'watch', why: 'as-before' }, expiryFails: false };
}

/** Of every node its last stretch that is long enough to judge, or its last one. */
function stretchesOf(all: readonly Stretch[]): { stretches: GrowthStretch[]; chosen: Set<number> } {
  const last = new Map<string, number>();
  const chosen = new Map<string, number>();
  all.forEach((stretch, i) => {
    last.set(stretch.node, i);
    const before = chosen.get(stretch.node);
    if (before === undefined || isLongEnough(stretch) || !isLongEnough(all[before]!)) chosen.set(stretch.node, i);
  });
  const stretches = all.map(({ node, boot, begins, firstTs, lastTs, runs, firstRun, lastRun }, i) => ({
    node,
    boot,
    begins,
    firstTs,
    lastTs,
    runs,
    missing: Math.max(0, lastRun - firstRun + 1 - runs),
    judged: chosen.get(node) === i,
    latest: last.get(node) === i,
  }));
  return { stretches, chosen: new Set(chosen.values()) };
}

function isLongEnough({ ts, firstTs, lastTs }: Stretch): boolean {
  return ts.length >= FEWEST_POINTS && lastTs - firstTs >= SHORTEST * 3600;
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

function nodesOf(
  series: readonly GrowthSeries[],
  stretches: readonly Stretch[],
  chosen: ReadonlySet<number>,
  limit: number | null,
): GrowthNode[] {
  return [...chosen]
    .sort((a, b) => a - b)
    .map((index) => {
      const { node } = stretches[index]!;
      const own = series.filter((one) => one.stretch === index);
      const memory = own.find(({ source, variable }) => source === 'process' && variable === 'resident_memory');
      const measuring = own.find(({ source, variable }) => source === 'process' && variable === 'duration');
      const growing = own.filter(({ source, trend }) => source === 'variable' && trend.verdict === 'growing');
      const rates = growing.flatMap(({ bytesPerHour }) => (bytesPerHour === null ? [] : [bytesPerHour]));
      const bytesPerHour = rates.length === 0 ? null : rates.reduce(addBytes);
      const residentMemory = memory?.now.size ?? null;
      const rate = Math.max(
        bytesPerHour?.likely ?? 0,
        memory?.trend.verdict === 'growing' ? (memory.trend.perHour?.likely ?? 0) : 0,
      );
      const known = own.reduce(
        (sum, { source, now }) => sum + (source === 'variable' ? (now.bytes?.likely ?? 0) : 0),
        0,
      );
      return {
        node,
        residentMemory,
        residentTrend: memory?.trend ?? null,
        measuringTrend: measuring?.trend ?? null,
        knownBytes: known,
        bytesPerHour,
        growing: growing.length,
        hoursToLimit: limit === null || rate <= 0 ? null : Math.max(0, limit - (residentMemory ?? known)) / rate,
      };
    });
}

function withLimit(one: GrowthSeries, nodes: readonly GrowthNode[], limit: number | null): GrowthSeries {
  const rate = one.bytesPerHour?.likely ?? 0;
  if (limit === null || rate <= 0) return one;
  const node = nodes.find(({ node: name }) => name === one.node);
  const used = node?.residentMemory ?? node?.knownBytes ?? 0;
  return { ...one, hoursToLimit: Math.max(0, limit - used) / rate };
}

function countsOf(series: readonly GrowthSeries[], asked: SeriesSource): Answer['counts'] {
  const counts = { growing: 0, stepped: 0, watch: 0, fine: 0, unclear: 0 };
  for (const { source, trend } of series) if (source === asked) counts[trend.verdict]++;
  return counts;
}
