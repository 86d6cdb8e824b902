import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sql } from '../../src/app/sql.ts';
import { cluster, temporaryFolder, tsv, write } from './logs.ts';

const folder = temporaryFolder();
const ROWS = cluster({ nodes: ['a', 'b'], variables: ['M::x', 'M::y', 'N::z'], runs: 10 });
const SOURCE = { strict: false } as const;

async function counts(...paths: readonly string[]): Promise<unknown> {
  const query = 'select count(*), count(distinct (node, run)), sum(size), min(ts), max(ts) from samples';
  return (await sql({ ...SOURCE, paths, query })).rows[0];
}

const TOTAL = ROWS.reduce((sum, { size }) => sum + size!, 0);
const WHOLE = [60, 20, TOTAL, '2026-11-23 00:00:00', '2026-11-23 00:09:00.5'];

describe('loading', () => {
  test('a run that two logs share stays one run', async () => {
    const cut = ROWS.findIndex(({ run, variable }) => run === 6 && variable === 'M::y');
    const one = write(join(folder, 'my_stats.one.log.gz'), tsv(ROWS.slice(0, cut)));
    const two = write(join(folder, 'my_stats.two.log'), tsv(ROWS.slice(cut)));
    expect(await counts(one, two)).toEqual(WHOLE);
  });

  test('plain, gzip and Zstandard hold the same', async () => {
    for (const name of ['plain.log', 'gzip.log.gz'])
      expect(await counts(write(join(folder, `my_stats.${name}`), tsv(ROWS)))).toEqual(WHOLE);
    const zstd = join(folder, 'my_stats.zstd.log.zst');
    writeFileSync(zstd, Buffer.from(ZSTD, 'base64'));
    expect(await counts(zstd)).toEqual([2, 1, 12, '2026-11-24 03:51:25.437856', '2026-11-24 03:51:25.437856']);
  });

  test('keeps counts beyond what a double can hold apart as closely as it can', async () => {
    const log = write(join(folder, 'my_stats.large.log'), tsv([{ ...ROWS[0]!, size: 2 ** 52 + 1, entries: null }]));
    const { rows } = await sql({ ...SOURCE, paths: [log], query: 'select size, entries from samples' });
    expect(rows).toEqual([[2 ** 52 + 1, null]]);
  });

  test('strict refuses a log for one bad row, and names its line', async () => {
    const log = join(folder, 'my_stats.strict.log');
    writeFileSync(log, tsv(ROWS).replace(/\t1004\tobjects/, '\t-4\tobjects'));
    const line =
      tsv(ROWS)
        .split('\n')
        .findIndex((text) => text.includes('\t1004\tobjects')) + 1;
    await expect(sql({ ...SOURCE, strict: true, paths: [log], query: 'select 1' })).rejects.toMatchObject({
      code: 'skipped-row',
      place: { file: log, line },
    });
    const { reading } = await sql({ ...SOURCE, paths: [log], query: 'select 1' });
    expect(reading).toMatchObject({
      rows: 59,
      skipped: 1,
      examples: [{ file: log, line, reason: 'size is not a count: "-4"' }],
    });
  });
});

