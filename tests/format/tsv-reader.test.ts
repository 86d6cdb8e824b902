import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReader, inspect } from '../../src/format/inspect.ts';
import { SAMPLE } from '../../src/format/log-kind.ts';
import { eachRow } from '../../src/format/row-reader.ts';
import { StringPool } from '../../src/format/string-pool.ts';
import { TsvReader } from '../../src/format/tsv-reader.ts';
import { ExpectedError } from '../../src/model/errors.ts';

type Row = Record<string, string | number | null>;
const NAMES = ['ts', 'run', 'variable', 'size', 'node', 'module_name', 'unit', 'entries'] as const;
const STRINGS = new Set(['variable', 'node', 'module_name', 'unit']);

/** How many bytes must come at a time for the kernel to read them. */
const READERS: [string, number][] = [
  ['read by the kernel where it can', 0],
  ['read row by row', Number.POSITIVE_INFINITY],
];

/** Reads a log in chunks that end at whole lines, as the store does. */
function readLog(text: string | Buffer, chunkLines = Number.POSITIVE_INFINITY, worthKernel = 0) {
  const bytes = Buffer.from(text);
  const inspected = inspect(bytes, 'test.log');
  if (inspected?.kind == null) throw new Error('not inspected');
  const pool = new StringPool();
  const rows: Row[] = [];
  const skipped: string[] = [];
  const sink = {
    rows: eachRow((values) => {
      rows.push(
        Object.fromEntries(
          inspected.kind!.columns.map(({ name, kind }, i) => {
            const value = values[i]!;
            return [
              name,
              kind === 'string' ? (value < 0 ? null : pool.text(value)) : Number.isNaN(value) ? null : value,
            ];
          }),
        ),
      );
    }),
    skipped: (line: number, reason: string) => skipped.push(`${line}: ${reason}`),
  };
  const { kind, header, dataLine, format } = inspected;
  const reader =
    format === 'tsv'
      ? new TsvReader(kind, header, pool, sink, 'test.log', dataLine, worthKernel)
      : createReader({ ...inspected, kind }, pool, sink, 'test.log', dataLine);
  const lines = bytes
    .subarray(inspected.dataOffset)
    .toString('latin1')
    .split(/(?<=\n)/);
  for (let i = 0; i < lines.length; i += chunkLines) {
    const chunk = Buffer.from(lines.slice(i, i + chunkLines).join(''), 'latin1');
    reader.read(chunk, chunk.length);
  }
  return { rows, skipped, reader, pool };
}

const HEADER =
  '#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tmy_stats\n#open\t2026-11-24-03-44-04\n';
const TYPES: Record<string, string> = { ts: 'time', run: 'count', size: 'count', entries: 'count' };
const fieldsOf = (names: readonly string[]) =>
  `#fields\t${names.join('\t')}\n#types\t${names.map((name) => TYPES[name] ?? 'string').join('\t')}\n`;

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
const count = fc.oneof(fc.nat(), fc.constantFrom(0, 2 ** 40, 2 ** 53 - 1));
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
    const lines = Array.from({ length: 150_000 }, (_, i) => `${i}.0\t${i}\tV::${i}\t1\n`);
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
    ['#fields\tts\trun\tvariable\tsize\r\n', 'bad-header', 'as on Windows'],
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
    expect(SAMPLE).toEqual({ ts: 0, run: 1, variable: 2, size: 3, node: 4, moduleName: 5, unit: 6, entries: 7 });
  });
});

