/** Series that rise in a few steps and stay in between: something was loaded, a limit was raised, a feed was replaced. */

import { median } from 'simple-statistics';
import type { Points } from './trend.ts';

/** More steps than this are a way of growing. */
const MOST_STEPS = 3;
/** Of all that a series rises by, what steps must make up. */
const SHARE = 0.9;
/** A step is so many times the usual change from one point to the next, and at least this share of the range. */
const OVER_NOISE = 8;
const OF_RANGE = 0.1;
/** Points before the first step, between two and after the last, at least. */
const APART = 4;

export interface Steps {
  /** On the clock of the points: the first one after each step. */
  readonly at: readonly number[];
  /** What all steps come to. */
  readonly height: number;
  /** What there was before the first. */
  readonly before: number;
}

/** @returns null where the series does something else, or where its steps are too close to each other to tell */
export function stepsOf({ t, y }: Points): Steps | null {
  const range = Math.max(...y) - Math.min(...y);
  const rise = y.at(-1)! - y[0]!;
  const changes = y.slice(1).map((value, i) => value - y[i]!);
  const least = Math.max(OF_RANGE * range, OVER_NOISE * median(changes.map(Math.abs)));
  const after: number[] = [];
  let height = 0;
  for (const [i, change] of changes.entries()) {
    if (change < least) continue;
    height += change;
    // What is loaded while a run looks at it comes in two parts.
    if (after.at(-1) === i) after[after.length - 1] = i + 1;
    else after.push(i + 1);
  }
  if (after.length === 0 || after.length > MOST_STEPS || height < SHARE * rise || rise < SHARE * height) return null;
  const ends = [0, ...after, y.length];
  if (ends.slice(1).some((end, i) => end - ends[i]! < APART)) return null;
  const times = after.map((i) => t[i]!);
  return { at: times, height, before: median(y.slice(0, after[0]!)) };
}
