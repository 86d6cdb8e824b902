/** Exports as the programs they are made for read them. */

import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BOOT, madeLogs } from '../support/made-logs.ts';
import { needs } from '../support/needs.ts';
import { myStats, PROGRAM, run } from './run.ts';

const CLUSTER = 'fixtures/collector-8.0.10-cluster';
const SEEN = 'HostTracker::seen';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'my-stats-export-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function exported(format: string, name: string, args: readonly string[] = []): Promise<string> {
  const path = join(folder, name);
  const outcome = await myStats(['export', '--format', format, '-o', path, ...args, CLUSTER]);
  expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
  return path;
}

/** What `sql` says of the same logs. */
async function sql(query: string): Promise<unknown[][]> {
  const { stdout } = await myStats(['sql', '--json', query, CLUSTER]);
  return JSON.parse(stdout).rows;
}

describe('pprof', () => {
  test('is read by pprof, and compared', needs('go'), async () => {
    const now = await exported('pprof', 'now.pb.gz');
    const before = await exported('pprof', 'before.pb.gz', ['--at', '-5m']);
    const pprof = async (...args: string[]) => {
      const { code, stdout } = await run('go', ['tool', 'pprof', ...args], { cwd: folder, env: { HOME: folder } });
      expect(code).toBe(0);
      return stdout;
    };
    const top = await pprof('-top', '-sample_index=objects', now);
    expect(top).toMatch(/^ +2634400 .* HostTracker::seen$/m);
    expect(top).toMatch(/^ +0 .* 2634400 .* module HostTracker$/m);
    expect(await pprof('-tags', '-sample_index=objects', now)).toMatch(/ node: Total [\s\S]* worker-2/);
    const then = await pprof('-top', '-sample_index=objects', before);
    const objects = Number(/^ +(\d+) .* HostTracker::seen$/m.exec(then)![1]);
    const change = await pprof('-top', '-sample_index=objects', '-diff_base', before, now);
    expect(change).toMatch(new RegExp(`^ +${2_634_400 - objects} .* HostTracker::seen$`, 'm'));
  });

  test('is the same file for the same logs, compressed', async () => {
    const [one, two] = [await exported('pprof', 'one.pb.gz'), await exported('pprof', 'two.pb.gz')];
    expect(readFileSync(one)).toEqual(readFileSync(two));
    expect(gunzipSync(readFileSync(one)).includes(SEEN)).toBe(true);
  });

  test('goes to a pipe as the bytes it is', async () => {
    const { stdout } = await run('bash', [
      '-c',
      `"$0" ${PROGRAM} export --format pprof ${CLUSTER} | gunzip`,
      process.execPath,
    ]);
    expect(stdout).toContain(SEEN);
  });
});

describe('openmetrics', () => {
  test('becomes blocks of Prometheus', needs('promtool'), async () => {
    const file = await exported('openmetrics', 'sizes.txt');
    const blocks = join(folder, 'blocks');
    const { code, stdout } = await run('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', file, blocks]);
    expect(code).toBe(0);
    const samples = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => /^[a-z]/.test(line)).length;
    expect(stdout).toMatch(new RegExp(` ${samples} +${samples} +${samples} `));
  });

  test('is OpenMetrics to its reference parser', needs('prometheus_client of Python'), async () => {
    const parser = 'from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse';
    const file = await exported('openmetrics', 'sizes.txt');
    const script = `${parser}\nimport sys\nfor f in parse(open(sys.argv[1]).read()): print(f.name, f.type, f.unit, sum(s.value for s in f.samples if s.labels.get("variable") == "${SEEN}"))`;
    const { code, stdout } = await run('/usr/bin/python3', ['-c', script, file]);
    expect(code).toBe(0);
    expect(stdout).toContain('my_stats_variable_objects gauge objects 2634400\n');
  });
});

test('speedscope: stacks and weights of every profile fit', async () => {
  const { shared, profiles } = JSON.parse(readFileSync(await exported('speedscope', 'sizes.json'), 'utf8'));
  const all = profiles.find(({ name }: { name: string }) => name === 'all nodes, objects');
  const names = all.samples.map((stack: number[]) => stack.map((index) => shared.frames[index].name).at(-1));
  expect(all.weights[names.indexOf(SEEN)]).toBe(2_634_400);
  for (const { type, samples, weights, endValue } of profiles) {
    expect(type).toBe('sampled');
    expect(samples).toHaveLength(weights.length);
    expect(endValue).toBe(weights.reduce((sum: number, weight: number) => sum + weight, 0));
    for (const index of samples.flat()) expect(shared.frames[index]).toBeDefined();
  }
});

