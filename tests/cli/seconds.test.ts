/** Options that are a number of seconds. */

import { expect, test } from 'vitest';
import { parseSeconds } from '../../src/cli/options.ts';

test('no more seconds than a timer can wait', () => {
  expect(parseSeconds('1728000') * 1000).toBeLessThan(2 ** 31);
  expect(() => parseSeconds('1728001')).toThrow('at most 1728000');
  expect(() => parseSeconds('9999999')).toThrow('at most 1728000');
});
