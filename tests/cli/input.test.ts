/** What goes in: standard input, databases, damaged and hostile logs, and everything that is refused. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needs } from '../support/needs.ts';
import { myStats, PROGRAM, run } from './run.ts';

const CLUSTER = 'fixtures/cluster-8.0.10';
const ORIGIN = 'fixtures/standalone-4.0.9-origin';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'my-stats-input-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function sections(args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await myStats(['top', '--json', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout).sections;
}

test('standard input', async () => {
  const script = `cat ${ORIGIN}/my_stats.log | "$0" ${PROGRAM} top --json -`;
  const { stdout } = await run('bash', ['-c', script, process.execPath]);
  expect(JSON.parse(stdout).sections).toEqual(await sections([`${ORIGIN}/my_stats.log`]));
});

test.each<[string, readonly string[], string]>([
  ['no such path', ['top', 'nowhere/'], 'nowhere/: no such file or folder. Check the path.'],
  ['no such log', ['top', 'docs'], 'docs: no my_stats.log found'],
  ['another log', ['top', `${ORIGIN}/cluster.log`], 'cluster.log: is a cluster log, not my_stats.log'],
  ['no log', ['top', 'README.md'], 'README.md:1: is neither a Zeek log'],
  ['no run then', ['top', '--at', '2020-01-01', CLUSTER], 'no run at 2020-01-01T00:00:00Z; the logs hold 2026-11-24T'],
  ['a year', ['top', '--at', '2020', CLUSTER], '"2020" is not a time'],
  ['a date without hyphens', ['top', '--since', '20261124', CLUSTER], '"20261124" is not a time'],
  [
    'doctor, a span backwards',
    ['doctor', '--since', '-1m', '--until', '-5m', CLUSTER],
    '--since is later than --until',
  ],
  [
    'doctor, a span without runs',
    ['doctor', '--since', '2030-01-01', CLUSTER],
    'no run at 2030-01-01T00:00:00Z to the end',
  ],
  ['doctor, a node that is not there', ['doctor', '--node', 'nobody', CLUSTER], 'node nobody'],
  ['no time', ['top', '--at', 'noon', CLUSTER], '"noon" is not a time'],
  ['nothing selected', ['top', '--module', 'Nope', CLUSTER], 'nothing matches module Nope'],
  ['no such table', ['sql', 'select * from nope', CLUSTER], 'the query failed'],
])('%s is one line and exit code 2', async (_, args, said) => {
  const { code, stdout, stderr } = await myStats(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(said);
  expect(stderr).toMatch(/^my-stats: [^\n]*\n$/);
});

test('rows that cannot be read are counted and shown, or fatal', async () => {
  const log = join(folder, 'damaged.log');
  const row = (size: string) =>
    `{"ts":1795492285.4,"run":1,"node":"a","module_name":"M","variable":"M::v${size}","size":${size}}\n`;
  writeFileSync(log, row('1') + row('-5') + row('2') + row('3').slice(0, 30));
  const { code, stdout } = await myStats(['top', log]);
  expect(code).toBe(0);
  expect(stdout).toContain('1 row could not be read and was skipped (--strict stops there):');
  expect(stdout).toContain(`${log}:2: `);
  expect(stdout).toContain('1 line at the end of a log was still being written and not counted.');
  const strict = await myStats(['top', '--strict', log]);
  expect(strict.code).toBe(2);
  expect(strict.stderr).toMatch(/damaged\.log:2: .*--strict/);
});

test.each(['table', '--json', '--csv', '--tsv'])('names from the log do no harm as %s', async (format) => {
  const log = join(folder, 'hostile.log');
  const names = ['\x1b[31mred\x1b[0m', '\x9b2J', '\u202Egnp', 'a\nb\tc', '=cmd()', '', 'x'.repeat(3000), "';drop"];
  const row = (name: string) =>
    JSON.stringify({ ts: 1_795_492_285.4, run: 1, node: name, module_name: name, variable: name, size: 1 });
  writeFileSync(log, `${names.map(row).join('\n')}\n`);
  for (const by of ['module', 'variable', 'node']) {
    const { code, stdout, stderr } = await myStats(['top', '--by', by, ...(format === 'table' ? [] : [format]), log]);
    expect(code).toBe(0);
    expect(stdout + stderr).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
    if (format !== '--tsv') expect(stdout).not.toContain('\t');
  }
});

test('what goes wrong outside of everything is one line as well', async () => {
  const script = `
    process.argv = ['node', 'my-stats', 'top', '-'];
    import('./dist/cli.js').then(({ main }) => {
      main();
      setTimeout(() => { throw new Error('in a callback'); }, 0);
    });`;
  const { code, stdout, stderr } = await run(process.execPath, ['-e', script]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^my-stats: this is a defect of my-stats, [^\n]*: in a callback\n$/);
});

test('two logs that disagree about a column are told apart by file and line', async () => {
  const typed = (name: string, type: string, value: string) => {
    const path = join(folder, name);
    const header = `#separator \\x09\n#path\tmy_stats\n#fields\tts\trun\tvariable\tsize\n#types\ttime\tcount\tstring\t${type}\n`;
    writeFileSync(path, `${header}1795492285.4\t1\tA::${name}\t${value}\n`);
    return path;
  };
  const good = typed('my_stats.count.log', 'count', '5');
  const bad = typed('my_stats.string.log', 'string', 'five');
  const said = `${bad}:4: column size is declared as string, where other logs and this program have count or int`;
  const { code, stdout } = await myStats(['top', good, bad]);
  expect(code).toBe(0);
  expect(stdout).toContain(`Left out: ${said}`);
  const strict = await myStats(['top', '--strict', good, bad]);
  expect({ code: strict.code, stdout: strict.stdout }).toEqual({ code: 2, stdout: '' });
  expect(strict.stderr).toMatch(/^my-stats: [^\n]*\n$/);
  expect(strict.stderr).toContain(said);
});

test('no row of my_stats_node.log can be read: runs says why, not that a filter matches nothing', async () => {
  const path = join(folder, 'my_stats_node.log');
  writeFileSync(
    path,
    '#separator \\x09\n#path\tmy_stats_node\n#fields\tts\trun\tnode\n#types\ttime\tcount\tstring\nx\t1\tw\n',
  );
  const { code, stdout, stderr } = await myStats(['runs', path]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`${path}:5: this row cannot be read (ts is not a time: "x")`);
});

const ROTATED = `${CLUSTER}/2026-11-24/my_stats.03-44-04_03-56-54.log.gz`;

test('a compressed log that is damaged', async () => {
  const path = join(folder, 'my_stats.damaged.log.gz');
  const bytes = readFileSync(ROTATED);
  writeFileSync(path, Buffer.concat([bytes.subarray(0, 3000), Buffer.alloc(200, 7), bytes.subarray(3200)]));
  for (const args of [[], ['--since', '-1h']]) {
    const { code, stdout, stderr } = await myStats(['top', ...args, path]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${path}: cannot be decompressed as gzip`);
    expect(stderr).toMatch(/^my-stats: [^\n]*\n$/);
  }
});

const COMPRESSIONS: readonly [string, (text: Buffer) => Buffer][] = [
  ['gz', gzipSync],
  ['zst', (text) => zstd(text)],
];

describe.each(COMPRESSIONS)('a log of which only a part is compressed (%s)', needs('zstd'), (extension, compress) => {
  const text = gunzipSync(readFileSync(ROTATED));

  async function rowsIn(...args: readonly string[]): Promise<{ rows: number; skipped: string[] }> {
    const { code, stdout } = await myStats(['growth', '--json', ...args]);
    expect(code).toBe(0);
    const { reading } = JSON.parse(stdout);
    const reasons = reading.skipped_examples.map(({ line, reason }: Record<string, string>) => `${line}: ${reason}`);
    return { rows: reading.rows, skipped: reasons };
  }

  test('is read as far as it goes, and says so', async () => {
    const path = join(folder, `my_stats.cut.log.${extension}`);
    const whole = compress(text);
    writeFileSync(path, whole.subarray(0, Math.floor(whole.length / 2)));
    const { rows, skipped } = await rowsIn(path);
    expect(rows).toBeGreaterThan(1000);
    // The header has eight lines; the row in the middle of which the file ends is the one that is skipped.
    expect(skipped).toEqual([expect.stringMatching(`^${rows + 9}: the file is cut off here`)]);
    const strict = await myStats(['top', '--strict', path]);
    expect({ code: strict.code, stdout: strict.stdout }).toEqual({ code: 2, stdout: '' });
    expect(strict.stderr).toContain(`${path}:${rows + 9}: the file is cut off here`);
    const count = await myStats(['sql', '--csv', 'select count(*) from samples', path]);
    expect(count.stdout).toContain(`\n${rows}\n`);
  });

  test('is left out where the text of it is there too, whatever comes first', async () => {
    for (const [i, order] of (
      [
        ['a', 'b'],
        ['b', 'a'],
      ] as const
    ).entries()) {
      const both = join(folder, `both-${extension}-${i}`);
      mkdirSync(both);
      const whole = compress(text);
      const copy = `my_stats-${order[0]}.log.${extension}`;
      writeFileSync(join(both, `my_stats-${order[1]}.log`), text);
      writeFileSync(join(both, copy), whole.subarray(0, whole.length - 5000));
      expect(await rowsIn(both)).toEqual(await rowsIn(ROTATED));
    }
  });
});

/** Node has no Zstandard of its own before 22.15. */
function zstd(text: Buffer): Buffer {
  return execFileSync('zstd', ['--quiet', '--stdout'], { input: text, maxBuffer: 1 << 27 });
}
