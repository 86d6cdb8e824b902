/**
 * Whether what rises is growth: it must still go on, stand out from the noise and from what the series did before, and be more
 * than what a table does by itself.
 */

import { median } from 'simple-statistics';
import type { Confidence } from '../../model/answers/growth.ts';
import { type Explanation, explain, MARGIN } from './curves.ts';
import type { Movement } from './movement.ts';
import { onsetOf } from './onset.ts';
import { bentAt, partOfDay } from './part-of-day.ts';
import { furthestFall, inBlocks, type Points, sliceOf } from './points.ts';
import { type PointsTrend, still } from './points-trend.ts';
import type { PreparedSeries } from './prepared.ts';
import {
  BEYOND_NORMAL,
  CURVE_BLOCKS,
  FEWEST_AFTER,
  FEWEST_IN_A_MONTH,
  LEAST_AFTER_QUIET,
  LEAST_OF_MEMORY,
  OF_A_TOOTH,
  RHYTHM_FROM,
  SLOWEST_IN_A_MONTH,
  SLOWING,
  SLOWING_PARTS,
  SMALL_RISE,
  STRAIGHT,
} from './thresholds.ts';
import { type RobustTrend, trendOf } from './trend.ts';

const DAY = 24;
const MONTH = 720;

export function growthOf(prepared: PreparedSeries, movement: Movement): PointsTrend | null {
  const { patterns, blocks, neverShrank, counts } = prepared;
  const { rest } = patterns;
  const span = rest.t.at(-1)! - rest.t[0]!;
  const onset = onsetOf(prepared, movement);
  const begins = rest.t.findIndex((time) => time >= onset.at - 1e-9);
  const isFromStart = onset.at <= rest.t[0]! + 1e-9 || (movement.stretch === 0 && onset.at <= blocks.t[0]! + 1e-9);
  const tail = sliceOf(rest, isFromStart ? 0 : begins);
  if (tail.t.length < FEWEST_AFTER) return null;
  const chain = inBlocks(tail, CURVE_BLOCKS);
  const found = explain(chain.t, chain.y, counts === 'gauge' ? 0 : 1);
  const fills = found.other.curve === 'warm-up' || found.other.curve === 'filling';
  const isClear = found.rising !== null && found.rising.bic + (isFromStart ? MARGIN : -MARGIN) < found.other.bic;
  const isLine = isClear || (found.rising !== null && fills && counts === 'gauge' && isStraight(chain));
  if (!isLine) return fills && found.other.height > 0 ? fillingOf(prepared, found.other, chain) : null;
  const rising = isFaster(chain)
    ? found.rising!
    : { ...found.rising!, curve: found.rising!.curve === 'accelerating' ? ('line' as const) : found.rising!.curve };
  const window = windowOf(chain, rising);
  if (isSlowing(chain, rising.noise)) return fillingFrom(prepared, onset.at);
  const trend = trendOf(window.t, window.y);
  if (trend === null || trend.slope <= 0 || !(trend.p < 0.01)) return null;
  const now = endOf(window, trend.slope);
  const rise =
    isFromStart || rising.curve === 'accelerating'
      ? now - onset.level
      : trend.slope * (window.t.at(-1)! - window.t[0]!);
  const half = trendOf(
    window.t.slice(Math.floor(window.t.length / 2)),
    window.y.slice(Math.floor(window.t.length / 2)),
  );
  // What rises ever faster ends above its line.
  const reached = Math.max(now, median(chain.y.slice(-3)));
  const isOver = reached < 0.85 * highestOf(chain.y) || (half !== null && half.slope < 0.35 * trend.slope);
  if (isOver || rise < 4 * rising.noise) return null;
  if (counts === 'entries' && !neverShrank && rise < 5 * Math.sqrt(Math.max(now, 1))) return null;
  if (trend.slope * MONTH < Math.max(counts === 'gauge' ? 0 : FEWEST_IN_A_MONTH, SLOWEST_IN_A_MONTH * now)) return null;
  const share = rise / now;
  if (share < leastShare(span, prepared, isFromStart)) return null;
  if (rise < OF_A_TOOTH * patterns.teeth) return null;
  if (!isFromStart && !isBeyondNormal(prepared, onset.at, rise)) return null;
  // Memory that a process was given it seldom gives back, nor entries before they are old: that nothing shrank says little then.
  const mayFall = !neverShrank || share < SMALL_RISE;
  const daily = mayFall && span < RHYTHM_FROM && mayBeDaily(prepared, rising, isFromStart ? rest.t[0]! : onset.at);
  return {
    shape: rising.curve === 'accelerating' ? 'accelerating' : 'line',
    verdict: daily ? 'watch' : 'growing',
    why: daily ? 'part-of-a-day' : null,
    since: isFromStart ? rest.t[0]! : onset.at,
    perHour: { low: Math.max(0, trend.low), likely: trend.slope, high: trend.high },
    confidence: confidenceOf(trend, rise, rising.noise),
    rise,
    plateau: null,
    steps: 0,
    neverShrank,
  };
}

