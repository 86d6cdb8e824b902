/** `my-stats lab` on a real Zeek, where there is one: it starts, reports, stops, and nothing is left of it. */

import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { cleanEnv, myStats, PROGRAM, ROOT } from '../cli/run.ts';
import { temporaryFolder } from '../store/logs.ts';
import { needs } from '../support/needs.ts';
import { processesWith } from './processes.ts';

const folder = realpathSync(temporaryFolder());
const temporary = join(folder, 'temporary');
mkdirSync(temporary);
const TRACE = join(ROOT, 'examples/office.pcap');
const EXAMPLE = join(ROOT, 'examples/lookups');

const expectClean = () => {
  expect(processesWith(temporary)).toEqual([]);
  expect(readdirSync(temporary)).toEqual([]);
};

describe('lab', { timeout: 180_000, ...needs('zeek') }, () => {
  test('a cluster of five nodes starts, reports and stops', async () => {
    const { code, stdout, stderr } = await myStats(
      ['lab', EXAMPLE, '--pcap', TRACE, '--duration', '2', '--interval', '2', '--json'],
      { env: { TMPDIR: temporary } },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ format: 'my-stats.lab', forced: false, interrupted: false });
    expect(result.nodes.map(({ node, role, boots }: Record<string, unknown>) => [node, role, boots])).toEqual([
      ['manager', 'manager', 1],
      ['logger-1', 'logger', 1],
      ['proxy-1', 'proxy', 1],
      ['worker-1', 'worker', 1],
      ['worker-2', 'worker', 1],
    ]);
    for (const node of result.nodes) expect(node.resident_memory_bytes).toBeGreaterThan(50e6);
    // The workers have read the trace, the others only have what the package declares.
    const held = Object.fromEntries(
      result.nodes.map(({ node, packages_bytes }: { node: string; packages_bytes: { likely: number } }) => [
        node,
        packages_bytes.likely,
      ]),
    );
    expect(held['worker-1']).toBeGreaterThan(held.manager! + 100e3);
    expect(held['worker-2']).toBe(held['worker-1']);
    expectClean();
  });

  test('a package that does not parse is what the nodes say', async () => {
    const bad = join(folder, 'bad.zeek');
    writeFileSync(bad, 'global;\n');
    const { code, stdout, stderr } = await myStats(['lab', bad, '--timeout', '8', '--workers', '1'], {
      env: { TMPDIR: temporary },
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/did not report within 8 s; \S+: \S+bad\.zeek:1: syntax error/);
    expectClean();
  });

  async function started() {
    const child = spawn(process.execPath, [PROGRAM, 'lab', '--workers', '1'], { env: cleanEnv({ TMPDIR: temporary }) });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    while (processesWith(temporary).filter((line) => line.includes('zeek -j')).length < 6) await wait(200);
    return { child, ended };
  }

  test('interrupted while it starts, it stops', async () => {
    const { child, ended } = await started();
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expectClean();
  });

  test('killed, it leaves nothing that runs', async () => {
    const { child, ended } = await started();
    child.kill('SIGKILL');
    await ended;
    for (let i = 0; i < 600 && processesWith(temporary).length > 0; i++) await wait(100);
    expect(processesWith(temporary)).toEqual([]);
  });
});
