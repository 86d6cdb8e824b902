/**
 * Linear least squares for a handful of terms, made for fitting many sums of the same terms to one series after another:
 * what does not depend on the series is worked out once, and what many sums share once per series.
 */

/** What is fitted, and the sum of its squares. All here are plain lists: short ones are made sooner than typed ones. */
export interface Values {
  readonly y: readonly number[];
  readonly square: number;
}

export function valuesOf(y: readonly number[]): Values {
  return { y, square: multiplyVectors(y, y) };
}

/** A term of sums, with a value per y. */
export class Term {
  readonly values: readonly number[];
  #last: Values | null = null;
  #product = 0;

  constructor(values: readonly number[]) {
    this.values = values;
  }

  /** The sum of products with a series. It is remembered for the next sum that has this term. */
  times(values: Values): number {
    if (this.#last !== values) {
      this.#last = values;
      this.#product = multiplyVectors(this.values, values.y);
    }
    return this.#product;
  }
}

/** Terms that do not depend on each other, with what a fit needs of them whatever y is. */
export interface Basis {
  readonly terms: readonly Term[];
  /** Cholesky's factor of the normal equations, row after row: of row i the columns 0 to i. */
  readonly lower: readonly number[];
}

export interface Fit {
  readonly coefficients: readonly number[];
  /** Sum of the squares of what is left. */
  readonly rss: number;
}

/**
 * Makes terms ready to be fitted, by the normal equations and Cholesky's decomposition: good for terms of similar
 * magnitude.
 *
 * @returns null where the terms depend on each other
 */
export function basisOf(terms: readonly Term[]): Basis | null {
  const lower: number[] = [];
  for (let i = 0, row = 0; i < terms.length; i++, row += i) {
    for (let j = 0, other = 0; j <= i; j++, other += j) {
      let sum = multiplyVectors(terms[i]!.values, terms[j]!.values);
      const whole = sum;
      for (let k = 0; k < j; k++) sum -= lower[row + k]! * lower[other + k]!;
      if (i === j) {
        if (!(sum > whole * 1e-10)) return null;
        lower.push(Math.sqrt(sum));
      } else lower.push(sum / lower[other + j]!);
    }
  }
  return { terms, lower };
}

/**
 * How far, as a share of y's squares, what is left may be from what the decomposition says of it beforehand. The error of
 * that is some 1e-16 by how much the terms depend on each other, of which `basisOf` allows less than this makes up for.
 */
const SURE = 1e-6;
/**
 * Fits y to a sum of terms.
 *
 * @param below null is the answer where what is left is surely not less than this: that is known before all is worked out
 */
export function leastSquares({ terms, lower }: Basis, values: Values, below = Number.POSITIVE_INFINITY): Fit | null {
  const size = terms.length;
  const solution: number[] = [];
  let left = values.square;
  for (let i = 0, row = 0; i < size; i++, row += i) {
    let sum = terms[i]!.times(values);
    for (let k = 0; k < i; k++) sum -= lower[row + k]! * solution[k]!;
    const part = sum / lower[row + i]!;
    solution.push(part);
    left -= part * part;
  }
  if (left - SURE * values.square >= below) return null;
  for (let i = size - 1; i >= 0; i--) {
    let sum = solution[i]!;
    for (let k = i + 1; k < size; k++) sum -= lower[(k * (k + 1)) / 2 + i]! * solution[k]!;
    solution[i] = sum / lower[(i * (i + 1)) / 2 + i]!;
  }
  const { y } = values;
  let rss = 0;
  for (let n = 0; n < y.length; n++) {
    const rest = restAt(n, solution, terms, y);
    rss += rest * rest;
  }
  return { coefficients: solution, rss };
}

/** What is left of y after a fit. */
export function residuals({ coefficients }: Fit, terms: readonly Term[], { y }: Values): number[] {
  return y.map((_, n) => restAt(n, coefficients, terms, y));
}

function restAt(n: number, coefficients: readonly number[], terms: readonly Term[], y: readonly number[]): number {
  let rest = y[n]!;
  for (let i = 0; i < terms.length; i++) rest -= coefficients[i]! * terms[i]!.values[n]!;
  return rest;
}

function multiplyVectors(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
