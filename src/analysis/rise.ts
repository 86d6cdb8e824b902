/**
 * Whether what rises is growth: it must still go on, stand out from the noise, and be more than what a table does by
 * itself.
 */

import { median } from 'simple-statistics';
import type { Confidence } from '../model/growth.ts';
import { type Explanation, type Explanations, MARGIN } from './curves.ts';
import { FEWEST_IN_A_MONTH, type PointsTrend } from './points-trend.ts';
import { type Points, type Trend, trendOf } from './trend.ts';

const DAY = 24;
const MONTH = 720;
/** What does not grow by this share in a month is not worth a line. */
const SLOWEST_IN_A_MONTH = 0.2;

/** What must hold of a rise before it is called growth. Null where it is none. */
export function growthOf(
  blocks: Points,
  { rising: found, other, part }: Explanations,
  { neverShrank, counts }: { neverShrank: boolean; counts: boolean },
): PointsTrend | null {
  if (found === null || found.bic + MARGIN >= other.bic) return null;
  const span = blocks.t.at(-1)! - blocks.t[0]!;
  const { rhythm } = found;
  const steady = rhythm === null ? blocks : { t: blocks.t, y: blocks.y.map((value, i) => value - rhythm[i]!) };
  const window = windowOf(steady, found);
  const trend = trendOf(window.t, window.y);
  if (trend === null || trend.slope <= 0 || !(trend.p < 0.01)) return null;
  const now = median(steady.y.slice(-3));
  const rise = found.curve === 'accelerating' ? now - steady.y[0]! : trend.slope * (window.t.at(-1)! - window.t[0]!);
  const late = trendOf(...halfOf(window));
  const isOver = now < 0.85 * Math.max(...steady.y) || (late !== null && late.slope < 0.35 * trend.slope);
  if (isOver || rise < 4 * found.noise) return null;
  if (counts && !neverShrank && rise < 5 * Math.sqrt(Math.max(now, 1))) return null;
  if (trend.slope * MONTH < Math.max(FEWEST_IN_A_MONTH, SLOWEST_IN_A_MONTH * now)) return null;
  const share = rise / Math.max(now, 1);
  if (share < leastShare(span, neverShrank, found)) return null;
  const daily = !neverShrank && (span < 3 ? share < Math.max(0.3, 0.35 * span) : isPartOfDay(found, part));
  return {
    shape: found.curve === 'accelerating' && isFaster(blocks) ? 'accelerating' : 'line',
    verdict: daily ? 'watch' : 'growing',
    why: daily ? 'part-of-a-day' : null,
    since: found.curve === 'accelerating' ? blocks.t[0]! : window.t[0]!,
    perHour: { low: Math.max(0, trend.low), likely: trend.slope, high: trend.high },
    confidence: confidenceOf(trend, rise, found.noise),
    rise,
    plateau: null,
    neverShrank,
  };
}

/** True where a day's rhythm, of which only a part is seen, explains a rise about as well. */
function isPartOfDay(found: Explanation, part: Explanation | null): boolean {
  return part !== null && found.bic + MARGIN >= part.bic;
}

/** Of what there is now, how much must have come in the time looked at. */
function leastShare(span: number, neverShrank: boolean, { curve }: Explanation): number {
  if (curve === 'warm-up-line') return neverShrank ? 0.1 : 0.15;
  if (neverShrank) return 0.02;
  if (span < 6) return 0.2;
  if (span < DAY) return 0.12;
  return span < 3 * DAY ? 0.08 : 0.05;
}

/** The blocks in which what now holds does. */
function windowOf({ t, y }: Points, { curve, from }: Explanation): Points {
  const start = t[0]! + from * (t.at(-1)! - t[0]!);
  let first = t.findIndex((time) => time >= start - 1e-9);
  if (curve === 'step-line') first = t.length - first >= first ? first : 0;
  if (curve === 'accelerating') first = Math.max(0, Math.min(Math.floor((t.length * 2) / 3), t.length - 10));
  first = Math.min(first, t.length - 5);
  const last = curve === 'step-line' && first === 0 ? t.findIndex((time) => time >= start - 1e-9) : t.length;
  return { t: t.slice(first, last), y: y.slice(first, last) };
}

function halfOf({ t, y }: Points): [readonly number[], readonly number[]] {
  const half = Math.floor(t.length / 2);
  return [t.slice(half), y.slice(half)];
}

/** True where the last third rises at least twice as fast as the first. */
function isFaster({ t, y }: Points): boolean {
  const third = Math.max(3, Math.floor(t.length / 3));
  const first = trendOf(t.slice(0, third), y.slice(0, third));
  const last = trendOf(t.slice(-third), y.slice(-third));
  return first !== null && last !== null && last.slope > 2 * Math.max(0, first.slope);
}

function confidenceOf({ p }: Trend, rise: number, noise: number): Confidence {
  if (p < 0.001 && rise > 12 * noise) return 'high';
  return p < 0.001 && rise > 6 * noise ? 'medium' : 'low';
}
