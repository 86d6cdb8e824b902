/** `my-stats watch` on a terminal, as somebody in front of it sees it. */

import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type LogRow, temporaryFolder, tsv } from '../store/logs.ts';
import { needs } from '../support/needs.ts';
import { myStats } from './run.ts';
import { TerminalProgram } from './terminal.ts';

const CLUSTER = 'fixtures/collector-8.0.10-cluster';
const programs: TerminalProgram[] = [];

function watch(args: readonly string[], columns = 100, rows = 24): TerminalProgram {
  const program = new TerminalProgram(['watch', ...args], columns, rows, { NO_COLOR: '1' });
  programs.push(program);
  return program;
}

afterEach(() => {
  for (const program of programs.splice(0)) program.kill();
});

/** The times that pass while somebody looks. */
const still = (screen: string) =>
  screen
    .replace(/last run .* ago +(\d+ findings? \(f\) {2})?/, 'last run TIME ago  ')
    .replace(/reported for .*\./, 'reported for TIME.');

describe('on a terminal', { timeout: 60_000, ...needs('script') }, () => {
  test('it shows the cluster, goes into what is pointed at and back, and leaves the terminal as it was', async () => {
    const program = watch([CLUSTER]);
    // A frame can come in pieces: its last line tells that all of it is there.
    const modules = await program.until((screen) => screen.includes('› DomainTLD') && screen.includes('? help'));
    expect(program.hasWholeScreen).toBe(true);
    await expect(`${still(modules)}\n`).toMatchFileSnapshot('../golden/watch-terminal.txt');
    program.press('\x1b[B\x1b[B');
    await program.until((screen) => screen.includes('› HostTracker'));
    program.press('\r');
    await program.until((screen) => screen.includes('› HostTracker::seen'));
    program.press('\r');
    const nodes = await program.until((screen) => screen.includes('· variable HostTracker::seen'));
    expect(nodes.match(/^[› ] (logger-1|manager|proxy-1|worker-[12]) /gm)).toHaveLength(5);
    program.press('\x1b');
    await program.until((screen) => screen.includes('› HostTracker::seen'));
    program.press('f');
    await program.until((screen) => screen.includes(' 1 problem  HostTracker::seen grows on 5 nodes'));
    program.press('2');
    await program.until((screen) => screen.includes('· variable FlowBook::flows'));
    program.press('\x1b');
    await program.until((screen) => screen.includes('› HostTracker::seen'));
    program.press('\x1b');
    await program.until((screen) => screen.includes('› HostTracker ') && screen.includes('DomainTLD'));
    program.press('q');
    expect(await program.exit).toBe(0);
    const end = await program.until((screen) => screen.includes('after it: 0'));
    expect(program.hasWholeScreen).toBe(false);
    expect(end).toBe('after it: 0');
  });

  test('clicks select and sort, and the wheel moves', async () => {
    const program = watch([CLUSTER]);
    const screen = await program.until((now) => now.includes('› DomainTLD') && now.includes('? help'));
    const lines = screen.split('\n');
    const row = lines.findIndex((line) => line.includes('  FlowBook '));
    program.press(`\x1b[<0;5;${row + 1}M\x1b[<0;5;${row + 1}m`);
    await program.until((now) => now.includes('› FlowBook '));
    program.press('\x1b[<65;5');
    program.press(';5M');
    await program.until((now) => now.includes('› SessionCache '));
    const headings = lines.findIndex((line) => line.includes('per hour'));
    program.press(`\x1b[<0;${lines[headings]!.indexOf('per hour') + 2};${headings + 1}M`);
    await program.until((now) => now.includes('order: growth') && /^. HostTracker .*\n. FlowBook /m.test(now));
    program.press('q');
    expect(await program.exit).toBe(0);
  });

  test('ctrl-Z where no shell could bring it back leaves it as it is', async () => {
    const program = watch([CLUSTER]);
    await program.until((screen) => screen.includes('› DomainTLD'));
    program.press('\x1a');
    await program.until(() => !program.hasWholeScreen);
    await program.until((screen) => program.hasWholeScreen && screen.includes('› DomainTLD'));
    program.press('\x1b[B');
    await program.until((screen) => screen.includes('› GLOBAL'));
    program.press('q');
    expect(await program.exit).toBe(0);
  });

  test('names are found, units change, and help is there', async () => {
    const program = watch(['--by', 'variable', CLUSTER]);
    await program.until((screen) => screen.includes('› DomainTLD::'));
    program.press('/host');
    await program.until((screen) => screen.includes('only names with: host') && screen.includes('› HostTracker::seen'));
    program.press('\ruu');
    await program.until(
      (screen) => screen.includes('by variable, characters') || screen.includes('by variable, entries'),
    );
    program.press('?');
    await program.until((screen) => screen.includes('go into a module'));
    program.press('\x03');
    expect(await program.exit).toBe(0);
  });

  test('what is logged meanwhile shows up, and a log that is away for a moment is no end', async () => {
    const folder = temporaryFolder();
    const log = join(folder, 'my_stats.log');
    const rows: LogRow[] = [];
    const run = (number: number, size: number) => {
      rows.push({
        ts: 1000 + number,
        run: number,
        node: 'zeek',
        variable: 'A::b',
        size,
        unit: 'objects',
        entries: size,
      });
      writeFileSync(`${log}.new`, tsv(rows, false));
      renameSync(`${log}.new`, log);
    };
    run(1, 1000);
    run(2, 1000);
    run(3, 1000);
    const program = watch(['--every', '1', folder]);
    await program.until((screen) => /› A +1\.00 k/.test(screen));
    run(4, 7000);
    run(5, 7000);
    await program.until((screen) => /› A +7\.00 k .*\+6\.00 k/.test(screen));
    rmSync(log);
    const missing = await program.until((screen) => screen.includes('no my_stats.log found'));
    expect(missing).toMatch(/› A +7\.00 k/);
    run(6, 9000);
    run(7, 9000);
    const back = await program.until((screen) => /› A +9\.00 k/.test(screen));
    expect(back).not.toContain('no my_stats.log found');
    program.press(' ');
    await program.until((screen) => screen.includes('paused'));
    run(8, 11_000);
    run(9, 11_000);
    program.press('r');
    await program.until((screen) => /› A +11\.0 k/.test(screen));
    program.press('q');
    expect(await program.exit).toBe(0);
  });

  test('it gives the terminal back when it is told to end', async () => {
    const program = watch([CLUSTER]);
    await program.until((screen) => screen.includes('› DomainTLD'));
    const pids = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes(' watch ') && line.includes(CLUSTER) && !line.includes('stty'))
      .map((line) => Number(line.trim().split(' ')[0]));
    for (const pid of pids) process.kill(pid, 'SIGTERM');
    expect(await program.exit).toBe(143);
    await program.until((screen) => screen.includes('after it: 143'));
    expect(program.hasWholeScreen).toBe(false);
  });

  test('what is wrong from the start is one line, on the usual screen', async () => {
    const program = watch(['nowhere']);
    expect(await program.exit).toBe(2);
    const screen = await program.until((text) => text.includes('after it: 2'));
    expect(screen).toBe('my-stats: nowhere: no such file or folder. Check the path.\nafter it: 2');
  });
});

test('without a terminal it says so', async () => {
  const { code, stdout, stderr } = await myStats(['watch', CLUSTER]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    'my-stats: watch needs a terminal, for its keys and its screen. Without one, use top, or top --since -10m.\n',
  );
});
