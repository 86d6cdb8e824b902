/**
 * How a series went, and whether it grows without an end in sight.
 *
 * What comes again (the day's rhythm, teeth) is taken out. What is left is cut into stretches along lines, and the last movement
 * is judged: the stretches that rise together at the end, and those before them for what is normal. It is growth where it goes
 * on as a line or faster, not as what fills up does, stands out from what the series did before, and is more than what a
 * table does by itself.
 */

import { median } from 'simple-statistics';
import { dropEdges, findLastMovement, type Movement } from './movement.ts';
import { findPatterns, type Patterns } from './patterns.ts';
import { estimateNoise, inBlocks, measureMovement, measureRange, type Points } from './points.ts';
import { type PointsTrend, still } from './points-trend.ts';
import type { Counted, PreparedSeries } from './prepared.ts';
import { growthOf } from './rise.ts';
import { findStretches } from './stretches.ts';
import {
  CLEAR_STEP,
  FEWEST_IN_A_MONTH,
  FLAT,
  FLOOR_BLOCKS,
  isEnough,
  MOST_STEPS,
  OF_A_TOOTH,
  SHRINKING,
  STARTING,
  STRETCH_BLOCKS,
  WORTH_A_LINE,
} from './thresholds.ts';

export function judge(points: Points, counts: Counted): PointsTrend {
  const { t, y } = points;
  const span = t.length === 0 ? 0 : t.at(-1)! - t[0]!;
  if (!isEnough(t.length, span)) return still(points, 'unclear', 'unclear');
  const { lost, won } = measureMovement(y);
  const neverShrank = won > 0 && lost <= SHRINKING * won;
  const range = measureRange(y);
  const most = Math.max(...y);
  if (range === 0 || (range < FLAT * most && !neverShrank)) return still(points, 'flat', 'fine');
  const whole = inBlocks(points, STRETCH_BLOCKS);
  if (measureRange(whole.y) === 0) return still(points, 'varying', 'fine');
  const patterns = neverShrank ? { rest: points, rhythm: 0, teeth: 0 } : findPatterns(points, whole);
  const prepared = prepareRest(points, patterns, neverShrank, counts);
  const rising = judgeRise(prepared);
  if (rising?.verdict === 'growing' || neverShrank) return rising ?? withoutGrowth(prepared);
  const floor = judgeRise(prepareRest(points, { ...patterns, rest: floorOf(patterns.rest) }, false, counts));
  return (floor?.confidence === 'high' && floor.verdict === 'growing' ? floor : rising) ?? withoutGrowth(prepared);
}

function prepareRest(points: Points, patterns: Patterns, neverShrank: boolean, counts: Counted): PreparedSeries {
  const blocks = inBlocks(patterns.rest, STRETCH_BLOCKS);
  const noise = estimateNoise(blocks.y);
  return { points, patterns, blocks, noise, stretches: dropEdges(findStretches(blocks, noise)), neverShrank, counts };
}

function judgeRise(prepared: PreparedSeries): PointsTrend | null {
  const movement = findLastMovement(prepared.stretches, prepared.blocks, prepared.noise);
  if (movement === null) return null;
  const grown = growthOf(prepared, movement);
  if (movement.isRising || movement.jumps.length > MOST_STEPS) return grown;
  const steps = findSteps(prepared, movement);
  // A last jump that is no more than what the line before it came to does not end the line.
  return grown?.verdict === 'growing' && steps?.verdict !== 'stepped' ? grown : steps;
}

/** The least of every so many neighbours: what is emptied when it happens to be grows if this does. */
function floorOf({ t, y }: Points): Points {
  const size = Math.ceil(t.length / FLOOR_BLOCKS);
  const floor: { t: number[]; y: number[] } = { t: [], y: [] };
  for (let i = t.length % size; i < t.length; i += size) {
    floor.t.push(median(t.slice(i, i + size)));
    floor.y.push(Math.min(...y.slice(i, i + size)));
  }
  return floor;
}

/** Some jumps up, and nothing in between, are no line: nobody knows whether there will be another. */
function findSteps(
  { points, patterns, blocks, stretches, neverShrank, noise }: PreparedSeries,
  { jumps }: Movement,
): PointsTrend | null {
  const first = jumps[0]!;
  const at = blocks.t[jumps.at(-1)!]!;
  const span = blocks.t.at(-1)! - blocks.t[0]!;
  const before = median(blocks.y.slice(Math.max(0, first - 12), first));
  const last = stretches.at(-1)!;
  const height = last.first - before;
  const isBack = last.first - last.last > 0.5 * height;
  if (at - blocks.t[0]! < STARTING * span || height < CLEAR_STEP * noise || isBack) return null;
  if (height < OF_A_TOOTH * patterns.teeth) return null;
  const matters = height > WORTH_A_LINE * before && height >= FEWEST_IN_A_MONTH;
  const since = findExactJump(points, at);
  return {
    ...still(points, 'step', matters ? 'stepped' : 'fine', since),
    rise: height,
    steps: jumps.length,
    neverShrank,
  };
}

/** The point after the largest rise near a time. */
function findExactJump({ t, y }: Points, near: number): number {
  const place = t.findIndex((time) => time >= near);
  let best = place;
  for (let i = Math.max(1, place - 4); i <= Math.min(t.length - 1, place + 4); i++)
    if (y[i]! - y[i - 1]! > y[best]! - y[Math.max(0, best - 1)]!) best = i;
  return t[best]!;
}

/** What a series does that does not go on growing. */
function withoutGrowth({ points, patterns, blocks, stretches, noise, neverShrank }: PreparedSeries): PointsTrend {
  const { y } = points;
  const most = Math.max(...y);
  const range = measureRange(y);
  const result = (shape: PointsTrend['shape']): PointsTrend => {
    return { ...still(points, shape, 'fine', blocks.t[stretches.at(-1)!.from]), neverShrank };
  };
  if (patterns.teeth > 0.25 * range) return result('sawtooth');
  if (patterns.rhythm > 0.3 * range && patterns.rhythm > 0.05 * most) return result('rhythm');
  const last = stretches.at(-1)!;
  const change = last.last - stretches[0]!.first;
  const clear = Math.max(4 * noise, 0.1 * most);
  if (-change > clear) return result('falling');
  const highest = Math.max(...stretches.map((one) => Math.max(one.first, one.last)));
  if (change > clear && highest - last.last < 0.2 * change && stretches.length > 1) return result('plateau');
  return result(range > 0.1 * most ? 'varying' : 'flat');
}
