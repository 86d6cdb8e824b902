/** What a series does that does not go on growing: it fills up, steps, falls, keeps a rhythm, or just varies. */

import { median } from 'simple-statistics';
import type { GrowthShape } from '../model/growth.ts';
import type { Explanation } from './curves.ts';
import { FEWEST_IN_A_MONTH, type PointsTrend, STARTING, still, WORTH_A_LINE } from './points-trend.ts';
import type { Points } from './trend.ts';

/** A series that is explained by a curve that ends. */
export function ended(points: Points, blocks: Points, found: Explanation, neverShrank: boolean): PointsTrend {
  const { t, y } = blocks;
  const span = t.at(-1)! - t[0]!;
  const since = t[0]! + found.from * span;
  const range = Math.max(...y) - Math.min(...y);
  const clear = Math.abs(found.height) > Math.max(4 * found.noise, 0.1 * Math.max(...y));
  const result = (shape: GrowthShape, more: Partial<PointsTrend> = {}): PointsTrend => {
    return { ...still(points, shape, 'fine', since), neverShrank, ...more };
  };
  switch (found.curve) {
    case 'warm-up':
    case 'filling': {
      if (!clear) return result(range > 0.1 * Math.max(...y) ? 'varying' : 'flat');
      if (found.height < 0) return result('falling');
      const rest = found.curve === 'filling' ? 0 : found.height * Math.exp(-1 / found.pace);
      const now = median(y.slice(-3));
      if (rest < 0.1 * now) return result('plateau');
      return result('plateau', { verdict: 'watch', why: 'filling', plateau: now + rest });
    }
    case 'step': {
      if (!clear) return result(range > 0.1 * Math.max(...y) ? 'varying' : 'flat');
      if (found.height < 0) return result('falling');
      return stepOf(points, blocks, found, since, result);
    }
    case 'rhythm':
    case 'warm-up-rhythm':
      return result(found.noise < 0.3 * range ? 'rhythm' : 'varying');
    case 'decline':
      return result(-found.rise > Math.max(4 * found.noise, 0.1 * Math.max(...y)) ? 'falling' : 'flat');
    default:
      return result(range > 0.1 * Math.max(...y) ? 'varying' : 'flat');
  }
}

/** A step that is half of what was there before, and did not come with the start, is worth a line. */
function stepOf(
  points: Points,
  { t, y }: Points,
  found: Explanation,
  since: number,
  result: (shape: GrowthShape, more?: Partial<PointsTrend>) => PointsTrend,
): PointsTrend {
  const before = median(y.filter((_, i) => t[i]! < since - 1e-9));
  const share = (since - t[0]!) / (t.at(-1)! - t[0]!);
  const block = t.findIndex((time) => time >= since - 1e-9);
  const usual = median(points.t.slice(1).map((time, i) => time - points.t[i]!));
  const sudden = points.t.findIndex((time, i) => {
    if (i < 2 || time < t[Math.max(0, block - 2)]! || time > (t[block + 1] ?? time)) return false;
    // Where runs are missing, nobody knows how sudden it was.
    return time - points.t[i - 2]! < 4 * usual && points.y[i]! - points.y[i - 2]! > 0.5 * found.height;
  });
  const matters =
    found.height > WORTH_A_LINE * before && found.height > 8 * found.noise && found.height >= FEWEST_IN_A_MONTH;
  const rise = { rise: found.height };
  if (share < STARTING) return result('plateau');
  if (share > 0.92 || t.length - block < 4) return result('varying');
  return matters && sudden >= 0
    ? result('step', { verdict: 'stepped', since: points.t[sudden]!, ...rise })
    : result('step', rise);
}
