/**
 * What comes again in a series, told apart from where it goes: the rhythm of the day, and teeth where it is filled and emptied
 * again and again. Both are fitted by least squares together with a line that may bend once, so that a leak is not taken
 * for a part of them.
 */

import {
  type Basis,
  basisOf,
  type Fit,
  leastSquares,
  residuals,
  Term,
  type Values,
  valuesOf,
} from './least-squares.ts';
import { type Points, rangeOf } from './points.ts';
import { phasesOf } from './teeth.ts';
import { DAY_WAVES, RHYTHM_FROM } from './thresholds.ts';

const DAY = 24;
/** Where the line may bend, in shares of the time. */
const BENDS = Array.from({ length: 20 }, (_, i) => i / 20);

export interface Patterns {
  /** The series without what comes again. */
  readonly rest: Points;
  /** How far what comes again goes up and down; 0 where there is none. */
  readonly rhythm: number;
  readonly teeth: number;
}

interface Bent {
  readonly plain: Basis;
  readonly basis: Basis;
}

export function patternsOf(points: Points, blocks: Points): Patterns {
  const span = points.t.at(-1)! - points.t[0]!;
  const waves = span >= RHYTHM_FROM ? rhythmOf(blocks, points.t) : null;
  const calm = waves === null ? points : without(points, waves);
  const teeth = teethIn(calm);
  return {
    rest: teeth === null ? calm : without(calm, teeth),
    rhythm: waves === null ? 0 : rangeOf(waves),
    teeth: teeth === null ? 0 : rangeOf(teeth),
  };
}

function without({ t, y }: Points, pattern: readonly number[]): Points {
  return { t, y: y.map((value, i) => value - pattern[i]!) };
}

/** The day's waves at the times asked for; null where a bent line does as well without them. */
function rhythmOf(blocks: Points, at: readonly number[]): number[] | null {
  const bases = DAILY.at(blocks.t);
  const values = valuesOf(blocks.y);
  const parameters = 2 * DAY_WAVES;
  const found = bestOf(bases, values);
  if (found === null) return null;
  const { plain, fit } = found;
  const n = blocks.y.length;
  // As BIC has it, with each block's neighbours taken for half of it.
  if ((n / 2) * Math.log(plain.rss / Math.max(fit.rss, 1e-300)) < parameters * Math.log(n)) return null;
  const { coefficients } = fit;
  const first = coefficients.length - parameters;
  return at.map((hour) => {
    let sum = 0;
    for (let wave = 1; wave <= DAY_WAVES; wave++) {
      const angle = (2 * Math.PI * wave * hour) / DAY;
      sum +=
        coefficients[first + 2 * wave - 2]! * Math.cos(angle) + coefficients[first + 2 * wave - 1]! * Math.sin(angle);
    }
    return sum;
  });
}

function bestOf(bases: readonly Bent[], values: Values): { plain: Fit; fit: Fit } | null {
  const plain = bestBent(
    bases.map((one) => one.plain),
    values,
  );
  const fit = bestBent(
    bases.map((one) => one.basis),
    values,
  );
  return plain === null || fit === null ? null : { plain: plain.fit, fit: fit.fit };
}

/** Series of one node have the same times, so what was made for the last ones is kept. */
class KeptBases {
  readonly #make: (t: readonly number[]) => readonly Bent[];
  #t: readonly number[] = [];
  #bases: readonly Bent[] = [];

  constructor(make: (t: readonly number[]) => readonly Bent[]) {
    this.#make = make;
  }

  at(t: readonly number[]): readonly Bent[] {
    if (this.#t.length !== t.length || this.#t.some((time, i) => time !== t[i])) {
      this.#t = [...t];
      this.#bases = this.#make(t);
    }
    return this.#bases;
  }
}

const DAILY = new KeptBases((t) => {
  const waves = Array.from({ length: DAY_WAVES }, (_, i) => t.map((hour) => (2 * Math.PI * (i + 1) * hour) / DAY));
  return bentLines(
    t,
    waves.flatMap((angles) => [new Term(angles.map(Math.cos)), new Term(angles.map(Math.sin))]),
  );
});
const PLAIN = new KeptBases((t) => bentLines(t, []));

function bentLines(t: readonly number[], more: readonly Term[]): Bent[] {
  const span = t.at(-1)! - t[0]!;
  const x = t.map((hour) => (hour - t[0]!) / span);
  const one = new Term(x.map(() => 1));
  const line = new Term(x);
  return BENDS.flatMap((bend) => {
    const lines = bend === 0 ? [one, line] : [one, line, new Term(x.map((v) => Math.max(0, v - bend)))];
    const plain = basisOf(lines);
    const basis = basisOf([...lines, ...more]);
    return plain === null || basis === null ? [] : [{ plain, basis }];
  });
}

/** What teeth do to a series; null where it is not emptied again and again. */
function teethIn(points: Points): number[] | null {
  const values = valuesOf(points.y);
  const flat = bestBent(
    PLAIN.at(points.t).map(({ plain }) => plain),
    values,
  );
  if (flat === null) return null;
  const phases = phasesOf({ t: points.t, y: residuals(flat.fit, flat.terms, values) });
  if (phases === null) return null;
  let best: { rss: number; teeth: number[] } | null = null;
  for (const phase of phases) {
    const found = bestOf(bentLines(points.t, [new Term(phase)]), values);
    if (found === null) continue;
    const height = found.fit.coefficients.at(-1)!;
    if (height <= 0 || (best !== null && found.fit.rss >= best.rss)) continue;
    best = { rss: found.fit.rss, teeth: phase.map((value) => height * value) };
  }
  return best?.teeth ?? null;
}

function bestBent(
  bases: readonly Basis[],
  values: Values,
): { readonly fit: Fit; readonly terms: readonly Term[] } | null {
  let best: { readonly fit: Fit; readonly terms: readonly Term[] } | null = null;
  for (const basis of bases) {
    const fit: Fit | null = leastSquares(basis, values, best?.fit.rss);
    if (fit !== null && (best === null || fit.rss < best.fit.rss)) best = { fit, terms: basis.terms };
  }
  return best;
}
