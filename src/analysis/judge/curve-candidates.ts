/** The curves a series may be explained by: each a sum of few terms, with what is not linear in them on a grid. */

import { Term } from './least-squares.ts';

export type CurveKind = 'level' | 'warm-up' | 'filling' | 'decline' | 'line' | 'warm-up-line' | 'accelerating';

export interface Candidate {
  readonly curve: CurveKind;
  readonly terms: readonly Term[];
  readonly parameters: number;
  readonly from: number;
  readonly pace: number;
  /** Places of the terms that must be positive. */
  readonly positive: readonly number[];
  readonly negative?: readonly number[];
  /** Place of the line's term and of the other one that counts. */
  readonly line: number | null;
  readonly height: number | null;
}

const PACES = [0.02, 0.03, 0.05, 0.08, 0.12, 0.18, 0.27, 0.4, 0.6, 0.8, 1];
/** A corner later, or a warm-up slower than this is too much like a straight line. */
export const SLOWEST = { 'warm-up': 1, 'warm-up-line': 0.3, filling: 0.78 } as const;
const CORNERS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75];
const BENDS = [0.15, 0.25, 0.4, 0.7];

/** What a warm-up of a pace comes to, beside a level (and a line). */
export function warmUpTerm(x: readonly number[], pace: number): Term {
  return new Term(x.map((v) => 1 - Math.exp(-v / pace)));
}

/** What rises up to a corner, and stays. */
export function fillingTerm(x: readonly number[], corner: number): Term {
  return new Term(x.map((v) => Math.min(v, corner)));
}

/**
 * Those of one curve come in the order of their parameters.
 *
 * @param x of the time, 0 to 1
 */
export function candidates(x: readonly number[]): Candidate[] {
  const one = new Term(x.map(() => 1));
  const line = new Term(x);
  const list = [
    make('level', [one], 1),
    make('line', [one, line], 2, { positive: [1], line: 1 }),
    make('decline', [one, line], 2, { negative: [1], line: 1 }),
  ];
  for (const pace of PACES) {
    const term = warmUpTerm(x, pace);
    const settled = Math.min(3 * pace, 0.5);
    list.push(make('warm-up', [one, term], 3, { from: settled, pace, height: 1 }));
    if (pace <= 0.27)
      list.push(
        make('warm-up-line', [one, term, line], 4, { from: settled, pace, positive: [1, 2], line: 2, height: 1 }),
      );
  }
  for (const corner of CORNERS) {
    list.push(make('filling', [one, fillingTerm(x, corner)], 3, { from: corner, pace: corner, height: 1 }));
  }
  for (const bend of BENDS) {
    const scale = Math.exp(1 / bend) - 1;
    const term = new Term(x.map((v) => (Math.exp(v / bend) - 1) / scale));
    list.push(make('accelerating', [one, term], 3, { positive: [1], line: 1 }));
  }
  list.push(make('accelerating', [one, new Term(x.map((v) => v * v))], 3, { positive: [1], line: 1 }));
  return list;
}

function make(curve: CurveKind, terms: readonly Term[], parameters: number, more: Partial<Candidate> = {}): Candidate {
  return {
    curve,
    terms,
    parameters,
    from: 0,
    pace: 0,
    positive: [],
    line: null,
    height: null,
    ...more,
  };
}
