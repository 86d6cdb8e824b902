import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inspect } from '../../src/format/inspect.ts';
import { SAMPLE } from '../../src/format/log-kind.ts';
import { eachRow } from '../../src/format/row-reader.ts';
import { StringPool } from '../../src/format/string-pool.ts';
import { TsvReader } from '../../src/format/tsv-reader.ts';
import { count, fieldsOf, HEADER, READERS, readLog } from './read-log.ts';

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
