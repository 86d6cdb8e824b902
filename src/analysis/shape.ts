/**
 * How a series went, and whether it grows without an end in sight.
 *
 * A curve has to explain the series better than every curve that ends (`curves.ts`), and then the growth has to matter:
 * it must still go on, stand out from the noise, and be more than what a table does by itself. Warm-ups, the rhythm of
 * days and tables that are emptied now and then rise as well, and are no leaks.
 */

import { median } from 'simple-statistics';
import type { Confidence, GrowthShape, GrowthVerdict, SeriesTrend } from '../model/growth.ts';
import { type Explanation, type Explanations, explain, MARGIN } from './curves.ts';
import { type Steps, stepsOf } from './steps.ts';
import { type Points, senSlope, type Trend, trendOf } from './trend.ts';

/** Fewer points, or a shorter time (hours), tell nothing. */
export const FEWEST_POINTS = 8;
export const SHORTEST = 5 / 60;

/** Values are put together in so many blocks, by their medians: that many a curve can be fitted to in no time. */
const BLOCKS = 48;
/** A series whose range is less than this share of it, and which goes to and fro, is flat. */
const FLAT = 0.005;
/** Of a rise, what may be lost again in a series that "never shrank". */
const SHRINKING = 0.02;
/** What happens in this first share of the time belongs to the start. */
const STARTING = 0.12;
/** A step that adds this share of what was there before is worth a line. */
const WORTH_A_LINE = 0.5;
/** A swing is this share of the range. */
const SWING = 0.4;
const DAY = 24;
const MONTH = 720;
/** What does not grow by this share, or by this many entries or objects, in a month is not worth a line. */
const SLOWEST_IN_A_MONTH = 0.2;
const FEWEST_IN_A_MONTH = 1000;

/** The same as `SeriesTrend`, with the beginning in hours on the points' own clock. */
export type PointsTrend = Omit<SeriesTrend, 'since'> & { readonly since: number };

/**
 * @param counts true where the values are counts of entries, whose own noise is known: the square root of their number
 */
export function shapeOf(points: Points, counts: boolean): PointsTrend {
  const { t, y } = points;
  const span = t.length === 0 ? 0 : t.at(-1)! - t[0]!;
  if (t.length < FEWEST_POINTS || span < SHORTEST) return still(points, 'unclear', 'unclear');
  const { lost, won } = movement(y);
  const neverShrank = won > 0 && lost <= SHRINKING * won;
  const range = Math.max(...y) - Math.min(...y);
  if (range === 0 || (range < FLAT * Math.max(...y) && !neverShrank)) return still(points, 'flat', 'fine');
  const blocks = inBlocks(points);
  if (Math.max(...blocks.y) === Math.min(...blocks.y)) return still(points, 'varying', 'fine');
  const teeth = troughsOf(points, range);
  if (teeth !== null) return ofTeeth(points, teeth, counts);
  const steps = stepsOf(points);
  if (steps !== null && steps.at.length > 1 && steps.at.at(-1)! - t[0]! >= STARTING * span)
    return ofSteps(points, steps, neverShrank);
  const found = explain(blocks.t, blocks.y);
  return (
    growthOf(blocks, found, { neverShrank, counts }) ??
    onSlope(points, blocks, counts) ??
    ended(points, blocks, found.other, neverShrank)
  );
}

/** Several steps up, and nothing in between, are no line: nobody knows whether there will be another. */
function ofSteps(points: Points, { at, height, before }: Steps, neverShrank: boolean): PointsTrend {
  const matters = height > WORTH_A_LINE * before && height >= FEWEST_IN_A_MONTH;
  const step = { ...still(points, 'step', matters ? 'stepped' : 'fine', at.at(-1)!), rise: height };
  return { ...step, neverShrank };
}

/** A series that is emptied again and again while it rises: against its slope, the teeth show. */
function onSlope(points: Points, blocks: Points, counts: boolean): PointsTrend | null {
  const slope = senSlope(blocks.t, blocks.y);
  if (slope <= 0) return null;
  const level = points.y.map((value, i) => value - slope * points.t[i]!);
  const teeth = troughsOf({ t: points.t, y: level }, Math.max(...level) - Math.min(...level));
  if (teeth === null || !teeth.sudden || teeth.troughs.t.length < FEWEST_POINTS) return null;
  const at = new Map(points.t.map((time, i) => [time, points.y[i]!]));
  const left = shapeOf({ t: teeth.troughs.t, y: teeth.troughs.t.map((time) => at.get(time)!) }, counts);
  const range = Math.max(...points.y) - Math.min(...points.y);
  return left.verdict === 'growing' && left.rise > 0.2 * range ? left : null;
}

