/** `diff` from end to end: logs of which the difference is known. */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../store/logs.ts';
import { BOOT, type MadeNode, madeLogs } from '../support/made-logs.ts';
import { myStats } from './run.ts';

const folder = temporaryFolder();
let folders = 0;

interface Row {
  readonly group: string;
  readonly state: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly change: number;
  readonly relative: number | null;
}

interface Diff {
  readonly sections: readonly {
    readonly unit: string;
    readonly before: number;
    readonly after: number;
    readonly rows: readonly Row[];
    readonly same: number;
  }[];
  readonly before: {
    readonly name: string;
    readonly connections: number | null;
    readonly nodes: readonly { readonly node: string }[];
  };
  readonly after: { readonly connections: number | null };
}

async function diff(...args: string[]): Promise<Diff> {
  const { code, stdout, stderr } = await myStats(['diff', '--json', '--by', 'variable', '--unit', 'objects', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

type Size = (age: number) => number | null;

function node(name: string, sizes: Record<string, Size>, more: Partial<MadeNode> = {}): MadeNode {
  const variables = Object.entries(sizes).map(([variable, size]) => ({
    name: variable,
    at: (age: number) => {
      const value = size(age);
      return value === null ? null : { size: value, entries: Math.round(value / 4) };
    },
  }));
  return { node: name, runs: 60, gauges: (age) => ({ connections: 100 + age }), variables, ...more };
}

function logs(...nodes: MadeNode[]): string {
  return madeLogs(join(folder, String(folders++)), nodes);
}

const SIZES: Record<string, Size> = {
  'A::grows': (age) => 2000 + 10 * age,
  'A::shrinks': (age) => 90_000 - 10 * age,
  'A::same': () => 5000,
  'B::appears': (age) => (age < 1800 ? null : 4000),
  'B::goes': (age) => (age > 1800 ? null : 3000),
};

/** The runs at 10 min 10 s and at 50 min 10 s after the start. */
const EARLY = String(BOOT + 640);
const LATE = String(BOOT + 3040);
/** By name, since ties are put in order of it. */
const byName = ({ sections }: Diff) =>
  Object.fromEntries(sections[0]!.rows.map(({ group, state, before, after }) => [group, [state, before, after]]));

const TRUTH = {
  'A::grows': ['grown', 8100, 32_100],
  'A::shrinks': ['shrunk', 83_900, 59_900],
  'B::appears': ['appeared', null, 4000],
  'B::goes': ['gone', 3000, null],
};

describe('two times', () => {
  test('what appeared, is gone, grew and shrank, largest first', async () => {
    const path = logs(node('zeek', SIZES));
    const answer = await diff('--at', EARLY, '--at', LATE, path);
    expect(byName(answer)).toEqual(TRUTH);
    expect(answer.sections[0]).toMatchObject({ unit: 'objects', before: 100_000, after: 101_000, same: 1 });
    expect(answer.sections[0]!.rows.map(({ change }) => Math.abs(change))).toEqual([24_000, 24_000, 4000, 3000]);
  });

  test('the other way round it is the opposite', async () => {
    const path = logs(node('zeek', SIZES));
    const forth = (await diff('--at', EARLY, '--at', LATE, path)).sections[0]!.rows;
    const back = (await diff('--at', LATE, '--at', EARLY, path)).sections[0]!.rows;
    expect(back.map(({ group, change }) => [group, -change])).toEqual(
      forth.map(({ group, change }) => [group, change]),
    );
  });

  test('per connection, growth that goes with traffic is none', async () => {
    const path = logs(node('zeek', { 'A::traffic': (age) => 50 * (100 + age), 'A::leak': (age) => 5 * age * age }));
    const answer = await diff('--per', 'connections', '--at', EARLY, '--at', LATE, path);
    expect(answer.before.connections).toBe(710);
    expect(answer.after.connections).toBe(3110);
    expect(answer.sections[0]!.rows.map(({ group }) => group)).toEqual(['A::leak']);
    expect(answer.sections[0]!.rows[0]!.before).toBeCloseTo((5 * 610 ** 2) / 710, 6);
  });
});

describe('two logs, two nodes, two boots', () => {
  test('logs', async () => {
    const before = logs(node('zeek', { 'A::x': () => 2000, 'A::y': () => 3000 }));
    const after = logs(node('zeek', { 'A::x': () => 2500, 'B::z': () => 9000 }));
    expect(byName(await diff(before, after))).toEqual({
      'A::x': ['grown', 2000, 2500],
      'A::y': ['gone', 3000, null],
      'B::z': ['appeared', null, 9000],
    });
  });

  test('nodes', async () => {
    const path = logs(node('worker-1', { 'A::x': () => 2000 }), node('worker-2', { 'A::x': () => 7000 }));
    const answer = await diff('--nodes', 'worker-1,worker-2', path);
    expect(byName(answer)).toEqual({ 'A::x': ['grown', 2000, 7000] });
    expect(answer.before.nodes.map(({ node: name }) => name)).toEqual(['worker-1']);
  });

  test('boots, at the same age', async () => {
    const path = logs(
      node('zeek', { 'A::x': (age) => 1000 + age }),
      node('zeek', { 'A::x': (age) => 1000 + 3 * age }, { boot: BOOT + 4000, runs: 20 }),
    );
    expect(byName(await diff('--boots', 'zeek', path))).toEqual({ 'A::x': ['grown', 2150, 4450] });
  });

  test('the same is said to be the same, and a node that is on one side only is named', async () => {
    const path = logs(node('worker-1', { 'A::x': () => 2000 }));
    const { code, stdout } = await myStats(['diff', path, path]);
    expect({ code, same: stdout.includes('Nothing is different.') }).toEqual({ code: 0, same: true });
    const more = logs(node('worker-1', { 'A::x': () => 2000 }), node('worker-2', { 'A::x': () => 2000 }));
    expect((await myStats(['diff', path, more])).stdout).toContain('Only after: worker-2.');
  });
});

describe('wrong usage', () => {
  const CLUSTER = 'fixtures/cluster-8.0.10';
  test.each([
    [['diff'], 'nothing to tell what to compare. Give two logs or folders, or --at twice'],
    [['diff', CLUSTER], 'one log and nothing to tell what to compare. Give two logs or folders'],
    [['diff', CLUSTER, CLUSTER, CLUSTER], '3 logs and nothing to tell what to compare'],
    [['diff', CLUSTER, 'nowhere'], 'nowhere: no such file or folder'],
    [['diff', '--at', '-5m', CLUSTER], 'two times are needed. Give --at twice.'],
    [['diff', '--at', 'noon', '--at', '-1m', CLUSTER], '"noon" is not a time'],
    [['diff', '--nodes', 'worker-1', CLUSTER], 'Give two names with a comma between them'],
    [['diff', '--nodes', 'worker-1,worker-7', CLUSTER], 'there is no run of worker-7 here'],
    [['diff', '--nodes', 'worker-1,worker-2', '--by', 'node', CLUSTER], 'no row in common by node'],
    [['diff', '--boots', 'manager', CLUSTER], 'manager has one boot only in these logs'],
    [['diff', '--boots', 'worker-1', '--at', '-1m', CLUSTER], 'cannot be used with'],
    [
      ['diff', '--per', 'connections', 'fixtures/standalone-4.0.9-origin', 'fixtures/standalone-4.0.9-origin'],
      'no log says how many connections were live',
    ],
    [['diff', CLUSTER, CLUSTER, '--module', 'Nope'], 'nothing matches module Nope'],
  ])('%j', async (args, said) => {
    const { code, stdout, stderr } = await myStats(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).toMatch(/^my-stats: [^\n]*\n$/);
  });
});

test('what a table in which the first run is small grew by is what top --since says, in bytes', async () => {
  const question = ['--by', 'variable', '--json', '--node', 'logger-1', '--variable', 'HostTracker::seen'];
  const logs = 'fixtures/cluster-8.0.10';
  const times = ['2026-11-24T03:44:05', '2026-11-24T03:56:55'] as const;
  const change = await myStats(['diff', ...question, '--at', times[0], '--at', times[1], logs]);
  const span = await myStats(['top', ...question, '--until', times[1], logs]);
  const [row] = JSON.parse(change.stdout).sections[0].rows;
  const [{ span: over }] = JSON.parse(span.stdout).sections[0].rows;
  expect(over.first).toBeCloseTo(row.before, 0);
  expect(over.last).toBeCloseTo(row.after, 0);
  expect(row.change).toBeGreaterThan(10e6);
});
