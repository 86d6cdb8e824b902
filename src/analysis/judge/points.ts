/** The points of a series, and what is asked of them everywhere. */

import { mean, median } from 'simple-statistics';
import { FINEST_NOISE, MOST_STEPS, NOISE_LAGS } from './thresholds.ts';

export interface Points {
  /** Hours, ascending. */
  readonly t: readonly number[];
  readonly y: readonly number[];
}

export function measureRange(values: readonly number[]): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}

/** At most so many points, each the middle one of as many neighbours; what is left over at the beginning is left out. */
export function inBlocks({ t, y }: Points, most: number): Points {
  const size = Math.ceil(t.length / most);
  if (size <= 1) return { t, y };
  const blocks: { t: number[]; y: number[] } = { t: [], y: [] };
  for (let i = t.length % size; i < t.length; i += size) {
    blocks.t.push(median(t.slice(i, i + size)));
    blocks.y.push(median(y.slice(i, i + size)));
  }
  return blocks;
}

export function sliceOf({ t, y }: Points, from: number, to?: number): Points {
  return { t: t.slice(from, to), y: y.slice(from, to) };
}

/** What went down and what went up, from point to point. */
export function measureMovement(y: readonly number[]): { readonly lost: number; readonly won: number } {
  let lost = 0;
  let won = 0;
  for (let i = 1; i < y.length; i++) {
    const change = y[i]! - y[i - 1]!;
    if (change > 0) won += change;
    else lost -= change;
  }
  return { lost, won };
}

/** The furthest fall from a value to a later one that is at most so many hours after it. */
export function furthestFall({ t, y }: Points, within: number): number {
  let furthest = 0;
  for (let i = 0; i < y.length; i++)
    for (let j = i + 1; j < y.length && t[j]! - t[i]! <= within; j++) furthest = Math.max(furthest, y[i]! - y[j]!);
  return furthest;
}

/** From the mean of deviations to the standard deviation of a normal distribution. */
const NORMAL = Math.sqrt(Math.PI / 2);

/**
 * The standard deviation of a value, from the changes over some points: their middle one is where the series goes, and as many of
 * the largest as a few jumps make are left out. What strays slowly shows over more points, so the largest counts.
 */
export function estimateNoise(y: readonly number[]): number {
  const floor = FINEST_NOISE * measureRange(y);
  return NOISE_LAGS.reduce((most, lag) => {
    const kept = y.length - lag * (MOST_STEPS + 1);
    if (kept < lag) return most;
    const changes = y.slice(lag).map((value, i) => value - y[i]!);
    const usual = median(changes);
    const strays = changes.map((change) => Math.abs(change - usual)).sort((a, b) => a - b);
    return Math.max(most, (NORMAL * mean(strays.slice(0, kept))) / Math.SQRT2);
  }, floor);
}
