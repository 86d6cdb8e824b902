/** `explain` from end to end: recorded logs and scripts in, what users and programs see out. */

import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../store/logs.ts';
import { myStats } from './run.ts';

const CLUSTER = 'fixtures/cluster-8.0.10';
const COLLECTOR = 'fixtures/collector-8.0.10-cluster';

/** As docs/json.md describes it, in the fields that are looked at here. */
interface ExplainDocument {
  readonly type: string;
  readonly line: number | null;
  readonly expiry: string | null;
  readonly type_tree: readonly { readonly depth: number; readonly label: string | null; readonly type: string }[];
  readonly declarations: readonly { readonly script: string; readonly line: number; readonly keyword: string }[];
  readonly assignments: readonly { readonly line: number; readonly text: string; readonly expiry: string }[];
  readonly nodes: readonly {
    readonly node: string;
    readonly size: number;
    readonly bytes: { readonly low: number; readonly likely: number; readonly high: number };
  }[];
  readonly bytes: {
    readonly node: string;
    readonly total: { readonly likely: number };
    readonly steps: readonly { readonly bytes: { readonly likely: number } }[];
  };
  readonly history: readonly {
    readonly node: string;
    readonly runs: number;
    readonly first: number;
    readonly last: number;
    readonly max: number;
    readonly most_entries: number;
    readonly points: readonly (number | null)[];
  }[];
  readonly notes: readonly string[];
}

