/** OpenMetrics by its own rules; the parsers of others are asked in tests/cli/export.test.ts. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inventoryOpenMetrics } from '../../../src/report/export/openmetrics.ts';
import { anyInventory, inventoryOf, SMALL } from './inventory.ts';

test('a small inventory', async () => {
  await expect(inventoryOpenMetrics(SMALL)).toMatchFileSnapshot('../../golden/export-openmetrics.txt');
});

test('nothing is still a file with an end', () => {
  expect(inventoryOpenMetrics(inventoryOf([]))).toBe('# EOF\n');
});

const SAMPLE = /^([a-z_]+)\{((?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+)\} (\S+) (\S+)$/;

test('is valid whatever the logs hold', () => {
  fc.assert(
    fc.property(anyInventory, (result) => {
      const text = inventoryOpenMetrics(result);
      expect(text.endsWith('# EOF\n')).toBe(true);
      const seen = new Set<string>();
      let family = '';
      for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
        const type = /^# TYPE (\S+) gauge$/.exec(line);
        if (type !== null) {
          // A family comes once, all of it together.
          expect(seen.has(type[1]!)).toBe(false);
          seen.add(type[1]!);
          family = type[1]!;
        } else if (line.startsWith('# UNIT ')) {
          const [, , name, unit] = line.split(' ');
          expect([name, name!.endsWith(`_${unit}`)]).toEqual([family, true]);
        } else if (!line.startsWith('# HELP ')) {
          const [, name, labels, value, time] = SAMPLE.exec(line)!;
          expect(name).toBe(family);
          expect(seen.has(`${name}{${labels}}`)).toBe(false);
          seen.add(`${name}{${labels}}`);
          expect(Number.isFinite(Number(value)) && Number.isFinite(Number(time))).toBe(true);
        }
      }
    }),
  );
});
