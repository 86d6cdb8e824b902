/** How a series goes, told so that noise, single jumps, warming up and daily rhythms are not taken for growth. */

import { median } from 'simple-statistics';
import { kendallOf, senSlope } from '../trend.ts';
import { TREND } from './thresholds.ts';

export interface Trend {
  /** `growing` straight on, `slowing` towards a level, `flat` for all else that does not fall, `falling`. */
  readonly kind: 'growing' | 'slowing' | 'flat' | 'falling';
  /** Of the line through it, at the beginning and the end of what was looked at. */
  readonly first: number;
  readonly last: number;
  readonly change: number;
  /** Per second. */
  readonly slope: number;
  /** Seconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** Runs that had a value. */
  readonly runs: number;
  /** Of all pairs of times, the share in which the later value is the larger. */
  readonly rising: number;
}

interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * Theil and Sen's line, as `growth` has it (the median of the slopes of all pairs of points: a third of them may be wild),
 * with Kendall's tau for how steadily it goes.
 *
 * @param ts seconds since the epoch, ascending
 * @param values NaN where nothing was measured
 * @returns null where there are too few runs to tell
 */
export function trendOf(ts: ArrayLike<number>, values: ArrayLike<number>): Trend | null {
  const all: number[] = [];
  for (let i = 0; i < ts.length; i++) if (!Number.isNaN(values[i]!)) all.push(i);
  if (all.length < TREND.minRuns) return null;
  const kept = all.slice(Math.floor(all.length * TREND.settle));
  const { x, y } = pointsOf(kept, ts, values);
  const from = x[0]!;
  const to = x.at(-1)!;
  if (to - from < TREND.minSeconds) return null;
  const slope = senSlope(x, y);
  const level = median(y.map((value, i) => value - slope * (x[i]! - from)));
  const change = slope * (to - from);
  const rank = kendallOf(y);
  const line = { first: level, last: level + change, change, slope, from, to, runs: kept.length, rising: rank.rising };
  return { kind: kindOf({ x, y }, rank, slope, level, change), ...line };
}

function kindOf(
  points: Points,
  { tau, sum, deviation }: ReturnType<typeof kendallOf>,
  slope: number,
  level: number,
  change: number,
): Trend['kind'] {
  const { x, y } = points;
  const score = deviation === 0 ? 0 : sum / deviation;
  const noise = 1.4826 * median(y.map((value, i) => Math.abs(value - level - slope * (x[i]! - x[0]!))));
  const isSteady = Math.abs(tau) >= TREND.minTau && Math.abs(score) >= TREND.minScore;
  if (!isSteady || Math.abs(change) < TREND.minChangePerNoise * noise || isWandering(points)) return 'flat';
  if (change < 0) return 'falling';
  if (drawdown(y) > TREND.maxDrawdown) return 'flat';
  const early = slopeWithin(points, 0, 0.4);
  const late = slopeWithin(points, 0.6, 1);
  const last = slopeWithin(points, 0.8, 1);
  const goesOn = late >= TREND.minLateSlope * Math.max(early, slope) && last >= TREND.minLastSlope * slope;
  return goesOn ? 'growing' : 'slowing';
}

/**
 * True for a walk that happens to have gone up: the rises from one eighth of the time to the next differ too much for
 * their mean (Student's t of the seven).
 */
function isWandering({ x, y }: Points): boolean {
  const levels: number[] = [];
  for (let i = 0; i < TREND.eighths; i++) {
    const within = y.filter((_, at) => Math.min(TREND.eighths - 1, Math.floor(place(x, at) * TREND.eighths)) === i);
    if (within.length > 0) levels.push(within.reduce((sum, value) => sum + value, 0) / within.length);
  }
  const rises = levels.slice(1).map((value, i) => value - levels[i]!);
  const mean = rises.reduce((sum, value) => sum + value, 0) / rises.length;
  const variance = rises.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (rises.length - 1);
  return Math.abs(mean) < TREND.minMeanRise * Math.sqrt(variance / rises.length);
}

/** Where a point lies in the time, 0 to 1. */
function place(x: readonly number[], at: number): number {
  return (x[at]! - x[0]!) / (x.at(-1)! - x[0]!);
}

function slopeWithin({ x, y }: Points, from: number, to: number): number {
  const within = x.map((_, at) => at).filter((at) => place(x, at) >= from && place(x, at) <= to);
  return senSlope(
    within.map((at) => x[at]!),
    within.map((at) => y[at]!),
  );
}

/** Medians over equal spans of time. */
function pointsOf(kept: readonly number[], ts: ArrayLike<number>, values: ArrayLike<number>): Points {
  if (kept.length <= TREND.maxPoints) return { x: kept.map((i) => ts[i]!), y: kept.map((i) => values[i]!) };
  const from = ts[kept[0]!]!;
  const width = (ts[kept.at(-1)!]! - from) / TREND.maxPoints || 1;
  const spans = new Map<number, number[]>();
  for (const i of kept) {
    const span = Math.min(TREND.maxPoints - 1, Math.floor((ts[i]! - from) / width));
    const list = spans.get(span) ?? [];
    spans.set(span, list);
    list.push(i);
  }
  const lists = [...spans.values()];
  return {
    x: lists.map((list) => median(list.map((i) => ts[i]!))),
    y: lists.map((list) => median(list.map((i) => values[i]!))),
  };
}

/** The largest fall from a value to a later one, as a share of the range. */
function drawdown(y: readonly number[]): number {
  let highest = Number.NEGATIVE_INFINITY;
  let fall = 0;
  for (const value of y) {
    highest = Math.max(highest, value);
    fall = Math.max(fall, highest - value);
  }
  const range = highest - Math.min(...y);
  return range > 0 ? fall / range : 0;
}
