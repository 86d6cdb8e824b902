/** What stays of a command that is told to end. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../store/logs.ts';
import { cleanEnv, PROGRAM } from './run.ts';

const folder = temporaryFolder();

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s leaves nothing in TMPDIR', async (signal, expected) => {
  const temporary = join(folder, signal);
  mkdirSync(temporary);
  const env = cleanEnv({ TMPDIR: temporary });
  const child = spawn(process.execPath, [PROGRAM, 'top', '-'], { env, stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(child, 'exit');
  child.stdin.write('#separator \\x09\n');
  while (readdirSync(temporary).length === 0) await wait(20);
  child.kill(signal);
  expect((await ended)[0]).toBe(expected);
  expect(readdirSync(temporary)).toEqual([]);
});
