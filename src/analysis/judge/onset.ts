/** When a movement began: the bend of a line (or of a power) that fits it and the stretch before it best. */

import { MARGIN } from './curves.ts';
import { basisOf, type Fit, leastSquares, Term, type Values, valuesOf } from './least-squares.ts';
import type { Movement } from './movement.ts';
import { inBlocks, type Points, sliceOf } from './points.ts';
import type { PreparedSeries } from './prepared.ts';
import { CLEAR_JUMP, ONSET_BLOCKS } from './thresholds.ts';

interface Onset {
  /** Hours, on the clock of the points. */
  readonly at: number;
  /** What there was then. */
  readonly level: number;
}

/** Points on either side of the bend at least. */
const APART = 3;
/** How a rise goes on, of what is left of the time after its bend: in a line, or ever faster. */
type Way = (part: number) => number;
export const LINE: Way = (part) => part;
export const WAYS_OF_RISING: readonly Way[] = [
  LINE,
  (part) => part ** 1.5,
  (part) => part ** 2,
  (part) => part ** 3,
  // It doubles so often that it comes to e^2.
  (part) => Math.expm1(2 * part),
];
/** What rises ever faster seems to begin later by a steeper way than its own: the more ways, the nearer. */
const WAYS_BETWEEN: readonly Way[] = [
  (part) => part ** 1.25,
  (part) => part ** 1.75,
  (part) => part ** 2.5,
  (part) => Math.expm1(part),
  (part) => Math.expm1(3 * part),
];

interface Bend extends Onset {
  readonly way: Way;
  /** Squares of what it leaves. */
  readonly rss: number;
}

export function onsetOf({ patterns: { rest }, blocks, stretches, noise }: PreparedSeries, movement: Movement): Onset {
  const { stretch, from, jumps } = movement;
  const start = blocks.t[from]!;
  const first = stretches[stretch]!;
  const before = stretches[stretch - 1];
  const begin = before === undefined ? 0 : rest.t.findIndex((time) => time >= blocks.t[before.from]! - 1e-9);
  const window = inBlocks(sliceOf(rest, Math.max(0, begin)), ONSET_BLOCKS);
  const hasSlope = before !== undefined && Math.abs(before.last - before.first) > CLEAR_JUMP * noise;
  const fits = new BendFits(window, hasSlope);
  const best = fits.best();
  if (before === undefined) {
    // What rises from the start has fewer parameters: a bend must explain it clearly better.
    const n = window.t.length;
    const isClear =
      best !== null && (n / 2) * Math.log(fits.fromStart() / Math.max(best.rss, 1e-300)) > MARGIN + Math.log(n);
    return isClear ? best : { at: start, level: first.first };
  }
  if (best === null) return { at: start, level: first.first };
  return jumps[0] === from && fits.jumpAt(start) < 0.5 * best.rss ? { at: start, level: first.first } : best;
}

/** Fits of a level (or a line) that bends upwards once. */
class BendFits {
  readonly #t: readonly number[];
  readonly #x: readonly number[];
  readonly #low: number;
  readonly #values: Values;
  readonly #one: Term;
  readonly #before: readonly Term[];

  constructor({ t, y }: Points, hasSlope: boolean) {
    const span = t.at(-1)! - t[0]!;
    this.#t = t;
    this.#x = t.map((time) => (time - t[0]!) / span);
    this.#low = Math.min(...y);
    this.#values = valuesOf(y.map((value) => value - this.#low));
    this.#one = new Term(t.map(() => 1));
    this.#before = hasSlope ? [this.#one, new Term(this.#x)] : [this.#one];
  }

  best(): Bend | null {
    const best = this.#bestOf(WAYS_OF_RISING, null);
    return best === null || best.way === LINE ? best : this.#bestOf(WAYS_BETWEEN, best);
  }

  #bestOf(ways: readonly Way[], known: Bend | null): Bend | null {
    let best = known;
    for (let i = APART; i < this.#x.length - APART; i++) {
      for (const way of ways) {
        const fit = this.#fit([...this.#before, this.#rise(way, this.#x[i]!)], best?.rss);
        if (fit === null || (best !== null && fit.rss >= best.rss) || fit.coefficients.at(-1)! <= 0) continue;
        const [level, slope] = fit.coefficients as [number, number];
        const then = level + (this.#before.length > 1 ? slope * this.#x[i]! : 0);
        best = { way, at: this.#t[i]!, level: then + this.#low, rss: fit.rss };
      }
    }
    return best;
  }

  /** What a line from the start leaves, or a curve that rises ever faster. */
  fromStart(): number {
    const left = WAYS_OF_RISING.flatMap((way) => this.#fit([this.#one, this.#rise(way, 0)])?.rss ?? []);
    return Math.min(...left, Number.POSITIVE_INFINITY);
  }

  #rise(way: Way, from: number): Term {
    return new Term(this.#x.map((value) => way(Math.max(0, value - from) / (1 - from))));
  }

  /** What a jump leaves, with a line after it. */
  jumpAt(time: number): number {
    const after = this.#t.map((at) => (at >= time - 1e-9 ? 1 : 0));
    const line = after.map((is, i) => is * this.#x[i]!);
    return this.#fit([...this.#before, new Term(after), new Term(line)])?.rss ?? Number.POSITIVE_INFINITY;
  }

  #fit(terms: readonly Term[], below?: number): Fit | null {
    const basis = basisOf(terms);
    return basis === null ? null : leastSquares(basis, this.#values, below);
  }
}
