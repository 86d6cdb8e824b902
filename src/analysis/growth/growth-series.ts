/** The trend of one series of the store: which of its values to look at, what they weigh, and what expiry says to it. */

import type { DeclaredExpiry, GrowthSeries, SeriesTrend } from '../../model/answers/growth.ts';
import type { ByteRange } from '../../model/bytes.ts';
import type { Attribution } from '../../model/logged/description.ts';
import type { Sample } from '../../model/logged/sample.ts';
import type { Series, Stretch } from '../../model/logged/series.ts';
import { judge as judgePoints } from '../judge/judge.ts';
import type { Points } from '../judge/points.ts';
import { expiryOf } from './declared-expiry.ts';

/** What is known of variables (and of fields of connections, whose names are theirs) besides their sizes. */
export interface VariableKnowledge {
  origin(node: string, variable: string): { readonly attribution: Attribution };
  estimate(
    node: string,
    sample: Pick<Sample, 'variable' | 'size' | 'unit' | 'entries'>,
  ): { readonly bytes: ByteRange | null };
  /** Of a field of connections. */
  estimateField?(node: string, sample: Pick<Sample, 'variable' | 'size' | 'unit' | 'entries'>): ByteRange | null;
}

/** Entries are checked at intervals and in portions, so they stay a little longer than declared. */
const EXPIRY_SLACK = 1.08;
/** A variable that comes into the log late, and to this many times the smallest size in it, was next to nothing before. */
const APPEARS_LARGE = 4;
/** How well a table must be as old as its entries tell, before nothing can ever have left it. */
const SAME_AGE = 0.2;

export interface Judged {
  readonly series: GrowthSeries;
  readonly points: Points;
}

interface Surroundings {
  /** Size in the logs: what is smaller is not logged. */
  readonly smallest: number;
  /** True where the last run was made as the process ended: it has closed its connections by then. */
  readonly hasExit: boolean;
}

export function judgeSeries(
  series: Series,
  stretch: Stretch,
  surroundings: Surroundings,
  knowledge: VariableKnowledge | null,
): Judged {
  const chosen = measured(series, stretch, surroundings);
  const attribution =
    series.source === 'variable' ? (knowledge?.origin(stretch.node, series.key).attribution ?? null) : null;
  const expiry = series.source === 'variable' ? expiryOf(series.key, attribution?.expiry ?? null) : null;
  const { trend, expiryFails } = withExpiry(chosen.trend, chosen.points, stretch, expiry);
  const now = nowOf(series, stretch, knowledge);
  const level = chosen.measure === 'entries' ? now.entries : now.size;
  const growth = trend.perHour;
  const perLevel = (value: number | null) => (value === null || level === null || level <= 0 ? null : value / level);
  const size = perLevel(now.size);
  return {
    points: chosen.points,
    series: {
      source: series.source,
      variable: series.key,
      moduleName: series.moduleName,
      package: attribution?.package ?? null,
      script: attribution?.script ?? null,
      line: attribution?.line ?? null,
      node: stretch.node,
      stretch: series.stretch,
      unit: series.unit,
      measure: chosen.measure,
      trend,
      now,
      sizePerHour: growth === null || size === null ? null : growth.likely * size,
      bytesPerHour:
        growth === null || now.bytes === null || level === null || level <= 0
          ? null
          : {
              low: Math.round((growth.low * now.bytes.low) / level),
              likely: Math.round((growth.likely * now.bytes.likely) / level),
              high: Math.round((growth.high * now.bytes.high) / level),
            },
      expiry,
      expiryFails,
      hoursToLimit: null,
    },
  };
}

/**
 * Entries are exact, while a size may be an estimate that changes with what was looked at. So size decides only where
 * there are no entries, or they stay the same: then each of them may grow.
 */
function measured(series: Series, stretch: Stretch, surroundings: Surroundings) {
  const judgeBy = (measure: 'entries' | 'size') => {
    const points = pointsOf(series, stretch, measure, surroundings);
    return { measure, points, trend: trendOf(points, stretch, series.source, measure) };
  };
  const count = (values: Float64Array) => values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
  const sizes = count(series.size);
  const entries = count(series.entries);
  if (entries < 0.8 * sizes || entries === 0) return judgeBy('size');
  const byEntries = judgeBy('entries');
  if (byEntries.trend.shape !== 'flat' || sizes < 0.8 * entries) return byEntries;
  const bySize = judgeBy('size');
  const isGrowth = bySize.trend.verdict === 'growing' && bySize.trend.confidence !== 'low';
  return isGrowth ? bySize : byEntries;
}

