/** An answer that was kept holds as long as nothing that decides it has changed, and no longer. */

import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findTold, rememberTold } from '../../src/app/told-before.ts';
import { cluster, temporaryFolder, tsv, write } from '../store/logs.ts';

const { XDG_CACHE_HOME: cacheBefore } = process.env;
process.env.XDG_CACHE_HOME = temporaryFolder();
afterAll(() => {
  process.env.XDG_CACHE_HOME = cacheBefore;
});

const ANSWER = { stdout: 'what holds the memory\n', stderr: '' };
const variables = Array.from({ length: 40 }, (_, i) => `Module::variable_${i}`);
const TEXT = tsv(cluster({ nodes: ['a', 'b'], variables, runs: 300 }));

/** Folders by date with a log each, and an empty one. */
function archive(): string {
  const place = join(temporaryFolder(), 'logs');
  for (const day of ['2026-11-23', '2026-11-24', '2026-11-25']) mkdirSync(join(place, day), { recursive: true });
  write(join(place, '2026-11-23', 'my_stats.00-00-00.log'), TEXT);
  write(join(place, '2026-11-24', 'my_stats.00-00-00.log.gz'), TEXT);
  return place;
}

async function keepAnswer(words: readonly string[], meanwhile = () => {}): Promise<boolean> {
  const question = JSON.stringify(words);
  const keep = await rememberTold(question, words);
  meanwhile();
  await keep?.(ANSWER);
  return findTold(question) !== null;
}

test.each<[string, (place: string) => void]>([
  ['a log more', (place) => write(join(place, '2026-11-23', 'my_stats.01-00-00.log'), TEXT)],
  ['a log of another kind', (place) => write(join(place, '2026-11-23', 'my_stats_node.log'), TEXT)],
  ['a log in what was empty', (place) => write(join(place, '2026-11-25', 'my_stats.00-00-00.log'), TEXT)],
  ['a day more', (place) => mkdirSync(join(place, '2026-11-26'))],
  ['a log less', (place) => rmSync(join(place, '2026-11-23', 'my_stats.00-00-00.log'))],
  ['a row more', (place) => appendFileSync(join(place, '2026-11-23', 'my_stats.00-00-00.log'), 'row\n')],
  [
    'other bytes, as many and as old',
    (place) => {
      const path = join(place, '2026-11-23', 'my_stats.00-00-00.log');
      write(path, TEXT.replaceAll('objects', 'objectS'));
      utimesSync(path, 1e9, 1e9);
    },
  ],
  ['a stream beside the folders', (place) => write(join(place, 'all.json'), '{}\n')],
  ['a log that may not be read', (place) => chmodSync(join(place, '2026-11-23', 'my_stats.00-00-00.log'), 0)],
  ['another folder in its place', swap],
  ['what an option names', (place) => write(join(place, '..', 'word'), '')],
])('%s', async (_, change) => {
  const place = archive();
  const words = ['top', '--by', join(place, '..', 'word'), place];
  expect(await keepAnswer(words)).toBe(true);
  expect(findTold(JSON.stringify(words))).toMatchObject(ANSWER);
  change(place);
  expect(findTold(JSON.stringify(words))).toBeNull();
  expect(findTold(JSON.stringify([...words, '--all']))).toBeNull();
});

function swap(place: string): void {
  rmSync(place, { recursive: true });
  renameSync(archive(), place);
}

test('what changes while the answer is worked out may or may not be in it', async () => {
  const place = archive();
  const day = join(place, '2026-11-25');
  expect(await keepAnswer([place], () => write(join(day, 'my_stats.log'), TEXT))).toBe(false);
});

const live = TEXT.replace(/#close.*\n$/, '');

test.each<[string, (folder: string) => string]>([
  ['a log that is written to', (folder) => write(join(folder, 'my_stats.log'), live)],
  ['short logs', (folder) => write(join(folder, 'my_stats.log'), `${live.slice(0, 10_000)}\n#close\tx\n`)],
  [
    'a pattern, which may match more',
    (folder) => [write(join(folder, 'my_stats.log'), TEXT), join(folder, '*.log')][1]!,
  ],
  ['no path at all', () => 'nothing'],
  [
    'what one logger of several wrote',
    (folder) => {
      mkdirSync(join(folder, 'logger-1'));
      write(join(folder, 'logger-1', 'my_stats.log'), TEXT);
      return join(folder, 'logger-1');
    },
  ],
  [
    'the folder of what is running',
    (folder) => {
      mkdirSync(join(folder, 'spool'));
      write(join(folder, 'spool', 'my_stats.log'), TEXT);
      symlinkSync('spool', join(folder, 'current'));
      return join(folder, 'current');
    },
  ],
])('nothing is kept of %s', async (_, made) => {
  expect(await keepAnswer([made(temporaryFolder())])).toBe(false);
});
