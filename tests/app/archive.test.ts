/** What was archived answers as the logs did, whatever came between. */

import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import zlib from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { archive } from '../../src/app/archive.ts';
import { connections, doctor, runs, sql, top } from '../../src/app/index.ts';
import { cleanEnv, PROGRAM, ROOT } from '../cli/run.ts';
import { cluster, json, temporaryFolder, tsv, write } from '../store/logs.ts';
import { BOOT, madeLogs } from '../support/made-logs.ts';

const RECORDED = join(ROOT, 'fixtures/collector-8.0.10-standalone');

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.parquet'))
    .sort();
}

const contents = (folder: string) => filesIn(folder).map((name) => readFileSync(join(folder, name)));

/** All that does not say where it was read from. */
function withoutPlaces<Answer extends { readonly reading: unknown }>({ reading: _, ...answer }: Answer) {
  return JSON.parse(JSON.stringify(answer));
}

async function answersOf(...paths: readonly string[]) {
  const source = { paths };
  const all = [
    await top(source),
    await top({ ...source, by: 'package', since: '2020-01-01' }),
    await doctor(source),
    await runs(source),
  ];
  return all.map(withoutPlaces);
}

test('every question is answered as from the logs, and a second time adds nothing', async () => {
  const folder = join(temporaryFolder(), 'archive');
  const first = await archive({ paths: [RECORDED], folder });
  expect(first.added).toHaveLength(3);
  expect(first).toMatchObject({ known: 0, open: [] });
  expect(await answersOf(folder)).toEqual(await answersOf(RECORDED));
  const query = 'select * exclude (boot) from samples order by all limit 50';
  expect((await sql({ paths: [folder], query })).rows).toEqual((await sql({ paths: [RECORDED], query })).rows);
  const before = contents(folder);
  expect(await archive({ paths: [RECORDED], folder })).toMatchObject({ added: [], known: first.added.length });
  expect(contents(folder)).toEqual(before);
});

test('what connections held is kept as well', async () => {
  const folder = join(temporaryFolder(), 'archive');
  const recorded = join(ROOT, 'fixtures/collector-8.0.10-cluster');
  await archive({ paths: [recorded], folder });
  expect(withoutPlaces(await connections({ paths: [folder] }))).toEqual(
    withoutPlaces(await connections({ paths: [recorded] })),
  );
});

const variables = ['Alpha::one', 'Beta::two', 'Gamma::three', 'four'];
const rowsOf = (start: number, count = 30) => cluster({ nodes: ['a', 'b'], variables, runs: count, start });
const DAY = Date.UTC(2026, 10, 24) / 1000;

test('rows are in the folder of their day, and a log that has grown adds what is new', async () => {
  const place = temporaryFolder();
  const folder = join(place, 'archive');
  const start = DAY + 86_400 - 600;
  const text = tsv(rowsOf(start), false);
  const log = write(join(place, 'my_stats.log'), `${tsv(rowsOf(start, 20), false)}#close\tx\n`);
  expect((await archive({ paths: [log], folder, sensor: 'site a/b' })).added).toEqual([
    { path: log, rows: 160, files: 2 },
  ]);
  const days = ['2026-11-24', '2026-11-25'].map((day) => `my_stats/sensor=site%20a%2Fb/date=${day}`);
  expect(filesIn(folder).map((name) => name.replace(/\/[^/]*$/, ''))).toEqual(days);
  write(log, `${text}#close\tx\n`);
  expect((await archive({ paths: [log], folder, sensor: 'site a/b' })).added[0]!.rows).toBe(240);
  expect(filesIn(folder)).toHaveLength(2);
  expect(withoutPlaces(await top({ paths: [folder], by: 'variable', since: '2020-01-01' }))).toEqual(
    withoutPlaces(await top({ paths: [log], by: 'variable', since: '2020-01-01' })),
  );
  // A part of it, under another name and compressed, takes nothing away.
  const part = join(place, 'my_stats.part.log.gz');
  writeFileSync(part, zlib.gzipSync(tsv(rowsOf(start, 3))));
  await archive({ paths: [part], folder, sensor: 'site a/b' });
  expect((await top({ paths: [folder] })).reading.rows).toBe((await top({ paths: [log] })).reading.rows);
});

