/** The candidates for the times of a series, ready to be fitted. Series of one node have the same times, so they are kept. */

import { type Candidate, candidates, fillingTerm, SLOWEST, warmUpTerm } from './curve-candidates.ts';
import { type Basis, basisOf } from './least-squares.ts';

/** Curves whose pace is looked for more closely than the grid has it. */
export type Bent = keyof typeof SLOWEST;

/** A candidate that can be fitted; without a basis where its terms depend on each other. */
export interface PreparedCurve {
  readonly candidate: Candidate;
  readonly basis: Basis | null;
}

export class CurveGrid {
  readonly hours: readonly number[];
  readonly prepared: readonly PreparedCurve[];
  readonly #x: readonly number[];
  readonly #bent: Readonly<Record<Bent, Map<number, PreparedCurve | null>>> = {
    'warm-up': new Map(),
    'warm-up-line': new Map(),
    filling: new Map(),
  };

  constructor(hours: readonly number[]) {
    const span = hours.at(-1)! - hours[0]!;
    this.hours = [...hours];
    this.#x = hours.map((hour) => (hour - hours[0]!) / span);
    this.prepared = candidates(this.#x).map(prepare);
  }

  /** The same candidate with another pace; null for one that is too slow to be told from a straight line. */
  withPace(curve: Bent, candidate: Candidate, pace: number): PreparedCurve | null {
    let prepared = this.#bent[curve].get(pace);
    if (prepared === undefined) {
      prepared = pace > SLOWEST[curve] ? null : prepare(this.#bend(candidate, pace));
      this.#bent[curve].set(pace, prepared);
    }
    return prepared;
  }

  #bend(candidate: Candidate, pace: number): Candidate {
    const isFilling = candidate.curve === 'filling';
    const bent = isFilling ? fillingTerm(this.#x, pace) : warmUpTerm(this.#x, pace);
    const terms = candidate.terms.map((term, i) => (i === 1 ? bent : term));
    return { ...candidate, terms, pace, from: isFilling ? pace : Math.min(3 * pace, 0.5) };
  }
}

function prepare(candidate: Candidate): PreparedCurve {
  return { candidate, basis: basisOf(candidate.terms) };
}

/** What is emptied again and again has times of its own besides those of its node: so many grids are kept. */
const MOST_KEPT = 4;
/** The last used first. */
const kept: CurveGrid[] = [];

export function gridAt(hours: readonly number[]): CurveGrid {
  const place = kept.findIndex((grid) => isSame(grid.hours, hours));
  const grid = place < 0 ? new CurveGrid(hours) : kept[place]!;
  kept.splice(place < 0 ? MOST_KEPT - 1 : place, 1);
  kept.unshift(grid);
  return grid;
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
