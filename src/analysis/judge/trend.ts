/**
 * Trends without assumptions about noise: the slope of Theil and Sen, and the test of Mann and Kendall.
 *
 * Mann, "Nonparametric tests against trend" (1945); Kendall, "Rank correlation methods" (1975); Sen, "Estimates of the
 * regression coefficient based on Kendall's tau" (1968). A quarter of the values can be wild without moving the slope.
 */

import { errorFunction } from 'simple-statistics';

export interface RobustTrend {
  /** Per unit of `t`: the median over pairs. */
  readonly slope: number;
  /** The bounds within which it lies with 95 % confidence. */
  readonly low: number;
  readonly high: number;
  /** Probability that values without a trend give one as strong, two-sided. */
  readonly p: number;
}

/** 97.5 % of a normal distribution lie below this. */
const Z95 = 1.96;

/**
 * @param t ascending
 * @returns null where there are no two values to compare
 */
export function trendOf(t: readonly number[], y: readonly number[]): RobustTrend | null {
  const slopes = listSlopes(t, y);
  if (slopes.length === 0) return null;
  const { sum, deviation } = sumSigns(y, t);
  const z = deviation === 0 ? 0 : (sum - Math.sign(sum)) / deviation;
  const margin = Z95 * deviation;
  return {
    slope: at(slopes, (slopes.length - 1) / 2),
    low: at(slopes, (slopes.length - margin) / 2 - 0.5),
    high: at(slopes, (slopes.length + margin) / 2 - 0.5),
    p: Math.min(1, Math.max(0, 1 - errorFunction(Math.abs(z) / Math.SQRT2))),
  };
}

/** Kendall's sum of signs over all pairs at different times, and its standard deviation where there is no trend. */
function sumSigns(y: readonly number[], t: readonly number[]): { sum: number; deviation: number } {
  let sum = 0;
  for (let i = 0; i < y.length; i++)
    for (let j = i + 1; j < y.length; j++) if (t[j]! > t[i]!) sum += Math.sign(y[j]! - y[i]!);
  return { sum, deviation: Math.sqrt(computeVarianceOfSum(y)) };
}

/** Of all pairs of values at different times, ascending. */
function listSlopes(t: readonly number[], y: readonly number[]): Float64Array {
  const slopes = new Float64Array((y.length * (y.length - 1)) / 2);
  let count = 0;
  for (let i = 0; i < y.length; i++) {
    for (let j = i + 1; j < y.length; j++) {
      const apart = t[j]! - t[i]!;
      if (apart > 0) slopes[count++] = (y[j]! - y[i]!) / apart;
    }
  }
  return slopes.subarray(0, count).sort();
}

/** Of the sum of signs over all pairs, where there is no trend; ties taken into account. */
function computeVarianceOfSum(y: readonly number[]): number {
  const ties = new Map<number, number>();
  for (const value of y) ties.set(value, (ties.get(value) ?? 0) + 1);
  const term = (n: number) => n * (n - 1) * (2 * n + 5);
  let variance = term(y.length);
  for (const count of ties.values()) variance -= term(count);
  return variance / 18;
}

/** A sorted list between two of its places. */
function at(sorted: Float64Array, place: number): number {
  const bounded = Math.min(Math.max(place, 0), sorted.length - 1);
  const below = Math.floor(bounded);
  const low = sorted[below]!;
  return low + (sorted[Math.ceil(bounded)]! - low) * (bounded - below);
}
