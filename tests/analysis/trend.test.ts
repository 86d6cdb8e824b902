import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { basisOf, leastSquares, Term, valuesOf } from '../../src/analysis/judge/least-squares.ts';
import { trendOf } from '../../src/analysis/judge/trend.ts';

describe('the slope of Theil and Sen', () => {
  test('is that of the line most values lie on', () => {
    const t = Array.from({ length: 21 }, (_, i) => i);
    const y = t.map((v) => (v % 5 === 3 ? 1e6 : 10 + 2.5 * v));
    expect(trendOf(t, y)!.slope).toBeCloseTo(2.5, 9);
  });

  test('moves with the values', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.integer({ min: -50, max: 50 }), (y, more) => {
        const t = y.map((_, i) => i);
        const before = trendOf(t, y)!;
        const after = trendOf(
          t,
          y.map((v, i) => v + more * i),
        )!;
        expect(after.slope).toBeCloseTo(before.slope + more, 9);
        expect(before.low).toBeLessThanOrEqual(before.slope);
        expect(before.high).toBeGreaterThanOrEqual(before.slope);
      }),
    );
  });

  test('needs two times', () => {
    expect(trendOf([1], [5])).toBeNull();
    expect(trendOf([1, 1], [5, 6])).toBeNull();
  });
});

describe('the test of Mann and Kendall', () => {
  /** Gilbert, "Statistical methods for environmental pollution monitoring" (1987): S of ten rising values is 45, Var 125. */
  test('gives the normal approximation', () => {
    const t = Array.from({ length: 10 }, (_, i) => i);
    const p = trendOf(t, t)!.p;
    // z = 44 / sqrt(125) = 3.935
    expect(p).toBeCloseTo(8.3e-5, 5);
    expect(
      trendOf(
        t,
        t.map(() => 3),
      )!.p,
    ).toBe(1);
  });

  test('sees no trend in what goes to and fro', () => {
    const t = Array.from({ length: 40 }, (_, i) => i);
    expect(
      trendOf(
        t,
        t.map((v) => v % 2),
      )!.p,
    ).toBeGreaterThan(0.5);
  });
});

test('least squares finds the coefficients it was made from', () => {
  const coefficient = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(coefficient, coefficient, coefficient, (a, b, c) => {
      const x = Array.from({ length: 20 }, (_, i) => i / 19);
      const terms = [x.map(() => 1), x, x.map((v) => v * v)].map((values) => new Term(values));
      const y = valuesOf(x.map((v) => a + b * v + c * v * v));
      const fit = leastSquares(basisOf(terms)!, y)!;
      [a, b, c].forEach((expected, i) => {
        expect(fit.coefficients[i]).toBeCloseTo(expected, 5);
      });
      expect(fit.rss).toBeLessThan(1e-9);
    }),
  );
  expect(basisOf([new Term([1, 1, 1]), new Term([2, 2, 2])])).toBeNull();
});

test('a fit is left out only where it is no closer than another', () => {
  const value = fc.double({ min: 0, max: 1, noNaN: true });
  const basis = basisOf([new Term([1, 1, 1, 1, 1, 1]), new Term([0, 1, 2, 3, 4, 5])])!;
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 6, maxLength: 6 }),
      fc.double({ min: 0.5, max: 2, noNaN: true }),
      (y, share) => {
        const values = valuesOf(y);
        const { rss } = leastSquares(basis, values)!;
        const closer = leastSquares(basis, values, rss * share);
        // Nothing is closer than none left.
        if (share > 1 && rss > 0) expect(closer?.rss).toBe(rss);
        else if (rss * (1 - share) > 1e-5) expect(closer).toBeNull();
      },
    ),
  );
});