describe('the kernel', () => {
  /** Texts that look like each other in all but a byte, on both sides of the lengths that are compared at a time. */
  const similar = [1, 15, 16, 17, 31, 32, 33, 47, 48, 49, 64, 65].flatMap((length) => [
    'a'.repeat(length),
    `${'a'.repeat(length - 1)}b`,
    `b${'a'.repeat(length - 1)}`,
  ]);
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 19 }).map((all) => all.join(''));
  const number = fc.oneof(digits, fc.constantFrom('-', '', '0', '00', '4.5', '-1', '9x', 'x'));
  const decimal = fc.oneof(
    fc.tuple(digits, fc.integer({ min: 0, max: 999_999 })).map(([whole, part]) => `${whole}.${part}`),
    fc.constantFrom('1795392060.000000', '1795392060', '1.', '.5', '-1.5', '1.1234567', '1.2.3', '-'),
  );
  const line = fc.oneof(
    {
      weight: 20,
      arbitrary: fc
        .tuple(
          decimal,
          fc.constantFrom('1', '2', '3', '-'),
          fc.constantFrom('worker-1', 'worker-2', '-'),
          fc.constantFrom(...similar),
          number,
          number,
        )
        .map((fields) => fields.join('\t')),
    },
    { weight: 1, arbitrary: fc.constantFrom('', '#close\tx', 'junk', '1.0\t1\tw', '1.0\t1\tw\ta\t5\t6\t7', '\x00') },
  );

  test('reads what is read row by row, alike', () => {
    const header = `${HEADER}${fieldsOf(['ts', 'run', 'node', 'variable', 'size', 'entries'])}`;
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 50 }),
        (lines, times, chunk) => {
          const log = `${header}${`${lines.join('\n')}\n`.repeat(times)}`;
          const [kernel, plain] = READERS.map(([, worthKernel]) => readLog(log, chunk, worthKernel));
          expect(kernel!.rows).toEqual(plain!.rows);
          expect(kernel!.skipped).toEqual(plain!.skipped);
          expect(kernel!.reader.lines).toBe(plain!.reader.lines);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('reads numbers exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(count, fc.nat({ max: 999_999 })), { minLength: 1, maxLength: 50 }), (numbers) => {
        const lines = numbers.map(
          ([size, micro]) => `1795392060.${String(micro).padStart(6, '0')}\t1\tA::a\t${size}\n`,
        );
        const { rows } = readLog(`${HEADER}${fieldsOf(['ts', 'run', 'variable', 'size'])}${lines.join('')}`);
        expect(rows.map(({ ts, size }) => [ts, size])).toEqual(
          numbers.map(([size, micro]) => [Number(`1795392060.${String(micro).padStart(6, '0')}`), size]),
        );
      }),
    );
  });

  test('serves two readers by turns', () => {
    const log = (names: string[]) =>
      `${HEADER}${fieldsOf(['ts', 'run', 'variable', 'size'])}${names.map((name, i) => `1.0\t1\t${name}\t${i}\n`).join('')}`;
    const names = ['a', 'b', 'c', 'a', 'b', 'c', 'b', 'a'];
    const logs = [log(names), log(names.map((name) => `other-${name}`))];
    const rows: string[][] = [[], []];
    const pools = [new StringPool(), new StringPool()];
    const readers = logs.map((text, i) => {
      const { kind, header, dataOffset, dataLine } = inspect(Buffer.from(text), 'f')!;
      const sink = {
        rows: eachRow((values) => {
          rows[i]!.push(pools[i]!.text(values[SAMPLE.variable]!));
        }),
        skipped: () => expect.unreachable(),
      };
      const reader = new TsvReader(kind!, header, pools[i]!, sink, 'f', dataLine, 0);
      return { reader, lines: text.slice(dataOffset).split(/(?<=\n)/) };
    });
    for (let turn = 0; turn < names.length; turn += 2) {
      for (const { reader, lines } of readers) {
        const chunk = Buffer.from(lines.slice(turn, turn + 2).join(''));
        reader.read(chunk, chunk.length);
      }
    }
    expect(rows).toEqual([names, names.map((name) => `other-${name}`)]);
  });

  test('leaves lines longer than its window to the reader', () => {
    const long = 'x'.repeat(400_000);
    const { rows } = readLog(
      `${HEADER}${fieldsOf(['ts', 'run', 'variable', 'size'])}${`1.0\t1\ta\t5\n1.0\t1\t${long}\t6\n`.repeat(3)}`,
    );
    expect(rows.map(({ variable, size }) => [String(variable).length, size])).toEqual(
      Array.from({ length: 6 }, (_, i) => (i % 2 === 0 ? [1, 5] : [400_000, 6])),
    );
  });
});

describe('a Zeek log in JSON lines', () => {
  const read = (text: string) => readLog(text);
  const line = (more: object) =>
    `${JSON.stringify({ ts: 1_795_492_285.437_856, run: 1, variable: 'A::a', size: 5, ...more })}\n`;

  test.each([
    [1_795_492_285.437_856, 1_795_492_285.437_856],
    [1_795_492_285_437.856, 1_795_492_285.437_856],
    ['2026-11-24T03:51:25.437856Z', 1_795_492_285.437_856],
    ['2026-11-24T03:51:25Z', 1_795_492_285],
  ])('reads the time %j', (written, ts) => {
    expect(read(line({ ts: written })).rows[0]!.ts).toBeCloseTo(ts, 6);
  });

  test('skips what is no row, with the reason', () => {
    const log =
      line({}) +
      line({ size: -1 }) +
      line({ size: '5' }) +
      line({ variable: null }) +
      line({ ts: 'noon' }) +
      '{"ts":\n[]\n\n' +
      line({ size: null });
    const { rows, skipped } = read(log);
    expect(rows.map(({ size }) => size)).toEqual([5, null]);
    expect(skipped).toEqual([
      '2: size is not a count: -1',
      '3: size is not a count: "5"',
      '4: no variable',
      '5: ts is not a time: "noon"',
      '6: not JSON',
      '7: not a JSON object',
    ]);
  });
});

describe('what a file is', () => {
  test.each([
    ['', null],
    ['hello\nworld\n', null],
    ['{"a":1}\n', 'unknown'],
    [`${HEADER}${fieldsOf(['ts', 'run', 'variable', 'size'])}`, 'my_stats'],
    ['#separator \\x09\n#path\tconn\n#fields\tts\tuid\n', 'unknown'],
    ['{"ts":1,"node":"a","message":"m"}\n', 'cluster'],
    ['{"ts":1,"run":1,"boot":1,"duration":0.1}\n', 'my_stats_node'],
    ['{"_path":"my_stats","x":1}\n', 'my_stats'],
  ])('%j', (text, kind) => {
    const found = inspect(Buffer.from(text), 'f');
    expect(found === null ? null : (found.kind?.name ?? 'unknown')).toBe(kind);
  });
});
