/** The commands from end to end: recorded logs in, what users and programs see out. */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanEnv, myStats, PROGRAM, ROOT, run } from './run.ts';

const CLUSTER = 'fixtures/cluster-8.0.10';
const ORIGIN = 'fixtures/standalone-4.0.9-origin';
const NODES = ['logger-1', 'manager', 'proxy-1', 'worker-1', 'worker-2'];
/** Text of DomainTLD's four patterns on one node. */
const DOMAIN_TLD = 58_670 + 46_821 + 16_497 + 9_715;

/** As docs/json.md describes them, in the fields that are looked at here. */
interface TopDocument {
  readonly to: { readonly iso: string; readonly epoch: number };
  readonly sections: readonly {
    readonly unit: string;
    readonly rows: readonly {
      readonly group: string;
      readonly size: number;
      readonly per_hour: number | null;
      readonly versions?: readonly string[];
      readonly largest_node_size: number;
      readonly bytes: { readonly low: number; readonly likely: number; readonly high: number } | null;
    }[];
  }[];
  readonly nodes: readonly { readonly node: string; readonly resident_memory_bytes: number }[];
  readonly guessed: readonly unknown[];
}
interface RunsDocument {
  readonly from: { readonly iso: string };
  readonly rows: readonly { node: string; source: string; boots: number | null; zeek_version: string | null }[];
}
interface SqlDocument {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

async function json<Document = TopDocument>(args: readonly string[]): Promise<Document> {
  const { code, stdout, stderr } = await myStats([...args, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('the three questions', () => {
  test('which modules hold the most, in bytes', async () => {
    const { sections, guessed } = await json(['top', CLUSTER]);
    expect(sections.map(({ unit, rows }) => [unit, rows[0]?.group])).toEqual([['bytes', 'DomainTLD']]);
    expectDomainTld(sections[0]!.rows[0]!);
    expect(guessed).toEqual([]);
  });

  test('which packages', async () => {
    const [section] = (await json(['top', '--by', 'package', CLUSTER])).sections;
    expect(section?.rows.slice(0, 2).map(({ group }) => group)).toEqual(['domain-tld', 'leaky']);
    expectDomainTld(section!.rows[0]!);
    const only = await json(['top', '--by', 'script', '--package', 'domain-tld', CLUSTER]);
    expect(only.sections[0]?.rows.map(({ group }) => group)).toEqual(['packages/domain-tld/tld-data.zeek']);
    expect(only.sections[0]?.rows[0]?.size).toBe(section?.rows[0]?.size);
  });

  test('which versions of packages, where zkg’s own files are at hand', async () => {
    const prefix = mkdtempSync(join(tmpdir(), 'my-stats-'));
    mkdirSync(join(prefix, 'var/lib/zkg'), { recursive: true });
    mkdirSync(join(prefix, 'share/zeek/site/packages/domain-tld'), { recursive: true });
    writeFileSync(join(prefix, 'share/zeek/site/packages/domain-tld/tld-data.zeek'), 'module DomainTLD;\n');
    const status_dict = { tracking_method: 'version', current_version: 'v1.4.0' };
    const installed_packages = [{ package_dict: { name: 'domain-tld' }, status_dict }];
    writeFileSync(join(prefix, 'var/lib/zkg/manifest.json'), JSON.stringify({ installed_packages }));
    const [section] = (await json(['top', '--by', 'package', '--scripts', prefix, CLUSTER])).sections;
    expect(section?.rows.slice(0, 2).map(({ group, versions }) => [group, versions])).toEqual([
      ['domain-tld', ['v1.4.0']],
      ['leaky', []],
    ]);
    rmSync(prefix, { recursive: true });
  });

  test('which types', async () => {
    const [section] = (await json(['top', '--by', 'type', '--variable', 'HostTracker::*', CLUSTER])).sections;
    expect(section?.rows.map(({ group }) => group)).toEqual(['table[addr] of count']);
  });

  test('the whole node: what variables come to beside the memory of the process', async () => {
    const { sections, nodes } = await json(['top', '--by', 'node', CLUSTER]);
    const resident = new Map(nodes.map(({ node, resident_memory_bytes }) => [node, resident_memory_bytes]));
    for (const { group, bytes } of sections[0]!.rows) {
      expect(bytes!.low).toBeLessThan(resident.get(group)!);
      // A process without variables has at least 70 MB of heap.
      expect(resident.get(group)! - bytes!.likely).toBeGreaterThan(70e6);
    }
  });

  test.each(['variable', 'module', 'package', 'node'])('how fast each %s grows, as growth says it', async (by) => {
    const logs = 'fixtures/collector-8.0.10-cluster';
    const answer = await json(['top', '--by', by, logs]);
    const grows = answer.sections[0]!.rows.filter(({ per_hour }) => per_hour !== null);
    const told = (await json<typeof answer>(['growth', '--by', by, logs])).sections[0]!.rows;
    const sorted = (rows: readonly (typeof grows)[number][]) =>
      rows.map(({ group, per_hour }) => `${group} ${per_hour}`).sort();
    expect(told.length).toBeGreaterThan(0);
    expect(sorted(grows)).toEqual(sorted(told));
  });

  test('growth is not judged where that takes long, unless it is asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'my-stats-'));
    const row = (run: number, i: number) => `${run}.0\t${run}\tzeek\tM\tM::v${i}\t${100 * run * ((i % 2) + 1)}\n`;
    const runs = [60, 120, 180, 240, 300, 360, 420, 480, 540, 600].map((run) =>
      Array.from({ length: 1600 }, (_, i) => row(run, i)).join(''),
    );
    const fields = 'ts\trun\tnode\tmodule_name\tvariable\tsize';
    writeFileSync(join(folder, 'my_stats.log'), `#separator \\x09\n#fields\t${fields}\n${runs.join('')}`);
    const growthOf = async (...args: string[]) => (await json<{ growth: string }>(['top', ...args, folder])).growth;
    expect([await growthOf(), await growthOf('--growth'), await growthOf('--since', '-1m')]).toEqual([
      'too-long',
      'judged',
      'not-asked',
    ]);
    expect((await myStats(['top', folder])).stdout).toContain('--growth adds it');
    rmSync(folder, { recursive: true });
  });

  test('which modules hold the most, in each unit of the log', async () => {
    const answer = await json(['top', '--unit', 'objects', CLUSTER]);
    expect(answer).toMatchObject({ format: 'my-stats.top', version: 1, by: 'module', mode: 'snapshot', stopped: [] });
    expect(answer.sections.map(({ unit, rows }) => [unit, rows[0]?.group])).toEqual([
      ['objects', 'HostTracker'],
      ['characters', 'DomainTLD'],
    ]);
    expect(answer.nodes.map(({ node }) => node)).toEqual(NODES);
    expect(answer.to).toEqual({ iso: '2026-11-24T03:56:54Z', epoch: 1_795_492_614.044_916 });
  });

  test('which variables of a module', async () => {
    const [section] = (await json(['top', '--unit', 'objects', '--by', 'variable', '--module', 'DomainTLD', CLUSTER]))
      .sections;
    expect(section).toMatchObject({ unit: 'characters', total: 5 * DOMAIN_TLD });
    expect(section?.rows[0]).toMatchObject({
      group: 'DomainTLD::effective_tlds_2nd_level',
      size: 5 * 58_670,
      largest_node_size: 58_670,
      nodes: 5,
    });
    expect(section?.rows).toHaveLength(4);
  });

  test('on which nodes', async () => {
    const [section] = (await json(['top', '--unit', 'objects', '--by', 'node', '--module', 'DomainTLD', CLUSTER]))
      .sections;
    const sizes = section!.rows.map(({ group, size }) => [group, size]);
    expect(sizes.sort()).toEqual(NODES.map((node) => [node, DOMAIN_TLD]));
  });
});

/** Its four patterns take 204 MB in every process, by the allocator's own figure. */
function expectDomainTld({ bytes, largest_node_size }: TopDocument['sections'][0]['rows'][0]): void {
  expect(Math.abs(largest_node_size / 204e6 - 1)).toBeLessThan(0.1);
  expect(bytes!.low).toBeLessThan(5 * 204e6);
  expect(bytes!.high).toBeGreaterThan(5 * 204e6);
}

describe('screens', () => {
  test.each([60, 80, 120])('of %i columns', async (width) => {
    const { code, stdout } = await myStats(['top', '--limit', '5', CLUSTER], { env: { COLUMNS: String(width) } });
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(`../golden/cluster-top-${width}.txt`);
  });

  test.each<[string, readonly string[]]>([
    [
      'at',
      ['top', '--at', '2026-11-24T03:50', '--by', 'variable', '--variable', '/seen$/', '--variable', 'Burst*', CLUSTER],
    ],
    ['span', ['top', '--since', '-5m', '--by', 'node', '--module', 'HostTracker', CLUSTER]],
    ['objects', ['top', '--unit', 'objects', '--limit', '5', CLUSTER]],
    ['package', ['top', '--by', 'package', '--range', '--limit', '5', CLUSTER]],
    ['node', ['top', '--by', 'node', CLUSTER]],
    ['entries', ['top', '--unit', 'entries', '--since', '-5m', '--by', 'package', CLUSTER]],
    ['runs', ['runs', CLUSTER]],
    ['runs-origin', ['runs', ORIGIN]],
    ['origin', ['top', '--limit', '3', ORIGIN]],
  ])('%s', async (name, args) => {
    const { code, stdout, stderr } = await myStats(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot(`../golden/cluster-${name}.txt`);
  });

  test('the table ends at 20 rows a unit, data does not', async () => {
    const origin = 'fixtures/standalone-8.0.10-origin-tsv';
    const table = await myStats(['top', '--by', 'variable', origin]);
    expect(table.stdout).toMatch(/\n… 270 more /);
    const all = await myStats(['top', '--by', 'variable', '--all', origin]);
    expect(all.stdout).not.toContain('more');
    const csv = await myStats(['top', '--by', 'variable', '--csv', origin]);
    expect(csv.stdout.trim().split('\n')).toHaveLength(291);
    const limited = await myStats(['top', '--by', 'variable', '--csv', '--limit', '3', origin]);
    expect(limited.stderr).toMatch(/^my-stats: 287 more in unknown, .* left out by --limit\.\n$/);
  });

  test('colour is for terminals, or on demand', async () => {
    expect((await myStats(['top', CLUSTER])).stdout).not.toContain('\x1b');
    expect((await myStats(['top', '--color', 'always', CLUSTER])).stdout).toContain('\x1b[');
    expect((await myStats(['top', CLUSTER], { env: { FORCE_COLOR: '1' } })).stdout).toContain('\x1b[');
    expect((await myStats(['top', '--json', '--color', 'always', CLUSTER])).stdout).not.toContain('\x1b');
  });
});

describe('data', () => {
  test('CSV and TSV say what JSON says', async () => {
    const { sections } = await json(['top', CLUSTER]);
    for (const [option, separator] of [
      ['--csv', ','],
      ['--tsv', '\t'],
    ] as const) {
      const { stdout } = await myStats(['top', option, CLUSTER]);
      const rows = stdout
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(separator));
      expect(rows.map(([unit, , group, size]) => [unit, group, Number(size)])).toEqual(
        sections.flatMap(({ unit, rows }) => rows.map(({ group, size }) => [unit, group, size])),
      );
    }
  });

  test('runs', async () => {
    const { rows, from } = await json<RunsDocument>(['runs', '--node', 'worker-*', CLUSTER]);
    expect(rows.map(({ node, source, boots, zeek_version }) => [node, source, boots, zeek_version])).toEqual([
      ['worker-1', 'my_stats_node', 1, '8.0.10'],
      ['worker-2', 'my_stats_node', 2, '8.0.10'],
    ]);
    expect(from.iso).toMatch(/^2026-11-24T03:44/);
  });

  test('sql', async () => {
    const query =
      'select node, max(size)::bigint as size, 2::hugeint ** 70 as huge from samples group by node order by node limit 1';
    const { columns, rows } = await json<SqlDocument>(['sql', query, CLUSTER]);
    expect(columns.map(({ name }) => name)).toEqual(['node', 'size', 'huge']);
    expect(rows[0]?.slice(0, 2)).toEqual(['logger-1', 620_800]);
  });

  test.each(['samples', 'runs', 'boots', 'variables', 'node_runs', 'connections', 'files'])(
    'the columns of %s are those its help and page name',
    async (table) => {
      const { rows } = await json<SqlDocument>(['sql', `select column_name from (describe from ${table})`, CLUSTER]);
      const { TABLES } = await import('../../src/cli/commands/sql.ts');
      expect(rows.flat()).toEqual(TABLES[table as keyof typeof TABLES]);
    },
  );
});

test('an interrupted program says 130', async () => {
  const child = spawn(process.execPath, [PROGRAM, 'top', '-'], { env: cleanEnv(), cwd: ROOT });
  child.stdin.write('{"ts":1,');
  setTimeout(() => child.kill('SIGINT'), 1500);
  expect(await new Promise((resolve) => child.on('close', (code) => resolve(code)))).toBe(130);
});

test('the demo asks its questions, and shows what README shows', async () => {
  const recorded = 'fixtures/collector-8.0.10-contents';
  const { code, stdout } = await run(process.execPath, ['tools/demo.mjs']);
  expect(code).toBe(0);
  for (const args of [
    ['doctor', recorded],
    ['top', recorded],
    ['top', '--by', 'variable', '--module', 'DomainTLD', recorded],
    ['top', '--by', 'node', '--module', 'DomainTLD', recorded],
  ]) {
    expect(stdout).toContain(`$ bin/my-stats ${args.join(' ')}\n\n${(await myStats(args)).stdout}`);
  }
});

test('programs import the use cases from the package', async () => {
  const script = `
    import { ExpectedError, NO_FILTERS, top } from 'my-stats';
    const query = { by: 'module', unit: 'entries', filters: NO_FILTERS, packages: [], scripts: [], at: null, since: null, until: null, sort: null, limit: null };
    const source = { strict: false };
    const { sections } = await top({ ...source, ...query, paths: ['${CLUSTER}'] });
    const error = await top({ ...source, ...query, paths: ['nowhere'] }).catch((error) => error);
    console.log(sections[0].rows[0].group, error instanceof ExpectedError, error.code);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
  expect(stdout).toBe('HostTracker true missing-path\n');
});