function pointsOf(
  series: Series,
  { ts, firstTs }: Stretch,
  measure: 'entries' | 'size',
  { smallest, hasExit }: Surroundings,
): Points {
  const values = series[measure];
  const isLogged = (i: number) => !(Number.isNaN(series.size[i]!) && Number.isNaN(series.entries[i]!));
  const last = hasExit && values.length > 1 ? values.length - 1 : values.length;
  let first = 0;
  while (first < last && !isLogged(first)) first++;
  let end = last;
  while (end > first && !isLogged(end - 1)) end--;
  // The last run may be unfinished, so that one missing row there says nothing.
  if (last - end > 1 && series.source !== 'process') end = last;
  const isLarge = (value: number) => value > APPEARS_LARGE * smallest;
  const isNew = series.source === 'variable' && first > 0 && series.size.some(isLarge);
  const points: { t: number[]; y: number[] } = { t: [], y: [] };
  for (let i = isNew ? 0 : first; i < end; i++) {
    // What is not logged is below the threshold: next to nothing. What is logged without this measure, or a gauge, is not known.
    const value = isLogged(i) || series.source === 'process' ? values[i]! : 0;
    if (Number.isNaN(value)) continue;
    points.t.push((ts[i]! - firstTs) / 3600);
    points.y.push(value);
  }
  return points;
}

function trendOf(
  points: Points,
  { firstTs }: Stretch,
  source: Series['source'],
  measure: 'entries' | 'size',
): SeriesTrend {
  const trend = judgePoints(points, source === 'process' ? 'gauge' : measure);
  return { ...trend, since: firstTs + trend.since * 3600 };
}

/** The last values of a series, and what they are in bytes. */
export function nowOf(series: Series, { node }: Stretch, knowledge: VariableKnowledge | null): GrowthSeries['now'] {
  const last = (values: Float64Array) => {
    const value = values.findLast((v) => !Number.isNaN(v));
    return value === undefined ? null : value;
  };
  const size = last(series.size);
  const entries = last(series.entries);
  if (series.unit === 'bytes' && size !== null)
    return { size, entries, bytes: { low: size, likely: size, high: size } };
  if (series.source === 'process' || knowledge === null) return { size, entries, bytes: null };
  const sample = { variable: series.key, size, unit: series.unit, entries };
  if (series.source === 'connection') return { size, entries, bytes: knowledge.estimateField?.(node, sample) ?? null };
  const { bytes } = knowledge.estimate(node, sample);
  return { size, entries, bytes };
}

/** What a declared expiry says to a rise: that it must end yet, or that it should have. */
function withExpiry(
  trend: SeriesTrend,
  points: Points,
  stretch: Stretch,
  expiry: DeclaredExpiry | null,
): { trend: SeriesTrend; expiryFails: boolean } {
  if (expiry === null || trend.perHour === null) return { trend, expiryFails: false };
  const age = ageOf(stretch);
  if (age < EXPIRY_SLACK * expiry.seconds) {
    if (trend.shape !== 'line' || trend.verdict !== 'growing') return { trend, expiryFails: false };
    return { trend: { ...trend, verdict: 'watch', why: 'before-expiry' }, expiryFails: false };
  }
  const level = points.y.at(-1) ?? 0;
  const ageOfEntries = (level / trend.perHour.likely) * 3600;
  const nothingLeft = trend.neverShrank || Math.abs(ageOfEntries / age - 1) < SAME_AGE;
  return { trend, expiryFails: trend.verdict === 'growing' && trend.shape === 'line' && nothingLeft };
}

/** How old a process was at the end of a stretch, in seconds: as it says, or as its runs' counter does. */
export function ageOf({ boot, firstRun, lastRun, firstTs, lastTs }: Stretch): number {
  if (boot !== null && boot <= firstTs) return lastTs - boot;
  const interval = lastRun > firstRun ? (lastTs - firstTs) / (lastRun - firstRun) : 0;
  return lastTs - firstTs + (firstRun - 1) * interval;
}
