/** What must not change a judgement: quiet time before, fewer runs, another scale. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/analysis/judge/judge.ts';
import type { Points } from '../../src/analysis/judge/points.ts';
import { Chance } from './recordings.ts';

/** A level for some hours, and then a line from it, with noise of a hundredth of the rise. */
function leak(seed: number, level: number, rise: number, quiet: number, grows: number): Points {
  const chance = new Chance(seed);
  const runs = Math.round((quiet + grows) * 30);
  const t = Array.from({ length: runs }, (_, i) => i / 30);
  const at = (hour: number) => level + (rise * Math.max(0, hour - quiet)) / grows + 0.01 * rise * chance.normal();
  return { t, y: t.map((hour) => Math.max(0, Math.round(at(hour)))) };
}

const LEAK = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  level: fc.integer({ min: 500, max: 50_000 }),
  quiet: fc.integer({ min: 0, max: 12 }),
  grows: fc.integer({ min: 2, max: 6 }),
});

function expectLeak(points: Points, rate: number, onset: number): void {
  const { verdict, perHour, since } = judge(points, 'entries');
  expect(verdict).toBe('growing');
  expect(Math.abs(perHour!.likely / rate - 1)).toBeLessThan(0.2);
  expect(Math.abs(since - onset)).toBeLessThan(0.08 * (points.t.at(-1)! - points.t[0]!) + 0.1);
}

describe('a leak is judged alike', () => {
  test('with quiet time before it, and with every second run left out', () => {
    fc.assert(
      fc.property(LEAK, ({ seed, level, quiet, grows }) => {
        const rise = 3 * level + 3000;
        const points = leak(seed, level, rise, quiet, grows);
        expectLeak(points, rise / grows, quiet);
        const half = (values: readonly number[]) => values.filter((_, i) => i % 2 === 0);
        expectLeak({ t: half(points.t), y: half(points.y) }, rise / grows, quiet);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  test('as a gauge of any unit, and at any time of the clock', () => {
    const scale = fc.constantFrom(1e-3, 1, 1024, 1e6);
    const shift = fc.integer({ min: 0, max: 48 });
    fc.assert(
      fc.property(LEAK, scale, shift, ({ seed, level, quiet, grows }, times, later) => {
        const points = leak(seed, level, 3 * level + 3000, quiet, grows);
        const other = { t: points.t.map((hour) => hour + later), y: points.y.map((value) => value * times) };
        const [one, two] = [judge(points, 'gauge'), judge(other, 'gauge')];
        expect([two.verdict, two.shape]).toEqual([one.verdict, one.shape]);
        expect(two.since - later).toBeCloseTo(one.since, 6);
        if (one.perHour !== null) expect(two.perHour!.likely / times).toBeCloseTo(one.perHour.likely, 3);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});
