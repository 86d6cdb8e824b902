/**
 * Cuts a series into stretches, each of which goes in a straight line: optimal partitioning (Jackson et al., "An algorithm
 * for optimal partitioning of data on an interval", 2005) with the pruning of PELT (Killick, Fearnhead and Eckley, "Optimal
 * detection of changepoints with a linear computational cost", 2012). A stretch costs the squares of what its line leaves,
 * in units of the noise, and a penalty as Schwarz's criterion (BIC, 1978) has it.
 */

import type { Points } from './points.ts';
import { SHORTEST_STRETCH, STRETCH_PENALTY } from './thresholds.ts';

/** Points `from` to `to`, the latter excluded, along a line. */
export interface StraightStretch {
  readonly from: number;
  readonly to: number;
  /** Of the line: per hour, and its values at the first and the last point. */
  readonly slope: number;
  readonly first: number;
  readonly last: number;
}

/** Sums over the points before each, from which any stretch's line follows at once. */
class Sums {
  readonly #t: Float64Array;
  readonly #y: Float64Array;
  readonly #tt: Float64Array;
  readonly #ty: Float64Array;
  readonly #yy: Float64Array;

  constructor({ t, y }: Points) {
    const sums = () => new Float64Array(t.length + 1);
    [this.#t, this.#y, this.#tt, this.#ty, this.#yy] = [sums(), sums(), sums(), sums(), sums()];
    // From the middle: numbers far from it would leave nothing of small differences.
    const middle = y.reduce((sum, value) => sum + value, 0) / y.length;
    for (let i = 0; i < t.length; i++) {
      const value = y[i]! - middle;
      this.#t[i + 1] = this.#t[i]! + t[i]!;
      this.#y[i + 1] = this.#y[i]! + value;
      this.#tt[i + 1] = this.#tt[i]! + t[i]! * t[i]!;
      this.#ty[i + 1] = this.#ty[i]! + t[i]! * value;
      this.#yy[i + 1] = this.#yy[i]! + value * value;
    }
  }

  slope(from: number, to: number): number {
    const n = to - from;
    const t = this.#t[to]! - this.#t[from]!;
    const tt = this.#tt[to]! - this.#tt[from]! - (t * t) / n;
    const ty = this.#ty[to]! - this.#ty[from]! - (t * (this.#y[to]! - this.#y[from]!)) / n;
    return tt > 0 ? ty / tt : 0;
  }

  /** The squares of what the best line leaves of a stretch. */
  rss(from: number, to: number): number {
    const n = to - from;
    const t = this.#t[to]! - this.#t[from]!;
    const y = this.#y[to]! - this.#y[from]!;
    const tt = this.#tt[to]! - this.#tt[from]! - (t * t) / n;
    const ty = this.#ty[to]! - this.#ty[from]! - (t * y) / n;
    const yy = this.#yy[to]! - this.#yy[from]! - (y * y) / n;
    return Math.max(0, tt > 0 ? yy - (ty * ty) / tt : yy);
  }
}

/**
 * @param noise standard deviation of what a line may leave
 * @returns at least one, in the order of time
 */
export function findStretches(points: Points, noise: number): StraightStretch[] {
  const n = points.t.length;
  const sums = new Sums(points);
  const penalty = STRETCH_PENALTY * Math.log(n) * noise ** 2;
  const cost = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const begins = new Int32Array(n + 1);
  cost[0] = -penalty;
  // Places where the last stretch may begin, and what the series costs until `to` if it does.
  const starts = new Int32Array(n + 1);
  const costs = new Float64Array(n + 1);
  let count = 1;
  for (let to = SHORTEST_STRETCH; to <= n; to++) {
    for (let k = 0; k < count; k++) {
      const from = starts[k]!;
      costs[k] = cost[from]! + sums.rss(from, to);
      if (costs[k]! + penalty >= cost[to]!) continue;
      cost[to] = costs[k]! + penalty;
      begins[to] = from;
    }
    // What is worse already, without the penalty, will never be the best again.
    let left = 0;
    for (let k = 0; k < count; k++) if (costs[k]! <= cost[to]!) starts[left++] = starts[k]!;
    if (to + 1 >= 2 * SHORTEST_STRETCH) starts[left++] = to + 1 - SHORTEST_STRETCH;
    count = left;
  }
  const stretches: StraightStretch[] = [];
  for (let to = n; to > 0; to = begins[to]!) stretches.unshift(stretchOf(points, sums, begins[to]!, to));
  return stretches;
}

function stretchOf({ t, y }: Points, sums: Sums, from: number, to: number): StraightStretch {
  const slope = sums.slope(from, to);
  let middleT = 0;
  let middleY = 0;
  for (let i = from; i < to; i++) {
    middleT += t[i]! / (to - from);
    middleY += y[i]! / (to - from);
  }
  const at = (time: number) => middleY + slope * (time - middleT);
  return { from, to, slope, first: at(t[from]!), last: at(t[to - 1]!) };
}
