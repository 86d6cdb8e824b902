import { appendFileSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { ReadLogs } from '../../src/store/finding/unchanged.ts';
import { temporaryFolder } from './logs.ts';

const parent = temporaryFolder();
let folder = '';
let number = 0;
const file = (name: string) => join(folder, name);

/** As it was some time ago: a log that has just changed is always read again. */
function age(name: string, seconds = 60): void {
  const then = Date.now() / 1000 - seconds;
  utimesSync(file(name), then, then);
}

beforeEach(() => {
  folder = join(parent, `logs-${++number}`);
  mkdirSync(folder);
  writeFileSync(file('my_stats.log'), 'a\n');
  age('my_stats.log');
});

describe('logs that were read', () => {
  test('are new the first time, and then as they were', async () => {
    const logs = new ReadLogs([folder]);
    expect(await logs.areUnchanged()).toBe(false);
    expect(await logs.areUnchanged()).toBe(true);
  });

  test.each<[string, () => void]>([
    ['grew', () => appendFileSync(file('my_stats.log'), 'b\n')],
    ['were joined by one of another kind that helps', () => writeFileSync(file('my_stats_variable.log'), 'b\n')],
    [
      'were rotated',
      () => {
        renameSync(file('my_stats.log'), file('my_stats.00-00-00_01-00-00.log'));
        writeFileSync(file('my_stats.log'), 'a\n');
        age('my_stats.log');
      },
    ],
    [
      'were put in the place of others of the same size and time',
      () => {
        const then = Date.now() / 1000 - 60;
        utimesSync(file('my_stats.log'), then, then);
        writeFileSync(file('new'), 'a\n');
        utimesSync(file('new'), then, then);
        renameSync(file('new'), file('my_stats.log'));
      },
    ],
    ['went', () => rmSync(file('my_stats.log'))],
  ])('that %s are read again', async (_, change) => {
    const logs = new ReadLogs([folder]);
    await logs.areUnchanged();
    change();
    expect(await logs.areUnchanged()).toBe(false);
  });

  test('beside which something else changed are as they were', async () => {
    const logs = new ReadLogs([folder]);
    await logs.areUnchanged();
    writeFileSync(file('conn.log'), 'b\n');
    expect(await logs.areUnchanged()).toBe(true);
  });

  test('that had just changed are read again, since a run may have been in the middle', async () => {
    age('my_stats.log', 2);
    const logs = new ReadLogs([folder]);
    await logs.areUnchanged();
    expect(await logs.areUnchanged()).toBe(false);
  });

  test('that could not be used are read again', async () => {
    const logs = new ReadLogs([folder]);
    await logs.areUnchanged();
    logs.forget();
    expect(await logs.areUnchanged()).toBe(false);
  });

  test('that are not there are an error', async () => {
    await expect(new ReadLogs([join(folder, 'nowhere')]).areUnchanged()).rejects.toMatchObject({
      code: 'missing-path',
    });
  });
});
