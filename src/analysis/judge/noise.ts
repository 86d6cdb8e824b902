/** How much a series strays by itself. */

import { mean, median } from 'simple-statistics';
import { rangeOf } from './points.ts';
import { FINEST_NOISE, MOST_STEPS, NOISE_LAGS } from './thresholds.ts';

/** From the mean of deviations to the standard deviation of a normal distribution. */
const NORMAL = Math.sqrt(Math.PI / 2);

/**
 * The standard deviation of a value, from the changes over some points: their middle one is where the series goes, and as many of
 * the largest as a few jumps make are left out. What strays slowly shows over more points, so the largest counts.
 */
export function noiseOf(y: readonly number[]): number {
  const floor = FINEST_NOISE * rangeOf(y);
  return NOISE_LAGS.reduce((most, lag) => {
    const kept = y.length - lag * (MOST_STEPS + 1);
    if (kept < lag) return most;
    const changes = y.slice(lag).map((value, i) => value - y[i]!);
    const usual = median(changes);
    const strays = changes.map((change) => Math.abs(change - usual)).sort((a, b) => a - b);
    return Math.max(most, (NORMAL * mean(strays.slice(0, kept))) / Math.SQRT2);
  }, floor);
}
