/** Linear least squares for a handful of terms. */

export interface Fit {
  readonly coefficients: readonly number[];
  /** Sum of the squares of what is left. */
  readonly rss: number;
}

/** Terms that do not depend on each other, with what a fit needs of them whatever y is. */
export interface Basis {
  readonly terms: readonly (readonly number[])[];
  /** Cholesky's factor of the normal equations, row by row. */
  readonly lower: readonly (readonly number[])[];
}

/**
 * Makes terms ready to be fitted, by the normal equations and Cholesky's decomposition: good for terms of similar
 * magnitude.
 *
 * @param terms each with a value per y
 * @returns null where the terms depend on each other
 */
export function basisOf(terms: readonly (readonly number[])[]): Basis | null {
  const lower: number[][] = [];
  for (let i = 0; i < terms.length; i++) {
    const row: number[] = [];
    lower.push(row);
    for (let j = 0; j <= i; j++) {
      let sum = dot(terms[i]!, terms[j]!);
      const whole = sum;
      for (let k = 0; k < j; k++) sum -= row[k]! * lower[j]![k]!;
      if (i === j) {
        if (!(sum > whole * 1e-10)) return null;
        row.push(Math.sqrt(sum));
      } else row.push(sum / lower[j]![j]!);
    }
  }
  return { terms, lower };
}

/** Fits y to a sum of terms. */
export function leastSquares({ terms, lower }: Basis, y: readonly number[]): Fit {
  const size = terms.length;
  const coefficients: number[] = [];
  for (let i = 0; i < size; i++) {
    let sum = dot(terms[i]!, y);
    for (let k = 0; k < i; k++) sum -= lower[i]![k]! * coefficients[k]!;
    coefficients.push(sum / lower[i]![i]!);
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = coefficients[i]!;
    for (let k = i + 1; k < size; k++) sum -= lower[k]![i]! * coefficients[k]!;
    coefficients[i] = sum / lower[i]![i]!;
  }
  let rss = 0;
  for (let n = 0; n < y.length; n++) {
    let rest = y[n]!;
    for (let i = 0; i < size; i++) rest -= coefficients[i]! * terms[i]![n]!;
    rss += rest * rest;
  }
  return { coefficients, rss };
}

/** What is left of y after a fit. */
export function residuals(
  { coefficients }: Fit,
  terms: readonly (readonly number[])[],
  y: readonly number[],
): number[] {
  return y.map((value, n) => terms.reduce((rest, term, i) => rest - coefficients[i]! * term[n]!, value));
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
