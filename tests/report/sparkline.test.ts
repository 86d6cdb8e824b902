import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sparkline } from '../../src/report/text/sparkline.ts';

test.each<[(number | null)[], number, string]>([
  [[], 8, ''],
  [[0, 0], 8, '▁▁'],
  [[5], 8, '█'],
  [[1, 2, 3, 4, 5, 6, 7, 8], 8, '▂▃▄▅▆▇██'],
  [[100, null, 50], 8, '█ ▅'],
  // A small change of a large size looks small.
  [[99, 100], 8, '██'],
  // The largest of each share: a peak is not lost.
  [[1, 8, 1, 1, 1, 1], 3, '█▂▂'],
])('%j in %i columns: %s', (points, width, bars) => {
  expect(sparkline(points, width)).toBe(bars);
});

test('has as many columns as it may, whatever the points', () => {
  const point = fc.oneof(fc.constant(null), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }));
  fc.assert(
    fc.property(fc.array(point), fc.integer({ min: 1, max: 30 }), (points, width) => {
      expect(sparkline(points, width)).toHaveLength(Math.min(points.length, width));
    }),
  );
});
