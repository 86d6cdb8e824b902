/** Logs of the collector on Zeeks before 5.1: bytes as Zeek told them to 4.x, objects from 5.0 on. */

import { expect, test } from 'vitest';
import { myStats, ROOT } from './run.ts';

async function topRows(version: string): Promise<string> {
  const { code, stdout, stderr } = await myStats([
    'top',
    `${ROOT}/fixtures/collector-${version}-trace`,
    '--by',
    'variable',
    '--csv',
  ]);
  expect(stderr).not.toMatch(/error/i);
  expect(code).toBe(0);
  return stdout;
}

test('Zeek 4.0 reports bytes, which are taken as they are', async () => {
  const row = (await topRows('4.0.9')).split('\n').find((line) => line.includes('SSL::cipher_desc'));
  expect(row).toMatch(/reported/);
});

test('Zeek 5.0 reports objects, which are weighed', async () => {
  const row = (await topRows('5.0.10')).split('\n').find((line) => line.includes('SSL::cipher_desc'));
  expect(row).toMatch(/modelled/);
});
