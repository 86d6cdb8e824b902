/**
 * Whether what is seen may be a part of the day's rhythm: with less than a day and a half of a series, the way from night to noon
 * looks like growth.
 */

import { basisOf, type Fit, leastSquares, Term, valuesOf } from './least-squares.ts';
import { LINE, WAYS_OF_RISING } from './onset.ts';
import type { Counted } from './prepared.ts';
import { FINEST_FIT, QUIETEST } from './thresholds.ts';

const DAY = 24;

/** Schwarz's criterion of a fit: the smaller, the better. Neighbours stray together, so two count as one. */
function criterionOf({ rss }: Fit, y: readonly number[], range: number, parameters: number): number {
  const n = y.length;
  return (n / 2) * Math.log(Math.max(rss, n * (FINEST_FIT * range) ** 2) / n) + parameters * Math.log(n);
}

function rangesOf(y: readonly number[]): { low: number; range: number } {
  const low = Math.min(...y);
  return { low, range: Math.max(...y) - low };
}

/** How well a level with one or two waves a day explains a series, in any phase; null where no day is as deep as that. */
export function partOfDay(t: readonly number[], y: readonly number[], counts: Counted): number | null {
  const { low, range } = rangesOf(y);
  const values = valuesOf(y.map((value) => value - low));
  const one = new Term(t.map(() => 1));
  const wave = (perDay: number) => {
    const angles = t.map((hour) => (2 * Math.PI * perDay * (hour - t[0]!)) / DAY);
    return [new Term(angles.map(Math.cos)), new Term(angles.map(Math.sin))];
  };
  const once = wave(1);
  let best: number | null = null;
  for (const terms of [
    [one, ...once],
    [one, ...once, ...wave(2)],
  ]) {
    const basis = basisOf(terms);
    const fit = basis === null ? null : leastSquares(basis, values);
    if (fit === null || !isDay(fit, low, QUIETEST[counts])) continue;
    const criterion = criterionOf(fit, y, range, terms.length);
    if (best === null || criterion < best) best = criterion;
  }
  return best;
}

/** No day goes further down, at any hour, than to a share of its middle. */
function isDay({ coefficients }: Fit, low: number, quietest: number): boolean {
  const [level, ...waves] = coefficients as [number, ...number[]];
  const least = (1 - quietest) * (level + low);
  for (let hour = 0; hour < DAY; hour++) {
    let wave = 0;
    waves.forEach((height, i) => {
      const angle = (2 * Math.PI * (1 + (i >> 1)) * hour) / DAY;
      wave += height * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
    });
    if (wave < -least) return false;
  }
  return true;
}

/** The same of a level from which it goes up in a line, or ever faster in the way that fits best, from some time on. */
export function bentAt(t: readonly number[], y: readonly number[], at: number, isFaster: boolean): number | null {
  const { low, range } = rangesOf(y);
  const values = valuesOf(y.map((value) => value - low));
  const past = t.map((hour) => Math.max(0, hour - at) / (t.at(-1)! - at));
  let best: number | null = null;
  for (const way of isFaster ? WAYS_OF_RISING : [LINE]) {
    const basis = basisOf([new Term(t.map(() => 1)), new Term(past.map(way))]);
    const fit = basis === null ? null : leastSquares(basis, values);
    if (fit === null) continue;
    const criterion = criterionOf(fit, y, range, at > t[0]! ? 3 : 2);
    if (best === null || criterion < best) best = criterion;
  }
  return best;
}