/** What went down and what went up, from point to point. */
function movement(y: readonly number[]): { lost: number; won: number } {
  let lost = 0;
  let won = 0;
  for (let i = 1; i < y.length; i++) {
    const change = y[i]! - y[i - 1]!;
    if (change > 0) won += change;
    else lost -= change;
  }
  return { lost, won };
}

function inBlocks({ t, y }: Points): Points {
  const size = Math.ceil(t.length / BLOCKS);
  if (size === 1) return { t, y };
  const blocks: { t: number[]; y: number[] } = { t: [], y: [] };
  for (let i = 0; i + size <= t.length || i === 0; i += size) {
    blocks.t.push(median(t.slice(i, i + size)));
    blocks.y.push(median(y.slice(i, i + size)));
  }
  return blocks;
}

function still({ t, y }: Points, shape: GrowthShape, verdict: GrowthVerdict, since?: number): PointsTrend {
  return {
    shape,
    verdict,
    why: null,
    since: since ?? t[0] ?? 0,
    perHour: null,
    confidence: null,
    rise: (y.at(-1) ?? 0) - (y[0] ?? 0),
    plateau: null,
    neverShrank: false,
  };
}

/** What must hold of a rise before it is called growth. Null where it is none. */
function growthOf(
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

/** The points at which a series that is emptied again and again is lowest; null where it is not. */
function troughsOf({ t, y }: Points, range: number): { troughs: Points; sudden: boolean } | null {
  const swing = SWING * range;
  const troughs: { t: number[]; y: number[] } = { t: [], y: [] };
  let falls = 0;
  let fallTime = 0;
  let riseTime = 0;
  let top = 0;
  let bottom = 0;
  let up = true;
  let lastTop = 0;
  for (let i = 1; i < y.length; i++) {
    if (up) {
      if (y[i]! > y[top]!) top = i;
      if (y[top]! - y[i]! >= swing) {
        falls++;
        lastTop = top;
        riseTime += top - bottom;
        up = false;
        bottom = i;
      }
    } else {
      if (y[i]! < y[bottom]!) bottom = i;
      if (y[i]! - y[bottom]! >= swing) {
        fallTime += bottom - top;
        troughs.t.push(t[bottom]!);
        troughs.y.push(y[bottom]!);
        up = true;
        top = i;
      }
    }
  }
  // Emptied once, a series that has not come further since than before may be emptied again.
  const isBack = Math.max(...y.slice(lastTop + 1), 0) < 1.15 * (y[lastTop] ?? 0);
  if (falls === 0 || (falls === 1 && !(isBack && troughs.t.length > 0))) return null;
  return { troughs, sudden: fallTime * 2 < riseTime };
}

/** A series that is emptied again and again grows if what is left each time does. */
function ofTeeth(
  points: Points,
  { troughs, sudden }: { troughs: Points; sudden: boolean },
  counts: boolean,
): PointsTrend {
  const blocks = inBlocks(points);
  const range = Math.max(...points.y) - Math.min(...points.y);
  const found = explain(blocks.t, blocks.y);
  const { other } = found;
  const isDaily = other.curve === 'rhythm' || other.curve === 'warm-up-rhythm';
  if (troughs.t.length >= FEWEST_POINTS) {
    const left = shapeOf(troughs, counts);
    // Where runs and teeth drift past each other, what is left seems to rise by a little.
    if (left.verdict === 'growing' && left.rise > 0.2 * range) return left;
  }
  if (found.rising?.curve === 'rhythm-line') {
    const growth = growthOf(blocks, found, { neverShrank: false, counts });
    if (growth !== null) return growth;
  }
  const level = isDaily && other.noise < 0.25 * (Math.max(...blocks.y) - Math.min(...blocks.y));
  return still(points, level ? 'rhythm' : sudden ? 'sawtooth' : 'varying', 'fine');
}

/** A series that is explained by a curve that ends. */
function ended(points: Points, blocks: Points, found: Explanation, neverShrank: boolean): PointsTrend {
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