async function explained(variable: string, ...args: readonly string[]): Promise<ExplainDocument> {
  const { code, stdout, stderr } = await myStats(['explain', variable, '--json', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** The collector's leaky.zeek, and a script that does what its variables must not suffer. */
function scripts(more: string): string {
  const folder = temporaryFolder();
  copyFileSync(join(COLLECTOR, 'leaky.zeek'), join(folder, 'leaky.zeek'));
  writeFileSync(join(folder, 'more.zeek'), more);
  return folder;
}

describe('a variable of the recorded cluster', () => {
  test('has its package, type, bytes and history, from the logs alone', async () => {
    const answer = await explained('DomainTLD::effective_tlds_2nd_level', CLUSTER);
    expect(answer).toMatchObject({
      format: 'my-stats.explain',
      module: 'DomainTLD',
      package: 'domain-tld',
      package_kind: 'package',
      package_version: null,
      script: 'packages/domain-tld/tld-data.zeek',
      line: null,
      evidence: 'script',
      type: 'pattern',
      declarations: [],
    });
    expect(answer.nodes).toHaveLength(5);
    for (const { size, bytes } of answer.nodes) {
      expect(size).toBe(58_670);
      // As measured: 1.5 to 2 kB per character.
      expect(bytes.low).toBeLessThan(58_670 * 1500);
      expect(bytes.high).toBeGreaterThan(58_670 * 2000);
    }
    // worker-2 was restarted.
    expect(answer.history.map(({ node }) => node)).toEqual([
      ...['logger-1', 'manager', 'proxy-1', 'worker-1', 'worker-2', 'worker-2'],
    ]);
  });

  test('weighs what its parts add up to', async () => {
    const { bytes, nodes } = await explained('SessionCache::sessions', CLUSTER);
    const sum = bytes.steps.reduce((total, { bytes }) => total + bytes.likely, 0);
    expect(sum / bytes.total.likely).toBeCloseTo(1, 6);
    expect(nodes[0]).toMatchObject({ node: bytes.node, bytes: bytes.total });
  });

  test('shows how it went: it grew for ever, or came to a plateau', async () => {
    const seen = await explained('HostTracker::seen', '--node', 'manager', CLUSTER);
    expect(seen.history).toHaveLength(1);
    const [{ runs, first, last, max, points }] = seen.history as [ExplainDocument['history'][number]];
    expect(runs).toBe(77);
    expect(first).toBeLessThan(last / 20);
    expect(max).toBe(last);
    expect(points.every((point, i) => i === 0 || point! >= points[i - 1]!)).toBe(true);
    const { history } = await explained('SessionCache::sessions', '--node', 'manager', CLUSTER);
    expect(history[0]!.most_entries).toBeLessThan(7000);
  });

  test('is that of the time asked for', async () => {
    const until = await explained('HostTracker::seen', '--until', '2026-11-24T03:50', CLUSTER);
    const now = await explained('HostTracker::seen', CLUSTER);
    expect(until.nodes[0]!.size).toBeLessThan(now.nodes[0]!.size / 1.5);
    expect(until.history[0]!.last).toBe(until.nodes.find(({ node }) => node === until.history[0]!.node)!.size);
  });
});

describe('with the scripts at hand', () => {
  test('has line and declared expiry', async () => {
    const answer = await explained('SessionCache::sessions', '--scripts', COLLECTOR, COLLECTOR);
    expect(answer).toMatchObject({ package: 'local', script: 'leaky.zeek', line: 14, expiry: '&create_expire=2min' });
    expect(answer.assignments).toEqual([]);
    expect(answer.notes).toEqual([]);
  });

  test('opens the records of its type as the log tells them', async () => {
    const { type_tree } = await explained('FlowBook::flows', COLLECTOR);
    const tree = type_tree.map(({ depth, label, type }) => `${'.'.repeat(depth)}${label ?? ''} ${type}`);
    expect(tree.slice(0, 5)).toEqual([
      ' table[count] of FlowBook::Flow',
      '.key count',
      '.value FlowBook::Flow',
      '..first time',
      '..peers set[addr]',
    ]);
  });

  test('points at the statements that undo its expiry', async () => {
    const folder = scripts(`module SessionCache;
event reset() { sessions = table(); clear_table(sessions); }
event keep() { sessions = table() &create_expire=2min; sessions["a"] = set(); }
event copied() { local x = sessions; x = table(); SessionCache::sessions = x; }
redef sessions += { ["b"] = set("c") };
`);
    const answer = await explained('SessionCache::sessions', '--scripts', folder, COLLECTOR);
    expect(answer.assignments.map(({ line, text, expiry }) => `${line} ${text} ${expiry}`)).toEqual([
      '2 sessions = table(); lost',
      '3 sessions = table() &create_expire=2min; kept',
      '4 SessionCache::sessions = x; unknown',
    ]);
    expect(answer.declarations.map(({ keyword, line }) => `${keyword} ${line}`)).toEqual(['global 14', 'redef 5']);
    expect(answer.notes).toEqual([
      expect.stringContaining(
        'more.zeek:2 replaces it as a whole (sessions = table();): a value made so has no expiry',
      ),
      expect.stringContaining('more.zeek:4 replaces it'),
    ]);
    const { stdout } = await myStats(['explain', 'SessionCache::sessions', '--scripts', folder, COLLECTOR]);
    expect(stdout).toContain('\nreplaced   more.zeek:2  sessions = table();\n');
  });

  test('explains what was too small to be logged, and what no node loaded', async () => {
    const folder = scripts('module More;\nglobal small: set[addr];\n');
    const { stdout } = await myStats(['explain', 'More::small', '--scripts', folder, COLLECTOR]);
    expect(stdout).toContain('\ndeclared   more.zeek:2\n');
    expect(stdout).toContain('It was never logged');
    expect(stdout).toContain('Scripts at hand declare it, but none that these nodes loaded does');
  });

  test('says what is wrong with scripts, without failing', async () => {
    const folder = scripts('global open: set[addr] = {\n');
    const { code, stdout } = await myStats(['explain', 'SessionCache::sessions', '--scripts', folder, COLLECTOR]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/more\.zeek:1: does not end/);
  });
});

describe('a variable nobody knows is an error that names close ones', () => {
  test.each([
    ['SesionCache::sessions', 'Names close to it: SessionCache::sessions'],
    ['sessions', 'Names close to it: SessionCache::sessions'],
    ['sessioncache::SESSIONS', 'Names close to it: SessionCache::sessions'],
    ['effective_tlds', 'DomainTLD::effective_tlds_'],
    ['Nothing::like_this', 'my-stats top --by variable --all LOGS'],
    ['\x1b[31m', 'no variable \\x1b[31m in these logs'],
  ])('%j', async (variable, said) => {
    const { code, stdout, stderr } = await myStats(['explain', variable, CLUSTER]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).toMatch(/^my-stats: [^\n]*\n$/);
  });
});

test('--csv has one line per node and boot, and what qualifies them on standard error', async () => {
  const { code, stdout, stderr } = await myStats(['explain', 'HostTracker::seen', '--csv', CLUSTER]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(7);
  for (const line of lines) expect(line.split(',')).toHaveLength(25);
  // The size now is in the line of the last boot only.
  expect(lines.map((line) => line.split(',')[18] === '')).toEqual([false, false, false, false, false, true, false]);
});

test('sparklines are for screens only', async () => {
  const bars = /[▁▂▃▄▅▆▇█]/;
  const args = ['explain', 'HostTracker::seen', CLUSTER];
  expect((await myStats(args)).stdout).not.toMatch(bars);
  expect((await myStats(args, { env: { COLUMNS: '100' } })).stdout).toMatch(bars);
});

describe('the same variable in another answer', () => {
  const steady = 'fixtures/incidents/quiet-steady';

  test('is smaller where nobody knows that it was larger once, which is said with its size there', async () => {
    const { code, stdout } = await myStats(['explain', 'Steady::sessions', steady]);
    const top = await myStats(['top', '--by', 'variable', '--variable', 'Steady::sessions', steady]);
    const there = /Steady::sessions +≈ (\S+ kB)/.exec(top.stdout)![1]!;
    expect(code).toBe(0);
    expect(stdout).not.toMatch(new RegExp(`^total +≈ ${there}`, 'm'));
    expect(stdout).toContain(`and say ${there}.`);
  });

  test('is as large where it never was larger, and nothing is said', async () => {
    const { stdout } = await myStats(['explain', 'HostTracker::seen', CLUSTER]);
    expect(stdout).not.toContain('Answers that look at one run only');
  });
});

describe('a package without logs', () => {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, '__load__.zeek'),
    `module Kept;
export {
  option keep = 12hrs;
  global conns: table[string] of count &create_expire=keep;
  global names: set[string];
  global both: set[string];
}
redef Kept::keep = 2hrs;
event new_connection(c: connection)
  {
  local names_of_one: set[string];
  add names_of_one["a"];
  conns[c$uid] = 5;
  add names[c$uid];
  if ( T ) add both[c$uid];
  delete both[c$uid];
  clear_table(conns);
  }
`,
  );

  test('an expiry is told with what its constant stands for, and what changes the contents with its place', async () => {
    expect(await explained('Kept::conns', folder)).toMatchObject({
      type: 'table[string] of count',
      expiry: '&create_expire=keep (2hrs)',
      line: 4,
      nodes: [],
      notes: [],
      statements: [
        { does: 'adds', line: 13, text: 'conns[c$uid] = 5;' },
        { does: 'clears', line: 17, text: 'clear_table(conns);' },
      ],
    });
  });

  test('that nothing ever leaves it is said, unless something does', async () => {
    const endless = 'Nothing in the scripts at hand ever takes anything out of it';
    expect((await explained('Kept::names', folder)).notes.join()).toContain(endless);
    expect((await explained('Kept::both', folder)).notes.join()).not.toContain(endless);
  });

  test.each([
    ['a variable that is not in it', ['Kept::nams', folder], /Kept::names/],
    ['logs beside it', ['Kept::names', folder, CLUSTER], /Give the folders with --scripts/],
  ])('%s is refused', async (_, args, said) => {
    const { code, stderr } = await myStats(['explain', ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
  });
});
