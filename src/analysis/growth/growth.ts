/** Which variables grow without an end in sight, and what will hurt first. */

import {
  computeTimeLeft,
  type GrowthNode,
  type GrowthPivot,
  type GrowthResult,
  type GrowthSeries,
  type GrowthVerdict,
} from '../../model/answers/growth.ts';
import { addBytes } from '../../model/bytes.ts';
import type { SeriesSource } from '../../model/logged/series.ts';
import { listFilters, type NameFilters } from '../../model/names.ts';
import { unlikeEquals } from './equals.ts';
import { fillingOf } from './gauges.ts';
import { sectionsOf } from './growth-sections.ts';
import type { JudgedSeries } from './judged-series.ts';

interface GrowthQuestion {
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

export function growthOf(all: JudgedSeries, question: GrowthQuestion): Answer {
  const { stretches, stopped, now } = all;
  const nodes = nodesOf(all, question.memory);
  const series = all.series.map((one) => withLimit(one, nodes));
  const present = series
    .map((_, i) => i)
    .filter((i) => series[i]!.source === askedOf(question) && !stopped.has(series[i]!.node));
  const ofVerdict = (...verdicts: GrowthVerdict[]) =>
    present.filter((i) => verdicts.includes(series[i]!.trend.verdict));
  const fields = series.flatMap((one) => {
    return one.source === 'connection' && one.trend.verdict === 'growing' && !stopped.has(one.node)
      ? [one.variable]
      : [];
  });
  return {
    by: question.by,
    from: stretches.reduce((first, { firstTs }) => Math.min(first, firstTs), Number.POSITIVE_INFINITY),
    to: now,
    filters: listFilters(question.filters),
    limit: question.memory,
    sections: sectionsOf(series, present, ofVerdict('growing', 'stepped'), question),
    watched: sectionsOf(series, present, ofVerdict('watch'), question),
    unlike: unlikeEquals(series, stretches, stopped),
    nodes,
    stretches,
    series,
    counts: countsOf(series, askedOf(question)),
    growingFields: [...new Set(fields)],
    stopped: [...stopped].map(([node, lastSeen]) => ({ node, lastSeen })),
  };
}

function nodesOf({ series, stretches, chosen, limits }: JudgedSeries, asked: number | null): GrowthNode[] {
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
      const ownRate = memory?.trend.verdict === 'growing' ? memory.trend.perHour : null;
      const fillsPerHour = fillingOf(ownRate, own);
      const limit = asked ?? limits.get(node) ?? null;
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
        fillsPerHour,
        limit,
        timeLeft: computeTimeLeft(limit, residentMemory ?? known, fillsPerHour),
      };
    });
}

/** What grows hurts when its process is full, whatever else fills it. */
function withLimit(one: GrowthSeries, nodes: readonly GrowthNode[]): GrowthSeries {
  if (one.trend.perHour === null) return one;
  const left = nodes.find(({ node }) => node === one.node)?.timeLeft ?? null;
  return { ...one, hoursToLimit: left?.likely ?? null };
}

function countsOf(series: readonly GrowthSeries[], asked: SeriesSource): Answer['counts'] {
  const counts = { growing: 0, stepped: 0, watch: 0, fine: 0, unclear: 0 };
  for (const { source, trend } of series) if (source === asked) counts[trend.verdict]++;
  return counts;
}
