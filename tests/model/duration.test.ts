import { expect, test } from 'vitest';
import { formatDuration } from '../../src/model/time.ts';

test.each([
  [0, '0 µs'],
  [0.0000045, '4.5 µs'],
  [0.0161, '16 ms'],
  [0.0996, '100 ms'],
  [0.34, '340 ms'],
  [2, '2 s'],
  [119, '119 s'],
  [360, '6 min'],
  [11_520, '3.2 h'],
  [181_440, '2.1 days'],
  [-5, '-5 s'],
  [1e30, '1.1574074074074075e+25 days'],
])('%f s is %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
