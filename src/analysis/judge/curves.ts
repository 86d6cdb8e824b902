/**
 * The curves a series is compared with, and which of them explains it best.
 *
 * All are sums of few terms, so that each is a linear least-squares fit; what is not linear in them (how fast a warm-up
 * is, when a step comes) is tried on a grid. They are compared by Schwarz's criterion (BIC, 1978), with as many values
 * as are independent: neighbours that stray together count less.
 */

import type { Candidate, CurveKind } from './curve-candidates.ts';
import { type Bent, type CurveGrid, gridAt, type PreparedCurve } from './curve-grid.ts';
import { type Fit, leastSquares, residuals, type Values, valuesOf } from './least-squares.ts';
import { FINEST_FIT } from './thresholds.ts';

/** Curves that go on upwards. */
const RISING: ReadonlySet<CurveKind> = new Set<CurveKind>(['line', 'warm-up-line', 'accelerating']);

export interface Explanation {
  readonly curve: CurveKind;
  /** Schwarz's criterion: the smaller, the better. */
  readonly bic: number;
  /** Standard deviation of what is left, in units of y. */
  readonly noise: number;
  /** Where what now holds began, 0 to 1 of the time: after a warm-up, at a step. */
  readonly from: number;
  /** What the term that is not the line comes to, in units of y: the height of a step, of a warm-up. */
  readonly height: number;
  /** How fast a warm-up is: the share of the time in which 63 % of it happen; 0 where there is none. */
  readonly pace: number;
  /** What the line's term comes to over the whole time, in units of y; 0 where there is none. */
  readonly rise: number;
}

/** How much better (BIC) an explanation has to be than a simpler or harmless one: 6 to 10 is called strong evidence. */
export const MARGIN = 6;

interface Explanations {
  /** The best curve that goes on upwards. */
  readonly rising: Explanation | null;
  /** The best of the others. */
  readonly other: Explanation;
}

/**
 * What explains a series best.
 *
 * @param quantum the smallest difference of values: what is counted has one, and is on a curve where it is rounded to it
 */
export function explain(hours: readonly number[], y: readonly number[], quantum: number): Explanations {
  const low = Math.min(...y);
  const range = Math.max(...y) - low;
  const scaled = valuesOf(y.map((value) => (value - low) / range));
  const finest = Math.max(FINEST_FIT, (0.3 * quantum) / range);
  const fits = fitsOf(scaled, gridAt(hours));
  const closest = fits.reduce((best, one) => (one.fit.rss < best.fit.rss ? one : best));
  const independent = independentValues(residuals(closest.fit, closest.candidate.terms, scaled), finest);
  const explanations = fits.map(({ candidate, fit }): Explanation => {
    const rss = Math.max(fit.rss, y.length * finest ** 2);
    const { curve, parameters, from, pace, line, height } = candidate;
    return {
      curve,
      bic: independent * Math.log(rss / y.length) + parameters * Math.log(y.length),
      noise: Math.sqrt(fit.rss / y.length) * range,
      from,
      pace,
      height: height === null ? 0 : fit.coefficients[height]! * range,
      rise: line === null ? 0 : fit.coefficients[line]! * range,
    };
  });
  const best = (wanted: (curve: CurveKind) => boolean) =>
    explanations.reduce<Explanation | null>((a, b) => (wanted(b.curve) && (a === null || b.bic < a.bic) ? b : a), null);
  return {
    rising: simplest(
      best((curve) => RISING.has(curve)),
      explanations,
    ),
    other: best((curve) => !RISING.has(curve))!,
  };
}

/** A straight line, unless another rising curve is clearly better. */
function simplest(best: Explanation | null, explanations: readonly Explanation[]): Explanation | null {
  const line = explanations.find(({ curve }) => curve === 'line');
  return best !== null && line !== undefined && line.bic <= best.bic + MARGIN ? line : best;
}

interface Fitted {
  readonly candidate: Candidate;
  readonly fit: Fit;
}

/**
 * The candidates' fits, but for those that one before of the same curve, which has no more parameters, surely explains as
 * well: they can be neither the best nor the closest.
 */
function fitsOf(scaled: Values, grid: CurveGrid): Fitted[] {
  const fits: Fitted[] = [];
  const closest = new Map<CurveKind, number>();
  const tryFit = ({ candidate, basis }: PreparedCurve): void => {
    if (basis === null || scaled.y.length < 2 * candidate.parameters + 2) return;
    const before = closest.get(candidate.curve);
    const fit = leastSquares(basis, scaled, before);
    if (fit === null || !isAllowed(candidate, fit)) return;
    if (before === undefined || fit.rss < before) closest.set(candidate.curve, fit.rss);
    fits.push({ candidate, fit });
  };
  grid.prepared.forEach(tryFit);
  for (const curve of ['warm-up', 'warm-up-line', 'filling'] as const) refine(curve, fits, grid, tryFit);
  return fits;
}

/** Tries paces between those of the grid: a curve without noise lies on none of them. */
function refine(
  curve: Bent,
  fits: readonly Fitted[],
  grid: CurveGrid,
  tryFit: (prepared: PreparedCurve) => void,
): void {
  const closest = () => {
    let best: Fitted | null = null;
    for (const one of fits) {
      if (one.candidate.curve === curve && (best === null || one.fit.rss < best.fit.rss)) best = one;
    }
    return best;
  };
  for (const factor of [1.18, 1.08, 1.03]) {
    const best = closest();
    if (best === null) return;
    const { candidate } = best;
    for (const pace of [candidate.pace * factor, candidate.pace / factor]) {
      const prepared = grid.withPace(curve, candidate, pace);
      if (prepared !== null) tryFit(prepared);
    }
  }
}

function isAllowed({ positive, negative = [] }: Candidate, { coefficients }: Fit): boolean {
  return positive.every((place) => coefficients[place]! > 0) && negative.every((place) => coefficients[place]! < 0);
}

/** How many of the values count, where neighbours stray together (an autoregressive process of the first order). */
function independentValues(rest: readonly number[], finest: number): number {
  let same = 0;
  let neighbours = 0;
  rest.forEach((value, i) => {
    same += value * value;
    if (i > 0) neighbours += value * rest[i - 1]!;
  });
  if (same < rest.length * finest ** 2) return rest.length;
  const correlation = Math.min(0.8, Math.max(0, neighbours / same));
  return (rest.length * (1 - correlation)) / (1 + correlation);
}
