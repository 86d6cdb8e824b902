/** `my-stats estimate --measure` on a real Zeek: whether what it measures is so, and what it refuses. */

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { myStats } from '../cli/run.ts';
import { needs } from '../support/needs.ts';
import { expectClean, folder, SLOW, temporary } from './profiles.ts';

const measure = (type: string, ...args: string[]) =>
  myStats(['estimate', type, '--measure', ...args], { env: { TMPDIR: temporary }, cwd: folder });

describe('estimate --measure', { ...SLOW, ...needs('zeek') }, () => {
  test.each([
    // Bytes of heap per entry that the allocator itself counted in Zeek 8.0.10 with 200,000 entries.
    ['table[addr] of count', '15', 195.9],
    ['set[string]', '20', 147.9],
    ['table[count] of time', '15', 163.9],
  ])('%s takes what the allocator says', async (type, characters, perEntry) => {
    const { stdout, stderr } = await measure(type, '--entries', '200k', '--string-length', characters, '--json');
    expect(stderr).toBe('');
    const { measured, bytes } = JSON.parse(stdout);
    if (measured.zeek_version.startsWith('8.0.')) expect(measured.bytes_per_entry / perEntry).toBeCloseTo(1, 1);
    expect(measured.bytes).toBeGreaterThan(bytes.low);
    expect(measured.bytes).toBeLessThan(bytes.high);
    expect(measured.entries).toBe(200_000);
    expectClean();
  });

  test('containers inside, records and types of scripts are filled as asked', async () => {
    writeFileSync(
      join(folder, 'shapes.zeek'),
      'module Shape;\nexport { type Info: record { at: time; who: set[addr]; note: string &optional; }; }\n',
    );
    const args = ['--entries', '2000', '--script', 'shapes.zeek', '--inner-entries', '3', '--json'];
    const { stdout } = await measure('table[string] of Shape::Info', ...args);
    // Per entry: 3 for itself and its key, a record of 3 fields, a time, a set of 3 with 3 each, and half a string.
    expect(JSON.parse(stdout).measured.footprint / 2000).toBe(3 + 3 + 1 + 9 + 0.5);
    const nested = await measure(
      'table[subnet, port] of table[interval] of vector of double',
      '--entries',
      '500',
      '--json',
    );
    expect(JSON.parse(nested.stdout).measured).toMatchObject({ entries: 500, inner_entries: 4, string_length: 15 });
  });

  test('types with few values hold as many as there are, and what is too small to be told is said', async () => {
    const { stdout } = await measure('set[bool]', '--entries', '1000');
    expect(stdout).toContain('\n2 entries, 6 objects, Zeek ');
    expect(stdout).toContain('It is too small for that to say much: measure more --entries.');
  });

  test.each([
    ['table[addr] of function(a: count): bool', 'values of function cannot be made'],
    ['table[count] of file', 'values of file cannot be made'],
    ['vector of any', 'values of any cannot be made'],
    ['table[count] of opaque of x509', 'values of opaque of x509 cannot be made'],
    ['set[Nothing::Known]', 'nothing is known of Nothing::Known'],
    ['set[enum Foo::Bar]', 'the values of an enum are not known'],
    ['pattern', 'only tables, sets and vectors are filled'],
  ])('%s is refused', async (type, said) => {
    const { code, stdout, stderr } = await measure(type, '--entries', '10');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).toMatch(/^my-stats: [^\n]*\n$/);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('more than there is memory is not tried', async () => {
    const { code, stderr } = await measure('set[string]', '--entries', '1e11');
    expect(code).toBe(2);
    expect(stderr).toMatch(/it would take some|filling two of it would take some [\d.]+ TB/);
  });

  test('what Zeek says of a script comes first', async () => {
    writeFileSync(join(folder, 'broken.zeek'), 'global x: table[addr of count;');
    const { code, stderr } = await measure('set[addr]', '--entries', '10', '--script', 'broken.zeek');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^my-stats: \S*broken\.zeek:\d+: syntax error/);
  });
});

test('--measure has options of its own, and needs entries', async () => {
  const said = async (...args: string[]) => (await myStats(['estimate', ...args])).stderr;
  expect(await said('set[addr]', '--entries', '1', '--footprint', '3', '--measure')).toContain('Leave --footprint');
  expect(await said('set[addr]', '--entries', '1', '--string-length', '3')).toContain('Add --measure');
  expect(await said('set[addr]', '--measure')).toContain('Say how many there are with --entries');
  expect(await said('set[addr]', '--entries', '1', '--zeek', 'x')).toContain('--zeek x is no version');
});
