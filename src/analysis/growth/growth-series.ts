/** The trend of one series of the store: which of its values to look at, what they weigh, and what expiry says to it. */

import type { DeclaredExpiry, GrowthSeries, SeriesTrend } from '../../model/answers/growth.ts';
import type { ByteRange } from '../../model/bytes.ts';
import type { Attribution } from '../../model/logged/description.ts';
import type { Sample } from '../../model/logged/sample.ts';
import type { Series, Stretch } from '../../model/logged/series.ts';
import type { Points } from '../judge/points.ts';
import { MORE_INSIDE } from '../judge/thresholds.ts';
import { expiryOf } from './declared-expiry.ts';
import type { JudgedLife } from './earlier-lives.ts';
import type { LivesOfSeries } from './lives-of-series.ts';
import type { SeriesMeasure } from './series-life.ts';

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
/** How well a table must be as old as its entries tell, before nothing can ever have left it. */
const SAME_AGE = 0.2;

export interface Judged {
  readonly series: GrowthSeries;
  readonly points: Points;
  readonly logged: Series;
}

export function judgeSeries(
  series: Series,
  stretch: Stretch,
  lives: LivesOfSeries,
  knowledge: VariableKnowledge | null,
): Judged {
  const { measure, points, trend: went } = measured(series, lives);
  const attribution =
    series.source === 'variable' ? (knowledge?.origin(stretch.node, series.key).attribution ?? null) : null;
  const expiry = series.source === 'variable' ? expiryOf(series.key, attribution?.expiry ?? null) : null;
  const { trend, expiryFails } = withExpiry(went, points, stretch, expiry);
  const now = nowOf(series, stretch, knowledge);
  const level = measure === 'entries' ? now.entries : now.size;
  const growth = trend.perHour;
  const perLevel = (value: number | null) => (value === null || level === null || level <= 0 ? null : value / level);
  const size = perLevel(now.size);
  return {
    points,
    logged: series,
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
      measure,
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
 * there are no entries, or where what each of them takes grows by more than their number, and that does not.
 */
function measured(series: Series, lives: LivesOfSeries): JudgedLife & { readonly measure: SeriesMeasure } {
  const judgeBy = (measure: SeriesMeasure) => ({ ...lives.judge(series, measure), measure });
  const count = (values: Float64Array) => values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
  const sizes = count(series.size);
  const entries = count(series.entries);
  if (entries < 0.8 * sizes || entries === 0) return judgeBy('size');
  const byEntries = judgeBy('entries');
  if (byEntries.trend.verdict !== 'fine' || sizes < 0.8 * entries || !risesInside(series)) return byEntries;
  const bySize = judgeBy('size');
  const { verdict, confidence } = bySize.trend;
  const rises = verdict === 'growing' || verdict === 'watch';
  return rises && confidence !== null && confidence !== 'low' ? bySize : byEntries;
}

/** True where what an entry takes has risen since the middle of the time, and by more than their number. */
function risesInside({ size, entries }: Series): boolean {
  const known = Array.from(size.keys()).filter((i) => size[i]! > 0 && entries[i]! > 0);
  const [middle, last] = [known[known.length >> 1], known.at(-1)];
  if (middle === undefined || last === undefined) return false;
  const more = entries[last]! / entries[middle]!;
  return size[last]! / size[middle]! > MORE_INSIDE * Math.max(more, 1 / more) ** 2;
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
