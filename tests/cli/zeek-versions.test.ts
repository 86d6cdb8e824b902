/** Logs of the collector on other Zeeks than 8.0: bytes as Zeek told them to 4.x, objects from 5.0 on. */

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

test.each(['7.0.11', '9.0.0-rc1'])('Zeek %s reports objects, which are weighed', async (version) => {
  const rows = (await topRows(version)).trim().split('\n');
  expect(rows.length).toBeGreaterThan(400);
  expect(rows.find((line) => line.includes('SSL::cipher_desc'))).toMatch(/modelled/);
});

test('Zeek 9.0 says itself which expiry a variable declares', async () => {
  const logs = `${ROOT}/fixtures/collector-9.0.0-rc1-trace`;
  const { code, stdout } = await myStats(['explain', 'FTP::ftp_data_expected', logs, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    expiry: '&read_expire=5.0 mins',
    script: 'base/protocols/ftp/main.zeek',
  });
});

test('of Zeek 7.0 no resident memory is known, rather than none', async () => {
  const { code, stdout } = await myStats(['runs', `${ROOT}/fixtures/collector-7.0.11-trace`, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).rows).toMatchObject([{ zeek_version: '7.0.11', resident_memory_bytes: null }]);
});
