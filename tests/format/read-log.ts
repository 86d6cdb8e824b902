/** Reads whole logs from texts, for the tests of readers. */

import fc from 'fast-check';
import { createReader, inspect } from '../../src/format/inspect.ts';
import { eachRow } from '../../src/format/row-reader.ts';
import { StringPool } from '../../src/format/string-pool.ts';
import { TsvReader } from '../../src/format/tsv-reader.ts';

type Row = Record<string, string | number | null>;

/** How many bytes must come at a time for the kernel to read them. */
export const READERS: [string, number][] = [
  ['read by the kernel where it can', 0],
  ['read row by row', Number.POSITIVE_INFINITY],
];

/** Reads a log in chunks that end at whole lines, as the store does. */
export function readLog(text: string | Buffer, chunkLines = Number.POSITIVE_INFINITY, worthKernel = 0) {
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

export const HEADER =
  '#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tmy_stats\n#open\t2026-11-24-03-44-04\n';
const TYPES: Record<string, string> = { ts: 'time', run: 'count', size: 'count', entries: 'count' };
export const fieldsOf = (names: readonly string[]) =>
  `#fields\t${names.join('\t')}\n#types\t${names.map((name) => TYPES[name] ?? 'string').join('\t')}\n`;

/** Numbers that a count may be. */
export const count = fc.oneof(fc.nat(), fc.constantFrom(0, 2 ** 40, 2 ** 53 - 1));
