/** `growth` from end to end: what it says of recordings of which the truth is known. */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Chance } from '../analysis/recordings.ts';
import { temporaryFolder } from '../store/logs.ts';
import { BOOT, type MadeNode, madeLogs } from '../support/made-logs.ts';
import { myStats } from './run.ts';

const folder = temporaryFolder();
let folders = 0;
const HOUR = 3600;

interface Row {
  readonly group: string;
  readonly shape: string;
  readonly verdict: string;
  readonly nodes: number;
  readonly now: number;
  readonly entries_per_hour: number | null;
  readonly hours_to_limit: number | null;
}

/** As docs/json.md describes it, in the fields that are looked at here. */
interface Growth {
  readonly sections: readonly { readonly unit: string; readonly rows: readonly Row[] }[];
  readonly watched: readonly { readonly rows: readonly (Row & { readonly why: string })[] }[];
  readonly unlike_equals: readonly { readonly node: string; readonly variable: string }[];
  readonly series: readonly { readonly variable: string; readonly expiry_not_in_effect: boolean }[];
  readonly stretches: readonly { readonly node: string; readonly begins: string; readonly judged: boolean }[];
  readonly stopped: readonly { readonly node: string }[];
}

async function growth(...args: string[]): Promise<Growth> {
  const { code, stdout, stderr } = await myStats(['growth', '--json', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

test('is now as large as top says, also on a node that was just restarted', async () => {
  const cluster = 'fixtures/cluster-8.0.10';
  const { sections } = await growth(cluster);
  const top = await myStats(['top', '--by', 'variable', '--json', cluster]);
  const sizes = new Map<string, number>(
    JSON.parse(top.stdout).sections.flatMap(({ rows }: { rows: { group: string; size: number }[] }) =>
      rows.map(({ group, size }) => [group, Math.round(size)]),
    ),
  );
  const rows = sections.flatMap(({ rows }) => rows);
  expect(rows.map(({ group }) => group)).toContain('HostTracker::seen');
  for (const { group, now } of rows) expect(Math.abs(now - sizes.get(group)!)).toBeLessThan(10);
});

const names = ({ sections }: Growth) => sections.flatMap(({ rows }) => rows.map(({ group }) => group)).sort();

type Variable = MadeNode['variables'][number];

/** A table of counts by address: four objects an entry. */
function table(name: string, entries: (age: number) => number, more: Partial<Variable> = {}): Variable {
  const at = (age: number) => ({ size: 4 * Math.round(entries(age)), entries: Math.round(entries(age)) });
  return { name, type: 'table[addr] of count', at, ...more };
}

function node(name: string, hours: number, variables: readonly Variable[], more: Partial<MadeNode> = {}): MadeNode {
  const interval = hours > 48 ? 600 : 120;
  const runs = Math.floor((hours * HOUR) / interval);
  const gauges = () => ({ resident_memory: 400e6, connections: 900, duration: 0.02 });
  return { node: name, runs, interval, gauges, variables, ...more };
}

function logs(...nodes: MadeNode[]): string {
  return madeLogs(join(folder, String(folders++)), nodes);
}

/** What a node has besides: steady, warming up, breathing with the day, filled and emptied. */
function background(seed: number): Variable[] {
  const chance = new Chance(seed);
  const scale = chance.between(0.8, 1.2);
  const noise = (share: number) => 1 + share * chance.normal();
  const day = (age: number) => 1 + 0.4 * Math.sin((2 * Math.PI * age) / (24 * HOUR));
  return [
    table('DCE_RPC::operations', () => 4500),
    table('Conn::pending', () => 3000 * scale * noise(0.08)),
    table('DNS::cache', (age) => 40_000 * scale * (1 - Math.exp(-age / HOUR)) * noise(0.01)),
    table('HTTP::hosts', (age) => 20_000 * scale * day(age) * noise(0.03)),
    table('SMB::tickets', (age) => 6000 * ((age / (5.1 * HOUR)) % 1), { expiry: '&create_expire=5.0 hrs' }),
    table('Known::hosts', (age) => 30_000 * scale * Math.min(1, age / (6 * HOUR)), {
      expiry: '&create_expire=6.0 hrs',
    }),
  ];
}

const quietNodes = (hours: number) =>
  ['manager', 'worker-1', 'worker-2', 'worker-3', 'worker-4'].map((name, i) => node(name, hours, background(i + 1)));

describe('quiet recordings', () => {
  test.each([1, 8, 26, 100])('%i hours of a cluster in which nothing is wrong', async (hours) => {
    const answer = await growth(logs(...quietNodes(hours)));
    expect({ rows: names(answer), unlike: answer.unlike_equals }).toEqual({ rows: [], unlike: [] });
  });

  test('a restart of one node, and of all, is none', async () => {
    const first = quietNodes(26);
    const again = first.map((one) => ({ ...one, boot: BOOT + 27 * HOUR, runs: 300 }));
    expect(names(await growth(logs(...first, again[2]!)))).toEqual([]);
    const answer = await growth(logs(...first, ...again));
    expect(names(answer)).toEqual([]);
    expect(answer.stretches.filter(({ judged }) => judged).map(({ begins }) => begins)).toEqual(
      Array(5).fill('restart'),
    );
  });
});

describe('incidents', () => {
  const leak = (rate: number) => (age: number) => (rate * age) / HOUR;

  test('a leak on all nodes is the only finding, with its rate', async () => {
    const nodes = quietNodes(20).map((one) => ({
      ...one,
      variables: [...one.variables, table('Leak::seen', (age) => 500 + leak(900)(age))],
    }));
    const answer = await growth(logs(...nodes));
    expect(names(answer)).toEqual(['Leak::seen']);
    const [row] = answer.sections[0]!.rows;
    expect(row).toMatchObject({ shape: 'line', verdict: 'growing', nodes: 5, of_nodes: 5 });
    expect(row!.entries_per_hour! / 4500).toBeCloseTo(1, 2);
  });

  test('expiry that is not in effect is told from expiry whose time has not come', async () => {
    const known = table('Known::certs', leak(2000), { expiry: '&create_expire=1.0 day' });
    const early = await growth(logs(node('manager', 20, [...background(1), known])));
    expect({ rows: names(early), why: early.watched[0]?.rows[0]?.why }).toEqual({ rows: [], why: 'before-expiry' });
    const path = logs(node('manager', 27, [...background(1), known]));
    const late = await growth(path);
    expect(names(late)).toEqual(['Known::certs']);
    expect(late.series.filter((one) => one.expiry_not_in_effect).map((one) => one.variable)).toEqual(['Known::certs']);
    const { stdout } = await myStats(['growth', path]);
    expect(stdout).toContain(
      'Known::certs declares &create_expire=1.0 day and after 27 h still grows in a straight line on manager: expiry is not in effect.',
    );
  });

  test('one bad worker is named', async () => {
    const nodes = quietNodes(12).map((one) => ({
      ...one,
      variables: [...one.variables, table('Conn::state', () => (one.node === 'worker-3' ? 90_000 : 4000))],
    }));
    const { unlike_equals: unlike } = await growth(logs(...nodes));
    expect(unlike.map(({ node: name, variable }) => [name, variable])).toEqual([['worker-3', 'Conn::state']]);
  });

  test('a step and an acceleration have their shapes', async () => {
    const step = table('Intel::data_store', (age) => (age < 9 * HOUR ? 10_000 : 400_000));
    const faster = table('Sumstats::results', (age) => 2000 + 300 * (age / HOUR) ** 2);
    const answer = await growth(logs(node('manager', 16, [...background(1), step, faster])));
    const shapes = answer.sections.flatMap(({ rows }) => rows.map(({ group, shape }) => [group, shape]));
    expect(Object.fromEntries(shapes)).toEqual({ 'Intel::data_store': 'step', 'Sumstats::results': 'accelerating' });
  });

  test('memory that no variable explains is said', async () => {
    const path = logs(
      node('logger-1', 20, background(1), {
        gauges: (age) => ({ resident_memory: 300e6 + (50e6 * age) / HOUR, duration: 0.02 }),
      }),
    );
    const { stdout } = await myStats(['growth', path]);
    expect(stdout).toContain('Nothing grows');
    expect(stdout).toMatch(
      /logger-1: the memory of the process grows by (49\.\d|50\.\d) MB per hour, and no variable of its scripts grows\./,
    );
  });
});

describe('runs that are not as they should be', () => {
  const rising = table('Leak::seen', (age) => 2000 + age);

  test('a boot of seconds does not hide the one before it', async () => {
    const path = logs(
      node('zeek', 10, [rising]),
      node('zeek', 10, [rising], { boot: BOOT + 11 * HOUR, runs: 2, interval: 3 }),
    );
    const { stdout } = await myStats(['growth', path]);
    expect(stdout).toContain('Leak::seen');
    expect(stdout).toContain('zeek was restarted at 2026-11-24T11:00:10Z: 2 runs in 3 s since are too little');
  });

  test.each([1, 2])('%i run is not enough data, which is said', async (runs) => {
    const { code, stdout } = await myStats(['growth', logs(node('zeek', 10, [rising], { runs }))]);
    expect(code).toBe(0);
    expect(stdout).toContain('Not enough data: it takes 8 runs over 5 minutes of one boot');
  });

  test('a node that vanished is named and in no row', async () => {
    const path = logs(node('worker-1', 10, background(1)), node('worker-2', 4, [rising]));
    const answer = await growth(path);
    expect(answer.stopped.map(({ node: name }) => name)).toEqual(['worker-2']);
    expect(names(answer)).toEqual([]);
  });

  test('a variable that comes above the threshold later is not a step', async () => {
    const at = (age: number) => (age < 3 * HOUR ? null : { size: 1024 + Math.floor(age / 600), entries: 256 });
    const small = { name: 'Small::table', at };
    expect(names(await growth(logs(node('zeek', 10, [...background(1), small]))))).toEqual([]);
  });
});

describe('the recorded clusters', () => {
  test.each([
    ['cluster-8.0.10', ['HostTracker::seen', 'UserAgents::long_strings']],
    ['collector-8.0.10-cluster', ['FlowBook::flows', 'HostTracker::seen', 'UserAgents::long_strings']],
  ])('%s: the leaks of its script, and nothing else', async (name, leaks) => {
    const answer = await growth(`fixtures/${name}`);
    expect(names(answer)).toEqual(leaks);
    // 200 entries a second on each of five nodes.
    const rows = answer.sections.flatMap(({ rows }) => rows);
    expect(rows.find(({ group }) => group === 'HostTracker::seen')!.entries_per_hour! / 3.6e6).toBeCloseTo(1, 1);
  });

  test('a limit tells when, and puts first what reaches it first', async () => {
    const { sections } = await growth('--by', 'node', '--memory', '8G', 'fixtures/cluster-8.0.10');
    expect(sections[0]!.rows.map(({ group }) => group).sort()).toEqual([
      'logger-1',
      'manager',
      'proxy-1',
      'worker-1',
      'worker-2',
    ]);
  });
});

describe('wrong usage', () => {
  test.each([
    [['growth'], 'no logs given'],
    [['growth', '--memory', 'much', 'LOG'], '"much" is not a size in bytes. Write it as 8G, 512 MB or 1.5GiB.'],
    [['growth', '--memory', '0', 'LOG'], 'Give at least 1 MB, such as 8G; --limit takes rows'],
    [['growth', '--memory', '10', 'LOG'], 'Give at least 1 MB, such as 8G; --limit takes rows'],
    [['growth', '--limit', '8G', 'LOG'], 'Give a whole number from 1'],
    [['growth', '--by', 'type', 'LOG'], 'Allowed choices are variable, module, package, node'],
    [['growth', '--since', '2', '--until', '1', 'fixtures/cluster-8.0.10'], '--since is later than --until'],
    [['growth', '--since', '2027-01-01', 'fixtures/cluster-8.0.10'], 'no run at 2027-01-01T00:00:00Z to the end'],
    [['growth', '--variable', 'Nope', 'fixtures/cluster-8.0.10'], 'nothing matches variable Nope'],
  ])('%j', async (args, said) => {
    const { code, stdout, stderr } = await myStats(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).toMatch(/^my-stats: [^\n]*\n$/);
  });
});