describe('finding logs', () => {
  test('in folders as zeekctl lays them out', async () => {
    const root = join(folder, 'logs');
    for (const place of ['current', '2026-11-22', '2026-11-23', 'other'])
      mkdirSync(join(root, place), { recursive: true });
    const part = (from: number, to: number) => tsv(ROWS.filter(({ run }) => run > from && run <= to));
    write(join(root, '2026-11-22', 'my_stats.23:00:00-00:00:00.log.gz'), part(0, 3));
    write(join(root, '2026-11-23', 'my_stats.00:00:00-01:00:00.log.gz'), part(3, 7));
    write(join(root, 'current', 'my_stats.log'), part(7, 10));
    write(join(root, 'current', 'conn.log'), '#separator \\x09\n#path\tconn\n#fields\tts\n');
    write(join(root, 'other', 'my_stats.log'), part(0, 10));
    expect(await counts(root)).toEqual(WHOLE);
    expect(await counts(join(root, '2026-11-2*'), join(root, 'current'))).toEqual(WHOLE);
    expect(await counts(join(root, '*', 'my_stats*'))).toEqual(WHOLE);
    await expect(counts(join(root, 'nothing*'))).rejects.toMatchObject({ code: 'no-match' });
  });

  test('takes the longer of two that begin alike, and says so', async () => {
    const whole = write(join(folder, 'my_stats.whole.log'), tsv(ROWS));
    const copy = join(folder, 'my_stats.copy.log');
    copyFileSync(whole, copy);
    const { rows, reading } = await sql({ ...SOURCE, paths: [whole, copy], query: 'select count(*) from samples' });
    expect(rows).toEqual([[60]]);
    expect(reading.notes).toEqual([expect.stringContaining('was left out as a copy of it')]);
  });

  test.each([
    ['is empty', '', 'empty-log'],
    ['has no row yet', tsv([]), 'empty-log'],
    ['is damaged at once', Buffer.from([0x1f, 0x8b, 9, 0, 1, 2, 3]), 'corrupt-compression'],
    ['is cut off at once', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), 'cut-off-before-rows'],
    ['has no row that can be read', tsv([]).replace(/#close.*/, 'x\t1'), 'no-readable-row'],
    ['is a database', 'SQLite format 3\0\0\n', 'foreign-file'],
    ['is a web page', '<!DOCTYPE html>\n<html>\n', 'foreign-file'],
    ['is text', 'hello\nworld\n', 'not-a-log'],
  ])('a log that %s', async (name, content, code) => {
    const path = join(folder, `my_stats.${name.replaceAll(' ', '-')}.log`);
    writeFileSync(path, content);
    await expect(counts(path)).rejects.toMatchObject({ code });
  });
});

/** Two rows in JSON, compressed by zstd 1.5. */
const ZSTD =
  'KLUv/QRYBQMAgoUUHIBJjQFAxN5gCtfPMyEMmBFOCHcIQT8m5qhSfQQpYokUYb4K5flGZC4FVRw9fA/Ol9FG2AVKGuZbzzdp2qfyBjmfAA8WMAB4rIUYiDCVP4YXAQMAUAjJBVQLEWYUTSBv7A==';

describe('a query reaches nothing but the logs', () => {
  const log = write(join(folder, 'my_stats.shut.log'), tsv(ROWS));
  const file = join(folder, 'rows.csv');
  writeFileSync(file, 'a\n1\n');
  const ask = (query: string, allowFiles: boolean) => sql({ ...SOURCE, paths: [log], query, allowFiles });

  test.each([
    ['reads no text', `select * from read_text('${file}')`],
    ['reads no table', `select * from '${file}'`],
    ['writes no file', `copy (select 1) to '${join(folder, 'written.csv')}'`],
    ['opens no database', `attach '${join(folder, 'other.duckdb')}'`],
    ['exports no database', `export database '${join(folder, 'exported')}'`],
    ['installs nothing', 'install httpfs'],
    ['loads nothing', `load '${file}'`],
    ['reaches no network', "select * from read_csv('http://localhost:1/x.csv')"],
    ['does not let itself out', 'set enable_external_access = true'],
    ['takes no more memory', "set memory_limit = '100GB'"],
    ['does not unlock its settings', 'set lock_configuration = false'],
    ['moves no temporary files', `set temp_directory = '${folder}'`],
  ])('%s', async (_, query) => {
    const before = readdirSync(folder);
    await expect(ask(query, false)).rejects.toMatchObject({ code: 'sql-reaches-out' });
    expect(readdirSync(folder)).toEqual(before);
  });

  test('unless it is allowed to', async () => {
    expect((await ask(`select * from '${file}'`, true)).rows).toEqual([[1]]);
    const written = join(folder, 'allowed.csv');
    await ask(`copy (select count(*) as rows from samples) to '${written}'`, true);
    expect(readFileSync(written, 'utf8')).toBe('rows\n60\n');
  });
});

test('the largest count there is', async () => {
  const text = tsv([{ ...ROWS[0]!, size: 4321, entries: 4321 }]).replaceAll('\t4321', '\t18446744073709551615');
  const log = write(join(folder, 'my_stats.largest.log'), text);
  const { rows } = await sql({ ...SOURCE, paths: [log], query: 'select size, entries from samples' });
  expect(rows).toEqual([['18446744073709551615', '18446744073709551615']]);
});
