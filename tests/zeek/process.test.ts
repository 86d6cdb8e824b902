/** Programs that end, fail, hang, leave children or ignore being asked to end: nothing of them may stay. */

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type ProcessSpec, runProcess } from '../../src/zeek/process.ts';
import { ROOT } from '../cli/run.ts';
import { temporaryFolder } from '../store/logs.ts';

const folder = temporaryFolder();

function shell(script: string, more: Partial<ProcessSpec> = {}) {
  return runProcess({ program: '/bin/sh', args: ['-c', script], folder, env: process.env, timeout: null, ...more });
}

/** True while a process of this name, which no other test uses, runs. */
function runs(marker: string): boolean {
  const listed = execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' });
  return listed.split('\n').some((line) => line.includes(marker) && !line.includes('ps -A'));
}

async function gone(marker: string): Promise<boolean> {
  for (let i = 0; i < 40; i++) {
    if (!runs(marker)) return true;
    await wait(50);
  }
  return false;
}

describe('what it tells', () => {
  test('the exit code and both outputs', async () => {
    expect(await shell('echo out; echo err >&2; exit 3')).toMatchObject({
      code: 3,
      signal: null,
      cause: 'itself',
      stdout: 'out\n',
      stdoutBytes: 4,
      stderr: 'err\n',
    });
  });

  test('the signal of a crash', async () => {
    expect(await shell('kill -SEGV $$')).toMatchObject({ code: null, signal: 'SIGSEGV', cause: 'itself' });
  });

  test('of an output without end its beginning, its end and its length', async () => {
    const { stdout, stdoutBytes } = await shell('echo first; yes | head -c 3000000; echo last');
    expect(stdoutBytes).toBe(3_000_000 + 11);
    expect(stdout.length).toBeLessThan(100_000);
    expect(stdout.startsWith('first\n')).toBe(true);
    expect(stdout.endsWith('last\n')).toBe(true);
    expect(stdout).toContain('bytes left out');
  });

  test('that a program cannot be started', async () => {
    const { code } = await runProcess({ program: join(folder, 'none'), args: [], folder, env: {}, timeout: null });
    expect(code).toBe(127);
  });
});

describe('how it ends', () => {
  test('a program that hangs is asked to, and what it writes then is there', async () => {
    const end = await shell("trap 'echo bye; exit 0' TERM; while :; do sleep 0.05; done", { timeout: 0.3 });
    expect(end).toMatchObject({ cause: 'timeout', forced: false, stdout: 'bye\n', code: 0 });
  });

  test('an interrupt does the same', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const end = await shell('sleep 61.5', { signal: controller.signal });
    expect(end.cause).toBe('interrupt');
    expect(end.elapsed).toBeLessThan(5);
  });

  test('one that was interrupted before it began ends at once', async () => {
    const end = await shell('sleep 61.6', { signal: AbortSignal.abort() });
    expect(end.cause).toBe('interrupt');
    expect(end.elapsed).toBeLessThan(5);
  });

  test('one that does not listen is killed after a while', { timeout: 20_000 }, async () => {
    let forced = 0;
    const end = await shell("trap '' TERM; while :; do sleep 0.05; done", { timeout: 0.2, forceEnd: () => forced++ });
    expect(end).toMatchObject({ cause: 'timeout', forced: true, signal: 'SIGKILL' });
    expect(forced).toBe(1);
  });

  test('children it leaves go with it', async () => {
    const end = await shell('sleep 61.7 & exit 0');
    expect(end.code).toBe(0);
    expect(await gone('sleep 61.7')).toBe(true);
  });

  test.each([
    ['a session of its own', 'setsid sleep 61.71 &', '61.71'],
    ['a daemon', '(setsid sh -c "setsid sleep 61.72 &" &) &', '61.72'],
  ])('and those that left its group: %s', async (_, start, seconds) => {
    const end = await shell(`${start} sleep 0.3; exit 0`);
    expect(end).toMatchObject({ code: 0 });
    expect(end.left).toBeGreaterThan(0);
    expect(await gone(`sleep ${seconds}`)).toBe(true);
  });

  test('and everything ends when this program is killed', { timeout: 20_000 }, async () => {
    const script = join(folder, 'parent.ts');
    const ready = join(folder, 'ready');
    writeFileSync(
      script,
      `import { runProcess } from ${JSON.stringify(join(ROOT, 'src/zeek/process.ts'))};
       await runProcess({ program: '/bin/sh', args: ['-c', 'setsid sleep 61.81 & echo > ${ready}; sleep 61.8'], folder: '/', env: process.env, timeout: null });`,
    );
    const bundle = join(folder, 'parent.mjs');
    execFileSync(join(ROOT, 'node_modules/.bin/esbuild'), [
      ...[script, '--bundle', '--platform=node', '--format=esm', `--outfile=${bundle}`, '--log-level=error'],
    ]);
    const parent = spawn(process.execPath, [bundle], { stdio: 'ignore' });
    while (!existsSync(ready)) await wait(50);
    expect(runs('sleep 61.8')).toBe(true);
    parent.kill('SIGKILL');
    expect(await gone('sleep 61.8')).toBe(true);
  });
});

test('the environment is the one given', async () => {
  const { stdout } = await shell('echo $COLOUR', { env: { PATH: process.env.PATH, COLOUR: 'blue' } });
  expect(stdout).toBe('blue\n');
});
