/** Logs as people have them, and places they come from, through the real command. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cluster, json, temporaryFolder, tsv } from '../store/logs.ts';
import { myStats, PROGRAM, ROOT, run } from './run.ts';

const FIXTURE = 'fixtures/collector-8.0.10-standalone';
const LOGS = ['my_stats', 'my_stats_node', 'my_stats_variable'].map((name) => `${FIXTURE}/${name}.log`);
const folder = temporaryFolder();
const rows = cluster({ nodes: ['a', 'b'], variables: ['M::x', 'N::y'], runs: 5, interval: 60 });

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
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
  ['a device', '/dev/zero', 'it is a pipe, a socket or a device'],
  [
    'a row too short',
    write('my_stats.short.log', `${tsv([])}x\t1\n`),
    ':10: this row cannot be read (2 fields where the header names 8)',
  ],
  ['a database', write('zeek.sqlite', 'SQLite format 3\0\x10\0\n'), 'sqlite3 -json FILE'],
  [
    'an archive with a log in it as it is',
    write('stored.zip', `PK\x03\x04\x0a\0my_stats.log${tsv(rows)}`),
    'is a zip archive',
  ],
  ['a folder with an archive', join(write('packed/logs.zip', 'PK\x03\x04\x0a\0'), '..'), 'logs.zip: is a zip archive'],
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
  [
    'a folder that is gone',
    `mkdir ${folder}/gone; cd ${folder}/gone; rmdir ${folder}/gone; "$0" "$1" top ${ROOT}/${FIXTURE}`,
    'the folder this was started in is gone',
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

test.each([
  [
    'json',
    (size: string) =>
      `{"ts":1795492285.4,"run":1,"node":"a","module_name":"M","variable":"M::v${size}","size":${size}}`,
  ],
  ['tsv', (size: string) => `1795492285.400000\t1\ta\tM\tM::v${size}\t${size}`],
])('a count that no smaller number can hold is one, and said to be rounded: %s', async (form, row) => {
  const log = (name: string, ...sizes: string[]) =>
    write(`my_stats.${name}.${form}`, sizes.map((size) => `${row(size)}\n`).join(''));
  const large = log('large', '18446744073709551615', '9223372036854775808');
  const { reading } = JSON.parse(await answer('top', '--json', large));
  expect(reading).toMatchObject({ rows: 2, skipped: 0 });
  const note = expect.stringContaining('counts above 2^53, which are given as the nearest number of 16 digits (≈)');
  expect(reading.notes).toContainEqual(note);
  for (const args of [
    ['export', '--format', 'csv'],
    ['top', '--csv'],
    ['top', '--tsv'],
  ])
    expect(await myStats([...args, large])).toMatchObject({ code: 0, stderr: note });
  for (const args of [['sql', 'select size from samples'], ['growth'], ['top']])
    expect(await myStats([...args, large])).toMatchObject({ code: 0, stdout: note });
  const exact = await answer('sql', 'select size from samples', log('exact', '9007199254740991'));
  expect(exact).toContain('9007199254740991');
  expect(exact).not.toContain('≈');
});

test.each(['top', 'growth', 'sql'])(
  'rows from before there was a time are counted and named by %s',
  async (command) => {
    const args = command === 'sql' ? ['sql', 'select min(ts) as size from samples'] : [command];
    const early = tsv(
      rows.slice(0, 2).map((row) => ({ ...row, ts: 0 })),
      false,
    );
    const log = write('my_stats.early.log', early + tsv(rows));
    const { reading, ...rest } = JSON.parse(await answer(...args, '--json', log));
    expect(reading).toMatchObject({ rows: rows.length, skipped: 2 });
    expect(reading.skipped_examples[0]).toMatchObject({ line: 9, reason: 'ts is not a time: "0.000000"' });
    expect(JSON.stringify(rest)).not.toContain('1970-');
    const { code, stderr } = await myStats([...args, write('my_stats.timeless.log', early)]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('ts is not a time: "0.000000"') });
  },
);

test.each([8, 6])('rows of %i columns without a header answer as with one', async (width) => {
  const lines = tsv(rows).split('\n');
  const cut = lines.filter((line) => !/^#|^$/.test(line)).map((line) => line.split('\t').slice(0, width).join('\t'));
  const fields = lines
    .filter((line) => /^#(fields|types)/.test(line))
    .map((line) =>
      line
        .split('\t')
        .slice(0, width + 1)
        .join('\t'),
    );
  const header = [...lines.filter((line) => /^#(?!close|fields|types)/.test(line)), ...fields];
  const bare = write(`my_stats.bare-${width}.log`, `${cut.join('\n')}\n`);
  const whole = write(`my_stats.whole-${width}.log`, `${[...header, ...cut].join('\n')}\n`);
  // The last run of a log that was not closed may not be whole: of the other node the one before counts.
  const found = await sections('top', bare);
  expect(found).toEqual(await sections('top', whole));
  expect(found[0].rows.map(({ group, size }: { group: string; size: number }) => [group, size])).toEqual([
    ['N', 2028],
    ['M', 2008],
  ]);
});
