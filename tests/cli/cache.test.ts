/** What is kept of closed logs between two runs of the program. */

import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { cluster, temporaryFolder, tsv, write } from '../store/logs.ts';
import { needs, onSmallDisk } from '../support/needs.ts';
import { cleanEnv, myStats, PROGRAM, ROOT, run } from './run.ts';

const LOGS = temporaryFolder();
const QUESTIONS = [['growth'], ['top', '--since', '2020-01-01'], ['top', '--by', 'variable'], ['doctor']];

beforeAll(() => {
  const variables = Array.from({ length: 60 }, (_, i) => `Module::variable_${i}`);
  const rows = cluster({
    nodes: ['worker-1', 'manager'],
    variables,
    runs: 300,
    size: (n, v, r) => 1000 * v + n + 7 * r,
  });
  const half = rows.length / 2;
  write(join(LOGS, 'my_stats.00-00-00_01-00-00.log'), tsv(rows.slice(0, half)));
  write(join(LOGS, 'my_stats.01-00-00_02-00-00.log'), tsv(rows.slice(half)));
});

const ask = (question: readonly string[], home: string) =>
  myStats([...question, '--json', LOGS], { env: { XDG_CACHE_HOME: home } });

const anew = (question: readonly string[]) => myStats([...question, '--json', '--no-cache', LOGS]);

const kept = (home: string) => readdirSync(join(home, 'my-stats'));

describe('the second answer', () => {
  test.each(QUESTIONS)('of %s %s %s is the first one, and that of --no-cache', async (...question) => {
    const home = temporaryFolder();
    const first = await ask(question, home);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(kept(home)).not.toEqual([]);
    expect(await ask(question, home)).toEqual(first);
    expect(await anew(question)).toEqual(first);
  });

  test('is that of logs that have grown', async () => {
    const home = temporaryFolder();
    await ask(['growth'], home);
    const later = cluster({ nodes: ['later'], variables: ['Module::new'], runs: 3, start: 1_795_492_000 });
    const path = write(join(LOGS, 'my_stats.log'), tsv(later));
    const [second, plain] = [await ask(['top', '--by', 'node'], home), await anew(['top', '--by', 'node'])];
    rmSync(path);
    expect(second).toEqual(plain);
    expect(second.stdout).toContain('later');
  });
});

describe('what was asked before', () => {
  const opensNoLog = `data:text/javascript,${encodeURIComponent(`
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const { openSync } = fs;
    fs.openSync = (path, ...how) => (/my_stats[^/]*.log/.test(path) ? process.exit(9) : openSync(path, ...how));
    syncBuiltinESMExports();
  `)}`;
  /** Exit code 9 where a log was opened. */
  const recall = (args: readonly string[], home: string, env: Record<string, string> = {}) =>
    run(process.execPath, ['--import', opensNoLog, PROGRAM, ...args], { env: { XDG_CACHE_HOME: home, ...env } });

  test.each(QUESTIONS)('of %s %s %s is said again without opening a log', async (...question) => {
    const home = temporaryFolder();
    for (const format of [[], ['--json'], ['--csv', '--strict']]) {
      const args = [...question, ...format, LOGS];
      expect((await recall(args, home)).code).toBe(9);
      const first = await myStats(args, { env: { XDG_CACHE_HOME: home } });
      expect(first.code).toBe(0);
      expect(await recall(args, home)).toEqual(first);
    }
  });

  test('is found anew with other options and on another screen', async () => {
    const home = temporaryFolder();
    const args = ['top', '--by', 'node', LOGS];
    expect((await myStats(args, { env: { XDG_CACHE_HOME: home } })).code).toBe(0);
    expect((await recall(args, home)).code).toBe(0);
    expect((await recall([...args, '--limit', '1'], home)).code).toBe(9);
    expect((await recall([...args, '--no-cache'], home)).code).toBe(9);
    expect((await recall(args, home, { COLUMNS: '60' })).code).toBe(9);
  });
});

test('--no-cache keeps nothing', async () => {
  const home = temporaryFolder();
  const { code } = await myStats(['growth', '--no-cache', LOGS], { env: { XDG_CACHE_HOME: home } });
  expect({ code, kept: readdirSync(home) }).toEqual({ code: 0, kept: [] });
});

test('two at once give the same answer', async () => {
  const home = temporaryFolder();
  const answers = await Promise.all([ask(['growth'], home), ask(['growth'], home)]);
  const plain = await anew(['growth']);
  expect([...answers, await ask(['growth'], home)]).toEqual([plain, plain, plain]);
});

test('a process that is killed at any moment leaves nothing that another one would believe', async () => {
  const home = temporaryFolder();
  const args = [PROGRAM, 'growth', '--json', LOGS];
  for (let delay = 50; delay <= 1200; delay += 230) {
    const child = spawn(process.execPath, args, {
      env: cleanEnv({ XDG_CACHE_HOME: home }),
      cwd: ROOT,
      stdio: 'ignore',
    });
    await wait(delay);
    child.kill('SIGKILL');
  }
  expect(await ask(['growth'], home)).toEqual(await anew(['growth']));
});

describe('is done without where there is', () => {
  test('no folder to be had', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(await ask(['growth'], file)).toEqual(await anew(['growth']));
  });

  test('no room on the disk', needs('the right to mount a file system'), async () => {
    const disk = join(temporaryFolder(), 'disk');
    mkdirSync(disk);
    const fill = `head -c 2000000 /dev/zero > ${disk}/full; "$0" "$@"; ls -s ${disk}/my-stats | grep -c part`;
    const command = [
      'env',
      `XDG_CACHE_HOME=${disk}`,
      'sh',
      '-c',
      fill,
      process.execPath,
      PROGRAM,
      'growth',
      '--json',
      LOGS,
    ];
    const { stdout } = await run('unshare', onSmallDisk(disk, 1, command));
    expect(stdout).toBe(`${(await anew(['growth'])).stdout}0\n`);
  });
});

test('only logs that are worth it are kept', async () => {
  const home = temporaryFolder();
  const { code } = await myStats(['top', 'fixtures/cluster-8.0.10'], { env: { XDG_CACHE_HOME: home } });
  expect({ code, kept: readdirSync(home) }).toEqual({ code: 0, kept: [] });
});
