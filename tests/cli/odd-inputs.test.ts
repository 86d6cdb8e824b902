/** Logs as people have them, and places they come from, through the real command. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cluster, json, temporaryFolder, tsv } from '../store/logs.ts';
import { myStats, PROGRAM, ROOT, run } from './run.ts';

const FIXTURE = 'fixtures/collector-8.0.10-standalone';
const LOGS = ['my_stats', 'my_stats_node', 'my_stats_variable'].map((name) => `${FIXTURE}/${name}.log`);
const folder = temporaryFolder();
const rows = cluster({ nodes: ['a', 'b'], variables: ['M::x', 'N::y'], runs: 5, interval: 60 });

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function answer(...args: readonly string[]) {
  const { code, stdout, stderr } = await myStats(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const sections = async (...args: readonly string[]) => JSON.parse(await answer(...args, '--json')).sections;

test('all logs in one pipe answer as they do side by side', async () => {
  const expected = await sections('top', ...LOGS);
  for (const source of [
    `<(cat ${LOGS.join(' ')})`,
    `- < <(cat ${LOGS.join(' ')})`,
    `/dev/stdin < <(cat ${LOGS.join(' ')})`,
  ]) {
    const { code, stdout } = await run('bash', ['-c', `"${process.execPath}" "${PROGRAM}" top --json ${source}`]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).sections, source).toEqual(expected);
  }
});

test('one stream of all logs feeds every question, and what else is in it is told', async () => {
  const mine = json(rows)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.stringify({ _path: 'my_stats', ...JSON.parse(line) }));
  const runs = rows
    .filter(({ variable }) => variable === 'M::x')
    .map(({ ts, run: number, node }) =>
      JSON.stringify({
        '@path': 'my_stats_node',
        ts,
        run: number,
        node,
        boot: ts - number * 60,
        duration: 0.01,
        variables_logged: 2,
      }),
    );
  const other = Array.from({ length: 2000 }, (_, i) =>
    JSON.stringify({ _path: i % 2 === 0 ? 'conn' : 'dns', ts: 1e9, uid: `C${i}` }),
  );
  // So that its beginning does not show what is in it.
  const stream = write('zeek.json', `${[...other, ...mine, ...runs].join('\n')}\n`);
  const { reading, sections: found } = JSON.parse(await answer('top', '--json', stream));
  expect(found).toEqual(
    await sections('top', write('my_stats.log', tsv(rows)), write('my_stats_node.json', `${runs.join('\n')}\n`)),
  );
  expect(reading.skipped).toBe(0);
  expect(reading.notes).toContain(
    `${stream} holds 2000 rows of other logs as well (conn, dns), which were passed over`,
  );
  expect(await sections('runs', stream)).toEqual(await sections('runs', join(folder, 'my_stats_node.json')));
});

test('rows of another log under the name of ours are counted', async () => {
  const path = write(
    'my_stats.mixed.json',
    `${json(rows)}${JSON.stringify({ _path: 'my_stats_node', ts: 1, run: 1 })}\n`,
  );
  const { code, stdout } = await myStats(['top', '--json', path]);
  expect(code).toBe(0);
  const { reading } = JSON.parse(stdout);
  expect(reading.skipped + reading.notes.length).toBeGreaterThan(0);
});

test.each<[string, string, string]>([
  ['a device', '/dev/zero', 'it is a socket or a device'],
  [
    'a row too short',
    write('my_stats.short.log', `${tsv([])}x\t1\n`),
    ':10: this row cannot be read (2 fields where the header names 8)',
  ],
  ['a database', write('zeek.sqlite', 'SQLite format 3\0\x10\0\n'), 'sqlite3 -json FILE'],
  [
    'columns that are not ours',
    write('cut.log', '1\t2\n3\t4\n'),
    'has no header (#fields), and columns that no log of my_stats has',
  ],
])('%s is one line that says what to do', async (_, path, said) => {
  const { code, stdout, stderr } = await myStats(['top', path]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(said);
  expect(stderr).toMatch(/^my-stats: [^\n]*\n$/);
  expect(stderr).not.toContain('defect');
});

test.each<[string, string, string]>([
  [
    'a folder for temporary files that is not there',
    `TMPDIR=/nonexistent "$0" "$1" top - < ${LOGS[0]}`,
    'TMPDIR names a folder that does not exist',
  ],
  ['few open files', `ulimit -n 32; "$0" "$1" top ${FIXTURE}`, 'Raise the limit: ulimit -n'],
])('%s is no defect of ours', async (_, script, said) => {
  const { code, stderr } = await run('bash', ['-c', script, process.execPath, PROGRAM], { cwd: ROOT });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(said) });
  expect(stderr).not.toContain('defect');
});

test('a line without an end is counted, and does not hold up the rest', async () => {
  const path = write('my_stats.long.log', `${tsv(rows, false)}${'x'.repeat(40 << 20)}\n${tsv(rows)}`);
  const { reading } = JSON.parse(await answer('growth', '--json', path));
  expect(reading.skipped_examples).toEqual([expect.objectContaining({ reason: 'longer than 4 MiB' })]);
});

test('a count that no smaller number can hold is one', async () => {
  const row = (size: string) =>
    `{"ts":1795492285.4,"run":1,"node":"a","module_name":"M","variable":"M::v${size}","size":${size}}\n`;
  const path = write('my_stats.large.json', row('18446744073709551615') + row('9223372036854775808'));
  const { reading } = JSON.parse(await answer('top', '--json', path));
  expect(reading).toMatchObject({ rows: 2, skipped: 0 });
});