/** What rises ever more slowly, with where it will end. */
function fillingOf({ points, neverShrank }: PreparedSeries, found: Explanation, chain: Points): PointsTrend {
  const since = chain.t[0]! + found.from * (chain.t.at(-1)! - chain.t[0]!);
  const now = median(chain.y.slice(-3));
  const left = found.curve === 'filling' ? 0 : found.height * Math.exp(-1 / found.pace);
  const result = { ...still(points, 'plateau', 'fine', since), neverShrank };
  if (left < 0.1 * now) return result;
  return { ...result, verdict: 'watch', why: 'filling', plateau: now + left };
}

/** What rises ever more slowly, though not to a level that can be told. */
function fillingFrom({ points, neverShrank }: PreparedSeries, since: number): PointsTrend {
  return { ...still(points, 'plateau', 'watch', since), why: 'filling', neverShrank };
}

/** Where a line with this slope through the points ends. */
function endOf({ t, y }: Points, slope: number): number {
  return median(y.map((value, i) => value - slope * t[i]!)) + slope * t.at(-1)!;
}

/** The most that at least three points come to: one alone may be wild. */
function highestOf(y: readonly number[]): number {
  return y.toSorted((a, b) => b - a)[Math.min(2, y.length - 1)]!;
}

/** True where each part of it rises more slowly than the one before, and the last much more slowly than the first. */
function isSlowing({ t, y }: Points, noise: number): boolean {
  const span = t.at(-1)! - t[0]!;
  const ends = Array.from({ length: SLOWING_PARTS + 1 }, (_, part) => {
    const place = Math.max(
      0,
      t.findIndex((hour) => hour - t[0]! >= (part / SLOWING_PARTS) * span - 1e-9),
    );
    return median(y.slice(Math.max(0, place - 1), place + 2));
  });
  const rises = ends.slice(1).map((end, i) => end - ends[i]!);
  const slows = rises.every((rise, i) => i === 0 || rise < SLOWING * rises[i - 1]!);
  return slows && rises[0]! > 4 * noise;
}

/** True where the last third rises at least twice as fast as the first. */
function isFaster(points: Points): boolean {
  const [first, , last] = slopesOfThirds(points);
  return last !== undefined && last > 2 * Math.max(0, first!);
}

/** True where no third rises much more slowly than the first: of a warm-up as slow as can be told, the last does half as fast. */
function isStraight(points: Points): boolean {
  const [first, ...later] = slopesOfThirds(points);
  return first !== undefined && first > 0 && later.every((slope) => slope > STRAIGHT * first);
}

/** None where there is nothing to compare. */
function slopesOfThirds({ t, y }: Points): number[] {
  const third = Math.max(3, Math.floor(t.length / 3));
  const begins = [0, Math.floor((t.length - third) / 2), t.length - third];
  const trends = begins.map((from) => trendOf(t.slice(from, from + third), y.slice(from, from + third)));
  return trends.every((trend) => trend !== null) ? trends.map(({ slope }) => slope) : [];
}

/** True where the series did not fall as far as this before, in as long a time: what falls and comes back is how it is. */
function isBeyondNormal({ patterns: { rest } }: PreparedSeries, onset: number, rise: number): boolean {
  const end = rest.t.findIndex((time) => time >= onset);
  const before = inBlocks(sliceOf(rest, 0, end + 3), 96);
  return rise > BEYOND_NORMAL * furthestFall(before, rest.t.at(-1)! - onset);
}

/** True where the part of a day's rhythm that is seen explains the whole about as well as a bend does. */
function mayBeDaily({ blocks, counts }: PreparedSeries, { curve }: Explanation, onset: number): boolean {
  const { t, y } = inBlocks(blocks, CURVE_BLOCKS);
  const day = partOfDay(t, y, counts);
  if (day === null) return false;
  const bend = bentAt(t, y, onset, curve === 'accelerating');
  // What rises all the time that is seen has no other time beside which it stands out.
  return bend === null || bend + (onset > t[0]! ? 0 : MARGIN) >= day;
}

/** Of what there is now, how much must have come in the time looked at. */
function leastShare(span: number, { neverShrank, counts }: PreparedSeries, isFromStart: boolean): number {
  if (neverShrank) return 0.02;
  if (!isFromStart) return LEAST_AFTER_QUIET;
  if (counts === 'gauge') return LEAST_OF_MEMORY;
  if (span < 6) return 0.2;
  if (span < DAY) return 0.12;
  return span < 3 * DAY ? 0.08 : 0.05;
}

/** The blocks in which what now holds does. */
function windowOf({ t, y }: Points, { curve, from }: Explanation): Points {
  const start = t[0]! + from * (t.at(-1)! - t[0]!);
  let first = t.findIndex((time) => time >= start - 1e-9);
  if (curve === 'accelerating') first = Math.max(0, Math.min(Math.floor((t.length * 2) / 3), t.length - 10));
  first = Math.max(0, Math.min(first, t.length - 5));
  return { t: t.slice(first), y: y.slice(first) };
}

function confidenceOf({ p }: RobustTrend, rise: number, noise: number): Confidence {
  if (p < 0.001 && rise > 12 * noise) return 'high';
  return p < 0.001 && rise > 6 * noise ? 'medium' : 'low';
}