test('what is still written to waits for the next time', async () => {
  const place = temporaryFolder();
  const folder = join(place, 'archive');
  const log = write(join(place, 'my_stats.log'), tsv(rowsOf(DAY), false));
  expect(await archive({ paths: [log], folder })).toMatchObject({ added: [], open: [log] });
  appendFileSync(log, '#close\tx\n');
  expect(await archive({ paths: [log], folder })).toMatchObject({ added: [{ rows: 240 }], open: [] });
});

test('a log with a row that cannot be read is refused where that is asked, and else archived without the row', async () => {
  const place = temporaryFolder();
  const folder = join(place, 'archive');
  const log = write(join(place, 'my_stats.log'), `${tsv(rowsOf(DAY), false)}junk\n#close\tx\n`);
  await expect(archive({ paths: [log], folder, strict: true })).rejects.toThrow();
  expect(filesIn(folder)).toEqual([]);
  expect(await archive({ paths: [log], folder })).toMatchObject({ added: [{ rows: 240 }], reading: { skipped: 1 } });
});

test('sensors are told apart by the folders of the archive', async () => {
  const place = temporaryFolder();
  const folder = join(place, 'archive');
  const logs = ['east', 'west'].map((sensor, i) =>
    madeLogs(join(place, sensor), [
      {
        node: 'zeek',
        boot: BOOT + 7 * i,
        runs: 9,
        gauges: () => ({ resident_memory: 3e8 }),
        variables: [{ name: 'A::b', type: 'set[addr]', at: () => ({ size: 900 * (i + 1), entries: 300 * (i + 1) }) }],
      },
    ]),
  );
  await archive({ paths: logs, folder });
  expect(readdirSync(join(folder, 'my_stats'))).toEqual(['sensor=east', 'sensor=west']);
  expect(withoutPlaces(await top({ paths: [folder], by: 'sensor', unit: 'entries' }))).toEqual(
    withoutPlaces(await top({ paths: logs, by: 'sensor', unit: 'entries' })),
  );
});

describe('what is compacted', () => {
  test('has the last run of each hour, of every log', async () => {
    const place = temporaryFolder();
    const folder = join(place, 'archive');
    const at = (age: number) => ({ size: 900 + age, entries: 300 + Math.round(age) });
    const logs = madeLogs(join(place, 'logs'), [
      {
        node: 'zeek',
        boot: DAY,
        runs: 1440 * 2,
        interval: 60,
        gauges: () => ({ resident_memory: 3e8 }),
        variables: [{ name: 'A::b', type: 'set[addr]', at }],
      },
    ]);
    await archive({ paths: [logs], folder });
    const { compacted } = await archive({ folder, compact: '1d' });
    expect(compacted).toMatchObject({ days: 1 });
    expect(filesIn(folder).filter((name) => name.includes('date=2026-11-24'))).toEqual([
      'my_stats/sensor=zeek/date=2026-11-24/my_stats-hourly.parquet',
      'my_stats_node/sensor=zeek/date=2026-11-24/my_stats_node-hourly.parquet',
      expect.stringMatching(/^my_stats_variable\/.*\/my_stats_variable-[0-9a-f]{16}\.parquet$/),
    ]);
    const query = `select hour(ts) as h, max(ts) = max(max(ts)) over () from samples where ts < '2026-11-25' group by 1 order by 1`;
    expect((await sql({ paths: [folder], query })).rows.map(([hour]) => hour)).toEqual(
      Array.from({ length: 24 }, (_, i) => i),
    );
    const times = async (paths: readonly string[]) =>
      (
        await sql({
          paths,
          query: "select max(ts)::varchar, max(size) from samples where ts < '2026-11-25' group by hour(ts) order by 1",
        })
      ).rows;
    expect(await times([folder])).toEqual(await times([logs]));
    const { rows } = await sql({ paths: [folder], query: "select count(*) from node_runs where ts < '2026-11-25'" });
    expect(rows).toEqual([[24]]);
    const before = contents(folder);
    expect((await archive({ folder, compact: '1d' })).compacted).toMatchObject({ days: 0 });
    // The logs are known: what was taken away does not come back.
    expect(await archive({ paths: [logs], folder, compact: '1d' })).toMatchObject({ added: [] });
    expect(contents(folder)).toEqual(before);
  });

  test('is not, where a file of the day cannot be read', async () => {
    const place = temporaryFolder();
    const folder = join(place, 'archive');
    const log = write(join(place, 'my_stats.log'), tsv(rowsOf(DAY)));
    await archive({ paths: [log], folder });
    const torn = join(folder, filesIn(folder)[0]!);
    copyFileSync(torn, torn.replace('.parquet', '-2.parquet'));
    truncateSync(torn, 600);
    const before = contents(folder);
    const { compacted, reading } = await archive({ folder, compact: '2026-12-01' });
    expect(compacted).toMatchObject({ days: 0 });
    expect(reading.notes.join()).toContain(basename(torn));
    expect(contents(folder)).toEqual(before);
  });
});

