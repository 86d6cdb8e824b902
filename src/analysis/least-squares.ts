/** Linear least squares for a handful of terms. */

export interface Fit {
  readonly coefficients: readonly number[];
  /** Sum of the squares of what is left. */
  readonly rss: number;
}

/**
 * Fits y to a sum of terms, by the normal equations and Cholesky's decomposition: good for terms of similar magnitude.
 *
 * @param terms each with a value per y
 * @returns null where the terms depend on each other
 */
export function leastSquares(terms: readonly (readonly number[])[], y: readonly number[]): Fit | null {
  const size = terms.length;
  const lower: number[][] = [];
  const right = terms.map((term) => dot(term, y));
  for (let i = 0; i < size; i++) {
    lower.push([]);
    for (let j = 0; j <= i; j++) {
      let sum = dot(terms[i]!, terms[j]!);
      const whole = sum;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      if (i === j) {
        if (!(sum > whole * 1e-10)) return null;
        lower[i]!.push(Math.sqrt(sum));
      } else lower[i]!.push(sum / lower[j]![j]!);
    }
  }
  const half: number[] = [];
  for (let i = 0; i < size; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i]![k]! * half[k]!;
    half.push(sum / lower[i]![i]!);
  }
  const coefficients = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    let sum = half[i]!;
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