describe('rows', () => {
  test('CSV has those of the logs, and writes names without harm', async () => {
    const lines = readFileSync(await exported('csv', 'rows.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines[0]).toBe(
      'ts,run,node,boot,module_name,variable,size,unit,entries,package,script,bytes_low,bytes_likely,bytes_high',
    );
    expect(lines[1]).toMatch(/^2026-11-24T22:10:28\.639038Z,1,worker-1,2026-/);
    expect([[lines.length - 1]]).toEqual(await sql('select count(*) from samples'));
    const log = join(folder, 'hostile.log');
    const names = ['=cmd()', '\x1b[31mred', 'a\nb', 'with "quotes", commas', '\u202Egnp'];
    const row = (name: string) => JSON.stringify({ ts: 1, run: 1, node: name, variable: name, size: 1 });
    writeFileSync(log, `${names.map(row).join('\n')}\n`);
    const { stdout } = await myStats(['export', '--format', 'csv', log]);
    expect(
      stdout
        .split('\n')
        .slice(1, -1)
        .map((line) => line.split(',').slice(2).join()),
    ).toEqual([
      '\\x1b[31mred,1970-01-01T00:00:01.000000Z,GLOBAL,\\x1b[31mred,1,unknown,,unknown,,,,',
      `'=cmd(),1970-01-01T00:00:01.000000Z,GLOBAL,'=cmd(),1,unknown,,unknown,,,,`,
      'a\\x0ab,1970-01-01T00:00:01.000000Z,GLOBAL,a\\x0ab,1,unknown,,unknown,,,,',
      '"with ""quotes"", commas",1970-01-01T00:00:01.000000Z,GLOBAL,"with ""quotes"", commas",1,unknown,,unknown,,,,',
      '\\u{202e}gnp,1970-01-01T00:00:01.000000Z,GLOBAL,\\u{202e}gnp,1,unknown,,unknown,,,,',
    ]);
  });

  test('Parquet has the same, with types, as another reader of it sees', async () => {
    const file = await asyncBufferFromFile(await exported('parquet', 'rows.parquet'));
    const rows = await parquetReadObjects({ file, compressors: { GZIP: (input) => gunzipSync(input) } });
    expect([[rows.length]]).toEqual(await sql('select count(*) from samples'));
    const { bytes_low: low, bytes_likely: likely, bytes_high: high, ...row } = rows[0]!;
    expect([low > 100_000n, low <= likely, likely <= high, high < 10_000_000n]).toEqual([true, true, true, true]);
    expect(row).toEqual({
      ts: new Date('2026-11-24T22:10:28.639Z'),
      run: 1n,
      node: 'worker-1',
      boot: new Date('2026-11-24T22:10:28.347Z'),
      module_name: 'DCE_RPC',
      variable: 'DCE_RPC::operations',
      size: 17_934n,
      unit: 'objects',
      entries: 2550n,
      package: 'zeek/protocols/dce-rpc',
      script: 'base/protocols/dce-rpc/consts.zeek',
    });
    const { schema } = await parquetMetadataAsync(file);
    expect(schema.find(({ name }) => name === 'ts')?.logical_type).toMatchObject({ isAdjustedToUTC: true });
  });

  test('a span, filters and a snapshot leave out the others', async () => {
    const count = async (...args: string[]) => {
      const { stdout } = await myStats(['export', '--format', 'csv', '--variable', SEEN, ...args, CLUSTER]);
      return stdout.split('\n').length - 2;
    };
    const [[all, late, one]] = (await sql(
      `select count(*), count(*) filter (ts >= (select max(ts) from runs) - interval 2 minutes),
       count(*) filter (node = 'worker-1') from samples where variable = '${SEEN}'`,
    )) as [number[]];
    expect([await count(), await count('--since', '-2m'), await count('--node', 'worker-1')]).toEqual([all, late, one]);
    expect(await count('--at', '-0s')).toBe(5);
  });
});

test('a row has the bytes that top says of its run, also where more was told of its variable later', async () => {
  const choice = ['--variable', SEEN, '--node', 'manager', 'fixtures/collector-8.0.10-contents'];
  for (const at of ['2026-12-01T04:58:10Z', '2026-12-01T05:03:00Z', '2026-12-01T05:10:43Z']) {
    const csv = await myStats(['export', '--format', 'csv', '--until', at, ...choice]);
    const last = csv.stdout.trimEnd().split('\n').at(-1)!.split(',').slice(-3).map(Number);
    const snapshot = await myStats(['top', '--json', '--by', 'variable', '--at', at, ...choice]);
    const { sections } = JSON.parse(snapshot.stdout);
    expect(last).toEqual(Object.values<number>(sections[0].rows[0].bytes).map(Math.round));
  }
});

describe('files', () => {
  test.each(['pprof', 'csv'])('%s never takes the place of a log', async (format) => {
    const log = join(folder, 'my_stats.log');
    copyFileSync('fixtures/collector-8.0.10-standalone/my_stats.log', log);
    const other = join(folder, 'conn.log');
    writeFileSync(other, '#separator \\x09\n#path\tconn\n#fields\tts\tuid\n#types\ttime\tstring\n1.0\tC1\n');
    const link = join(folder, `link-${format}`);
    symlinkSync(log, link);
    for (const output of [log, other, link]) {
      const before = readFileSync(output);
      const { code, stderr } = await myStats(['export', '--format', format, '-o', output, log]);
      expect(code).toBe(2);
      expect(stderr).toBe(
        `my-stats: ${output}: is an input or a log, and is not written over. Name another file with -o.\n`,
      );
      expect(readFileSync(output)).toEqual(before);
    }
  });

  test('are whole or not there, and keep who may read them', async () => {
    const path = join(folder, 'private.csv');
    writeFileSync(path, 'before');
    chmodSync(path, 0o600);
    const nothing = await myStats(['export', '--format', 'csv', '--variable', 'Nope', '-o', path, CLUSTER]);
    expect(nothing).toEqual({
      code: 2,
      stdout: '',
      stderr: 'my-stats: nothing matches variable Nope. Run it without the filter to see the names there are.\n',
    });
    expect(readFileSync(path, 'utf8')).toBe('before');
    await exported('csv', 'private.csv');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toMatch(/^ts,run,/);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test.each(['pprof', 'csv', 'parquet'])('%s on a full disk is an error', needs('/dev/full'), async (format) => {
    const { code, stderr } = await myStats(['export', '--format', format, '-o', '/dev/full', CLUSTER]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^my-stats: \/dev\/full: [^\n]*\n$/);
  });
});

test.each<[readonly string[], string]>([
  [['--format', 'xml', CLUSTER], 'Allowed choices are pprof, speedscope, openmetrics, csv, parquet'],
  [[CLUSTER], "required option '--format <format>' not specified"],
  [['--format', 'pprof'], 'no logs given'],
  [['--format', 'pprof', 'nowhere'], 'nowhere: no such file or folder'],
  [['--format', 'pprof', '--since', '-1h', CLUSTER], 'pprof holds one time. Give --at instead of --since and --until.'],
  [['--format', 'csv', '--at', '1', '--since', '1', CLUSTER], 'cannot be used with'],
  [['--format', 'csv', '--since', '-1m', '--until', '-2m', CLUSTER], '--since is later than --until'],
  [['--format', 'csv', '--until', '2020-01-01', CLUSTER], 'no run at the beginning to 2020-01-01T00:00:00Z'],
  [['--format', 'openmetrics', '--node', 'nope', CLUSTER], 'nothing matches node nope'],
  [
    ['--format', 'csv', '-o', 'nowhere/rows.csv', CLUSTER],
    'nowhere/rows.csv: cannot be written (there is no such folder)',
  ],
  [['--format', 'csv', '-o', 'docs', CLUSTER], 'docs: cannot be written (it is a folder)'],
])('%j is refused', async (args, said) => {
  const { code, stdout, stderr } = await myStats(['export', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(said);
  expect(stderr).toMatch(/^my-stats: [^\n]*\n$/);
});

test('rows of several sensors say which they are of, and are read back so', async () => {
  const sensors = ['site-a', 'site-b'].map((name) =>
    madeLogs(join(folder, name), [
      {
        node: 'zeek',
        boot: BOOT + (name === 'site-b' ? 7 : 0),
        runs: 10,
        gauges: () => ({ variables_logged: 1 }),
        variables: [{ name: 'M::x', type: 'set[addr]', at: (age) => ({ size: age * 2, entries: age }) }],
      },
    ]),
  );
  const file = join(folder, 'my_stats.sensors.csv');
  expect((await myStats(['export', '--format', 'csv', '-o', file, ...sensors])).code).toBe(0);
  const [header, first] = readFileSync(file, 'utf8').split('\n');
  expect(header).toMatch(/,bytes_high,sensor$/);
  expect(first).toMatch(/,zeek@site-a,.*,site-a$/);
  for (const logs of [[file], sensors]) {
    const { stdout } = await myStats(['growth', '--json', '--by', 'sensor', ...logs]);
    const groups = JSON.parse(stdout).sections.flatMap(({ rows }: { rows: { group: string }[] }) =>
      rows.map(({ group }) => group),
    );
    expect(groups).toEqual(['site-a', 'site-b']);
  }
  const { stdout } = await myStats(['export', '--format', 'openmetrics', ...sensors]);
  expect(stdout).toMatch(/node="zeek@site-a",.*,sensor="site-a"\}/);
});
