/** Where a series that is emptied again and again is lowest. */

import type { Points } from './trend.ts';

/** A swing is this share of the range. */
const SWING = 0.4;

/** What is left each time; `sudden` where it is emptied much faster than it fills. */
export interface Teeth {
  readonly troughs: Points;
  readonly sudden: boolean;
}

/** Null where it is not emptied again and again. */
export function troughsOf({ t, y }: Points, range: number): Teeth | null {
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