describe('bad files in the folder are named and left out', () => {
  const place = temporaryFolder();
  const folder = join(place, 'archive');
  const archived = archive({ paths: [write(join(place, 'my_stats.log'), tsv(rowsOf(DAY)))], folder });

  test.each<[string, (file: string, good: string) => void]>([
    ['torn', (file, good) => writeFileSync(file, readFileSync(good).subarray(0, 700))],
    ['empty', (file) => writeFileSync(file, '')],
    ['of another form', (file) => writeFileSync(file, '<html>not found</html>')],
    [
      'with a footer that lies',
      (file, good) =>
        writeFileSync(file, Buffer.concat([readFileSync(good).subarray(0, 500), readFileSync(good).subarray(-200)])),
    ],
    [
      'a table of somebody else',
      (file) =>
        execFileSync(
          process.execPath,
          [
            '--input-type=module',
            '-e',
            `
      import { parquetWriteFile } from 'hyparquet-writer/src/node.js';
      await parquetWriteFile({ filename: process.argv[1], columnData: [{ name: 'price', data: [1, 2], type: 'INT32' }] });
    `,
            file,
          ],
          { cwd: ROOT },
        ),
    ],
  ])('%s', async (_, make) => {
    await archived;
    const good = join(folder, filesIn(folder).find((name) => !name.includes('bad'))!);
    const bad = good.replace(/[^/]*$/, 'my_stats-bad.parquet');
    make(bad, good);
    const expected = await top({ paths: [good] });
    const found = await top({ paths: [folder] });
    expect(withoutPlaces(found)).toEqual(withoutPlaces(expected));
    const told = [...found.reading.notes, ...found.reading.examples.map(({ file }) => file)].join('\n');
    expect(told).toContain(bad);
    await expect(top({ paths: [folder], strict: true })).rejects.toThrow();
    rmSync(bad);
  });
});

test('names of any kind come back as they were', async () => {
  const place = temporaryFolder();
  const folder = join(place, 'archive');
  const names = ['-', '(empty)', '#close', 'Odd::\t\\x2d', 'a,"ü"\n', 'Odd::\u0000', ' '];
  const log = write(
    join(place, 'my_stats.json'),
    json(cluster({ nodes: ['a'], variables: names, runs: 2, start: DAY })),
  );
  utimesSync(log, DAY, DAY);
  await archive({ paths: [log], folder });
  const { sections } = await top({ paths: [folder], by: 'variable' });
  expect(sections.flatMap(({ rows }) => rows.map(({ group }) => group)).sort()).toEqual([...names].sort());
});

test('a process that is killed at any moment leaves an archive that the next one completes', async () => {
  const place = temporaryFolder();
  const [folder, whole, logs] = ['archive', 'whole', 'logs'].map((name) => join(place, name)) as [
    string,
    string,
    string,
  ];
  cpSync(RECORDED, logs, { recursive: true });
  mkdirSync(folder);
  for (let delay = 300; delay <= 1500; delay += 300) {
    const child = spawn(process.execPath, [PROGRAM, 'archive', logs, folder], { env: cleanEnv(), stdio: 'ignore' });
    await wait(delay);
    child.kill('SIGKILL');
    for (const name of filesIn(folder)) await parquetMetadataAsync(await asyncBufferFromFile(join(folder, name)));
  }
  await archive({ paths: [logs], folder });
  await archive({ paths: [logs], folder: whole });
  expect(filesIn(folder)).toEqual(filesIn(whole));
  expect(contents(folder)).toEqual(contents(whole));
});
