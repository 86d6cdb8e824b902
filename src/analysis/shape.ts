/**
 * How a series went, and whether it grows without an end in sight.
 *
 * A curve has to explain the series better than every curve that ends (`curves.ts`), and then the growth has to matter:
 * it must still go on, stand out from the noise, and be more than what a table does by itself. Warm-ups, the rhythm of
 * days and tables that are emptied now and then rise as well, and are no leaks.
 */

import { median } from 'simple-statistics';
import { explain } from './curves.ts';
import { ended } from './ending.ts';
import { FEWEST_IN_A_MONTH, type PointsTrend, STARTING, still, WORTH_A_LINE } from './points-trend.ts';
import { growthOf } from './rise.ts';
import { type Steps, stepsOf } from './steps.ts';
import { type Points, senSlope } from './trend.ts';
import { type Teeth, troughsOf } from './troughs.ts';

/** Fewer points, or a shorter time (hours), tell nothing. */
export const FEWEST_POINTS = 8;
export const SHORTEST = 5 / 60;

/** Values are put together in so many blocks, by their medians: that many a curve can be fitted to in no time. */
const BLOCKS = 48;
/** A series whose range is less than this share of it, and which goes to and fro, is flat. */
const FLAT = 0.005;
/** Of a rise, what may be lost again in a series that "never shrank". */
const SHRINKING = 0.02;

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

/** A series that is emptied again and again grows if what is left each time does. */
function ofTeeth(points: Points, { troughs, sudden }: Teeth, counts: boolean): PointsTrend {
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
