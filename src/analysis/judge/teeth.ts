/** Where a series that is filled and emptied again and again stands between the two. */

import { median } from 'simple-statistics';
import { type Points, rangeOf } from './points.ts';
import { FEWEST_TEETH, SUDDEN, SWING } from './thresholds.ts';

/** A fall from a top to a bottom: places of points. */
interface Fall {
  readonly top: number;
  readonly bottom: number;
}

/**
 * How full it is at each point: once as a share of the tooth it is in (what is emptied when it is full), once as the hours since
 * it was emptied (what is emptied after a time).
 *
 * @param points without where they go to
 * @returns null where it is not emptied again and again, or as slowly as it fills
 */
export function phasesOf({ t, y }: Points): readonly (readonly number[])[] | null {
  const falls = fallsOf(y);
  if (falls.length < FEWEST_TEETH) return null;
  const falling = falls.reduce((sum, { top, bottom }) => sum + bottom - top, 0);
  const rising = falls.slice(1).reduce((sum, { top }, i) => sum + top - falls[i]!.bottom, 0);
  if (falling * SUDDEN > rising) return null;
  const usual = median(falls.slice(1).map(({ top }, i) => t[top]! - t[falls[i]!.bottom]!));
  const share = new Array<number>(t.length).fill(0);
  const hours = new Array<number>(t.length).fill(0);
  for (let k = 0; k <= falls.length; k++) {
    const from = falls[k - 1]?.bottom ?? 0;
    const to = falls[k]?.top ?? t.length - 1;
    const whole = k > 0 && k < falls.length ? t[to]! - t[from]! : usual;
    // The first one began before there was a log; how long the last one will be nobody knows.
    const began = k === 0 ? t[to]! - whole : t[from]!;
    for (let i = from; i <= to; i++) {
      hours[i] = t[i]! - began;
      share[i] = whole > 0 ? Math.max(0, Math.min(1, hours[i]! / whole)) : 0;
    }
    if (k === falls.length) break;
    const { top, bottom } = falls[k]!;
    for (let i = top + 1; i < bottom; i++) {
      const left = (bottom - i) / (bottom - top);
      share[i] = share[top]! * left;
      hours[i] = hours[top]! * left;
    }
  }
  return [share, hours];
}

function fallsOf(y: readonly number[]): Fall[] {
  const swing = SWING * rangeOf(y);
  const falls: Fall[] = [];
  let top = 0;
  let bottom = 0;
  let isUp = true;
  for (let i = 1; i < y.length; i++) {
    if (isUp) {
      if (y[i]! > y[top]!) top = i;
      if (y[top]! - y[i]! < swing) continue;
      isUp = false;
      bottom = i;
    } else {
      if (y[i]! < y[bottom]!) bottom = i;
      if (y[i]! - y[bottom]! < swing) continue;
      falls.push({ top, bottom });
      isUp = true;
      top = i;
    }
  }
  // One from which it has not come back yet.
  if (!isUp) falls.push({ top, bottom });
  return falls;
}
