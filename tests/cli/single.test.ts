/** The program as one file, with nothing beside it. */

import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../store/logs.ts';
import { cleanEnv, myStats, ROOT, run } from './run.ts';

const LOGS = join(ROOT, 'fixtures/collector-8.0.10-standalone');
const folder = temporaryFolder();
const program = join(folder, 'any-name.mjs');

function build(): string {
  execFileSync(process.execPath, ['tools/build-single.mjs'], { cwd: ROOT });
  return createHash('sha256')
    .update(readFileSync(join(ROOT, 'release/my-stats.mjs')))
    .digest('hex');
}

const single = (...args: string[]) => run(process.execPath, [program, ...args], { cwd: folder, env: cleanEnv() });

let hash = '';
beforeAll(() => {
  hash = build();
  copyFileSync(join(ROOT, 'release/my-stats.mjs'), program);
}, 120_000);

test('is the same file however often it is built, and has the licences of what is in it', () => {
  expect(build()).toBe(hash);
  const text = readFileSync(program, 'utf8');
  for (const licence of ['BSD 3-Clause License', 'commander ', 'hyparquet ']) expect(text).toContain(licence);
}, 120_000);

test('answers as the package does', async () => {
  expect(await single('top', '--json', LOGS)).toEqual(await myStats(['top', '--json', LOGS]));
  expect((await single('report', '-o', 'page.html', LOGS)).code).toBe(0);
  expect(readFileSync(join(folder, 'page.html'), 'utf8')).toContain('<script');
});

test('serves pages, which a thread makes', async () => {
  const child = spawn(process.execPath, [program, 'serve', '--listen', '127.0.0.1:0', LOGS], { env: cleanEnv() });
  const [url] = await once(child.stdout, 'data');
  expect(await (await fetch(String(url).trim())).text()).toContain('<h1>Memory of zeek</h1>');
  child.kill();
  await once(child, 'close');
});

test('reads and writes Parquet without DuckDB, and says how to add that for SQL', async () => {
  expect((await single('archive', LOGS, 'archive')).code).toBe(0);
  expect((await single('top', 'archive')).code).toBe(0);
  const { code, stderr } = await single('sql', 'select 1', LOGS);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('npm install @duckdb/node-api') });
});
