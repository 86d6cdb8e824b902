import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CacheFolder, findUserCache } from '../../src/store/cache/cache-folder.ts';
import { temporaryFolder } from './logs.ts';

const VALUE = { names: ['a', 'b'], sizes: Float64Array.of(1, Number.NaN, 2 ** 53), nested: new Map([['x', null]]) };

function folder(mostBytes?: number) {
  const path = join(temporaryFolder(), 'cache', 'my-stats');
  return { path, cache: new CacheFolder(path, mostBytes) };
}

const entriesIn = (path: string) => readdirSync(path).map((name) => join(path, name));

describe('what is kept', () => {
  test('is found again, by another reader too, and only under its key', async () => {
    const { path, cache } = folder();
    expect(cache.find('one')).toBeUndefined();
    await cache.keep('one', VALUE);
    expect(cache.find('one')).toEqual(VALUE);
    expect(new CacheFolder(path).find('one')).toEqual(VALUE);
    expect(cache.find('two')).toBeUndefined();
  });

  test('is for its user only', async () => {
    const { path, cache } = folder();
    await cache.keep('one', VALUE);
    const [entry] = entriesIn(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(entry!).mode & 0o777).toBe(0o600);
    chmodSync(entry!, 0o666);
    expect(cache.find('one')).toBeUndefined();
  });

  test('lies below XDG_CACHE_HOME, or in .cache at home', () => {
    expect(findUserCache({ XDG_CACHE_HOME: '/c' })).toBe('/c/my-stats');
    for (const home of [undefined, '', 'relative'])
      expect(findUserCache({ XDG_CACHE_HOME: home })).toMatch(/^\/.*\/\.cache\/my-stats$/);
  });

  test('leaves what was not used for longest, where it would be too much', async () => {
    const { path, cache } = folder(30_000);
    for (const key of ['a', 'b']) await cache.keep(key, randomBytes(10_000));
    for (const entry of entriesIn(path)) utimesSync(entry, 1000, 1000);
    expect(cache.find('a')).toBeDefined();
    await cache.keep('c', randomBytes(10_000));
    expect(['a', 'b', 'c'].map((key) => cache.find(key) !== undefined)).toEqual([true, false, true]);
    await cache.keep('huge', randomBytes(40_000));
    expect(['a', 'c', 'huge'].map((key) => cache.find(key) !== undefined)).toEqual([true, true, false]);
  });
});

describe('what cannot be trusted is not found, and can be kept anew', () => {
  test.each<[string, (entry: string) => void]>([
    ['one byte is another', (entry) => writeFileSync(entry, readFileSync(entry).fill(7, 60, 61))],
    ['the checksum is another', (entry) => writeFileSync(entry, readFileSync(entry).fill(7, 0, 4))],
    ['the end is missing', (entry) => truncateSync(entry, statSync(entry).size - 10)],
    ['all but the beginning is missing', (entry) => truncateSync(entry, 10)],
    ['it is empty', (entry) => truncateSync(entry, 0)],
  ])('%s', async (_, damage) => {
    const { path, cache } = folder();
    await cache.keep('one', VALUE);
    damage(entriesIn(path)[0]!);
    expect(cache.find('one')).toBeUndefined();
    await cache.keep('one', VALUE);
    expect(cache.find('one')).toEqual(VALUE);
  });

  test('another entry in its place', async () => {
    const { path, cache } = folder();
    await cache.keep('one', VALUE);
    const [one] = entriesIn(path);
    await cache.keep('two', { other: true });
    const two = entriesIn(path).find((entry) => entry !== one)!;
    writeFileSync(one!, readFileSync(two));
    expect(cache.find('one')).toBeUndefined();
  });
});

test('parts that were left by a process that was killed are removed in time', async () => {
  const { path, cache } = folder();
  mkdirSync(path, { recursive: true });
  const [old, recent] = ['old', 'recent'].map((name) => join(path, `${'0'.repeat(64)}.${name}.part`));
  for (const part of [old!, recent!]) writeFileSync(part, 'half');
  utimesSync(old!, 1000, 1000);
  await cache.keep('one', VALUE);
  expect(entriesIn(path)).toContain(recent);
  expect(entriesIn(path)).not.toContain(old);
});

test('a folder that cannot be made is done without', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const cache = new CacheFolder(join(file, 'my-stats'));
  await cache.keep('one', VALUE);
  expect(cache.find('one')).toBeUndefined();
});
