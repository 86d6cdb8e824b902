import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SAMPLE } from '../../src/format/log-kind.ts';
import { ExpectedError } from '../../src/model/errors/catalogue.ts';
import { count, fieldsOf, HEADER, READERS, readLog } from './read-log.ts';

const NAMES = ['ts', 'run', 'variable', 'size', 'node', 'module_name', 'unit', 'entries'] as const;
const STRINGS = new Set(['variable', 'node', 'module_name', 'unit']);

/** As Zeek's ASCII writer does it. */
function escaped(text: string): string {
  if (text === '') return '(empty)';
  if (text === '-') return '\\x2d';
  if (text === '(empty)') return '\\x28empty)';
  return [...Buffer.from(text)]
    .map((byte) =>
      byte < 0x20 || byte > 0x7e || byte === 0x5c
        ? `\\x${byte.toString(16).padStart(2, '0')}`
        : String.fromCharCode(byte),
    )
    .join('');
}

const name = fc.oneof(
  fc.constantFrom('HTTP::seen', 'a', '-', '(empty)', '\\x41', 'tab\there', 'ü', 'x'.repeat(300)),
  fc.string(),
);
const anyRow = fc.record({
  ts: fc
    .nat({ max: 2_000_000_000 })
    .chain((whole) => fc.nat({ max: 999_999 }).map((micro) => `${whole}.${String(micro).padStart(6, '0')}`)),
  run: count,
  variable: name,
  size: fc.option(count),
  node: fc.option(name),
  module_name: fc.option(name),
  unit: fc.option(name),
  entries: fc.option(count),
});
describe.each(READERS)('a Zeek TSV log, %s', (_, worthKernel) => {
  const read = (text: string | Buffer, chunkLines?: number) => readLog(text, chunkLines, worthKernel);

  test('gives back every row, in any order of columns and cut anywhere between lines', () => {
    const order = fc.shuffledSubarray([...NAMES, 'extra', 'more'], { minLength: NAMES.length + 2 });
    fc.assert(
      fc.property(
        fc.array(anyRow, { minLength: 1, maxLength: 40 }),
        order,
        fc.integer({ min: 1, max: 7 }),
        (rows, columns, chunk) => {
          const lines = rows.map((row) =>
            columns
              .map((column) => {
                const value = (row as Record<string, string | number | null>)[column];
                if (value === undefined) return 'something\\x09else';
                return value === null ? '-' : STRINGS.has(column) ? escaped(String(value)) : String(value);
              })
              .join('\t')
              // Zeek escapes a row's first character where it would make a header of it.
              .replace(/^#/, '\\x23'),
          );
          const { rows: found, skipped } = read(
            `${HEADER}${fieldsOf(columns)}${lines.join('\n')}\n#close\t2026\n`,
            chunk,
          );
          expect(skipped).toEqual([]);
          expect(found).toEqual(rows.map((row) => ({ ...row, ts: Number(row.ts) })));
        },
      ),
    );
  });

  test('counts every line that is no row, with its number, whatever stands in it', () => {
    const junk = fc.string({ minLength: 1 }).map((text) => text.replace(/[\n#\t]/g, '?'));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyRow, junk), { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        (items, chunk) => {
          const first = '1.0\t1\tA::a\t1\n';
          const names = ['ts', 'run', 'variable', 'size'];
          const lines = items.map((item) =>
            typeof item === 'string' ? item : `${item.ts}\t${item.run}\t${escaped(item.variable)}\t${item.size ?? '-'}`,
          );
          const { rows, skipped, reader } = read(
            `${HEADER}${fieldsOf(names)}${first}${lines.map((line) => `${line}\n`).join('')}`,
            chunk,
          );
          const good = items.filter((item) => typeof item !== 'string').length;
          expect(rows).toHaveLength(1 + good);
          expect(skipped).toEqual(
            items.flatMap((item, i) =>
              typeof item === 'string' ? [`${10 + i}: 1 field where the header names 4`] : [],
            ),
          );
          expect(reader.lines).toBe(9 + items.length);
        },
      ),
    );
  });

  test.each([
    ['1.5\t2\tA::a\t-1', 'size is not a count: "-1"'],
    ['1.5\t2\tA::a\t1e3', 'size is not a count: "1e3"'],
    ['1.5\t2\tA::a\tmany', 'size is not a count: "many"'],
    ['1.5\t2\tA::a\t', 'size is not a count: ""'],
    ['1.5\t2\tA::a\t123456789012345678901', 'size is not a count: "123456789012345678901"'],
    ['1.5.5\t2\tA::a\t1', 'ts is not a time: "1.5.5"'],
    ['0.000000\t2\tA::a\t1', 'ts is not a time: "0.000000"'],
    ['-1.5\t2\tA::a\t1', 'ts is not a time: "-1.5"'],
    ['-\t2\tA::a\t1', 'no ts'],
    ['1.5\t-\tA::a\t1', 'no run'],
    ['1.5\tx\tA::a\t1', 'run is not a count: "x"'],
    ['1.5\t2\t-\t1', 'no variable'],
    ['1.5\t2\tA::a', '3 fields where the header names 4'],
    ['1.5\t2\tA::a\t1\t5', '5 fields where the header names 4'],
  ])('skips %j, saying why, every time it comes', (line, reason) => {
    const good = '1.5\t2\tA::a\t7';
    const { rows, skipped } = read(
      `${HEADER}${fieldsOf(['ts', 'run', 'variable', 'size'])}${[good, line, good, line, line, good].join('\n')}\n`,
    );
    expect(rows.map(({ size, ts }) => [size, ts])).toEqual([7, 7, 7].map((size) => [size, 1.5]));
    expect(skipped).toEqual([10, 12, 13].map((at) => `${at}: ${reason}`));
  });

  test('follows a header that changes on the way, and says so', () => {
    const log = `${HEADER}${fieldsOf(['ts', 'run', 'variable', 'size'])}1.0\t1\tA::a\t5\n#close\tx\n${HEADER}${fieldsOf(['size', 'variable', 'run', 'ts', 'node'])}6\tA::a\t2\t2.0\tw\n`;
    const { rows, reader } = read(log);
    expect(rows.map(({ ts, run, size, node }) => ({ ts, run, size, node }))).toEqual([
      { ts: 1, run: 1, size: 5, node: null },
      { ts: 2, run: 2, size: 6, node: 'w' },
    ]);
    expect(reader.layoutChanged).toBe(true);
  });

  test('uses the separator and the words for empty and unset that the header names', () => {
    const log =
      '#separator |\n#empty_field|EMPTY\n#unset_field|NULL\n#path|my_stats\n#fields|ts|run|node|variable|size\n1.0|1|EMPTY|A|NULL\n1.0|1|-|B|2\n';
    expect(read(log).rows.map(({ node, variable, size }) => [node, variable, size])).toEqual([
      ['', 'A', null],
      ['-', 'B', 2],
    ]);
  });

  test('reads the bare header that the writer leaves with its tsv option', () => {
    const { rows } = read('ts\trun\tnode\tmodule_name\tvariable\tsize\n1.0\t1\tw\tA\tA::a\t5\n');
    expect(rows).toHaveLength(1);
  });

  test('remembers no more than it can hold when nothing recurs', () => {
    const lines = Array.from({ length: 150_000 }, (_, i) => `${i + 1}.0\t${i}\tV::${i}\t1\n`);
    const { rows, skipped } = read(`${HEADER}${fieldsOf(['ts', 'run', 'variable', 'size'])}${lines.join('')}`, 10_000);
    expect(skipped).toEqual([]);
    expect([rows.length, rows.at(-1)!.variable, rows.at(-1)!.run]).toEqual([150_000, 'V::149999', 149_999]);
  });

  test.each([
    ['#fields\tts\trun\tvariable\n', 'missing-columns', 'without the column size'],
    [
      '#fields\tts\trun\tvariable\tsize\n#types\ttime\tcount\tstring\tstring\n',
      'column-type',
      'column size is declared as string',
    ],
    ['#fields\tts\trun\tvariable\tsize\tsize\n', 'bad-header', 'the column size is named twice'],
    ['#fields\tts\trun\tvariable\tsize\n#types\ttime\n', 'bad-header', '1 types for 4 fields'],
    ['#separator \\x09\\x09\n', 'bad-header', 'one ASCII character'],
  ])('refuses the header %j', (header, code, words) => {
    const log = `#path\tmy_stats\n${header}1.0\t1\tA\t2\n`;
    try {
      read(log);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ExpectedError);
      expect((error as ExpectedError).code).toBe(code);
      expect((error as ExpectedError).oneLine).toContain(words);
      expect((error as ExpectedError).oneLine).toMatch(/^test\.log:\d+: /);
    }
  });

  test('keeps the positions of its columns', () => {
    expect(SAMPLE).toEqual({ ts: 0, run: 1, variable: 2, size: 3, node: 4, module_name: 5, unit: 6, entries: 7 });
  });
});
