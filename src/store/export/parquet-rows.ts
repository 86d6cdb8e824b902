/** Rows as a file of Parquet, written some rows at a time: https://parquet.apache.org/docs/file-format */

import { gzipSync } from 'node:zlib';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ColumnKind } from '../../format/log-kind.ts';
import type { ByteRange } from '../../model/bytes.ts';
import type { OutputFile } from './output-file.ts';
import {
  countMicroseconds,
  type ExportedColumn,
  type ExportedRun,
  type ExportedVariable,
  type RowWriter,
  writeCount,
} from './rows.ts';

const TIMES: readonly string[] = ['ts', 'boot'];
const COUNTS: readonly string[] = ['run', 'size', 'entries', 'bytes_low', 'bytes_likely', 'bytes_high'];

/** A row is its cells from the module on. */
export class ParquetRows implements RowWriter<readonly ParquetValue[]> {
  readonly #file: ParquetFile;

  constructor(file: OutputFile, names: readonly ExportedColumn[]) {
    const columns = names.map((name) => {
      return { name, kind: TIMES.includes(name) ? 'time' : COUNTS.includes(name) ? 'count' : 'string' } as const;
    });
    this.#file = new ParquetFile(file, columns);
  }

  begin(): void {
    this.#file.begin();
  }

  rowOf(
    { moduleName, variable, unit, package: packageName, script, sensor }: ExportedVariable,
    size: number | null,
    entries: number | null,
    bytes: ByteRange | null,
  ): readonly ParquetValue[] {
    const count = (value: number | undefined | null) => (value == null ? null : writeCount(value));
    const weight = [count(bytes?.low), count(bytes?.likely), count(bytes?.high)];
    return [moduleName, variable, count(size), unit, count(entries), packageName, script, ...weight, sensor];
  }

  write({ ts, run, node, boot }: ExportedRun, rows: readonly (readonly ParquetValue[])[]): void {
    const common = [countMicroseconds(ts), writeCount(run), node, countMicroseconds(boot)];
    for (const row of rows) this.#file.add(common, row);
  }

  end(): void {
    this.#file.end();
  }
}

/** Times are microseconds since the epoch, counts whole numbers, intervals seconds, lists their texts. */
export type ParquetValue = string | bigint | number | boolean | readonly string[] | null;

interface ParquetColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** So many are in memory before they are written. */
const GROUP_ROWS = 100_000;

const TYPES = {
  time: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
  },
  count: { type: 'INT64', converted_type: 'UINT_64' },
  interval: { type: 'DOUBLE' },
  bool: { type: 'BOOLEAN' },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  list: { type: 'BYTE_ARRAY', converted_type: 'JSON' },
} as const satisfies Record<ColumnKind, object>;

export class ParquetFile {
  readonly #file: OutputFile;
  readonly #columns: readonly ParquetColumn[];
  readonly #metadata: Readonly<Record<string, string>>;
  #writer: ParquetWriter | null = null;
  #cells: ParquetValue[][] = [];

  /** @param metadata what the file says of itself, by key */
  constructor(file: OutputFile, columns: readonly ParquetColumn[], metadata: Readonly<Record<string, string>> = {}) {
    this.#file = file;
    this.#columns = columns;
    this.#metadata = metadata;
  }

  /** Before the first row, and where all are to be written anew. */
  begin(): void {
    this.#file.begin();
    const writer = new ByteWriter();
    writer.finish = () => {
      this.#file.append(writer.getBytes());
      writer.index = 0;
    };
    const options = {
      codec: 'GZIP',
      compressors: { GZIP: (bytes: Uint8Array) => gzipSync(bytes, { level: 1 }) },
    } as const;
    this.#writer = new ParquetWriter({
      writer: Object.assign(writer, { flush: writer.finish }),
      schema: [
        { name: 'rows', num_children: this.#columns.length },
        ...this.#columns.map(({ name, kind }) => ({ name, repetition_type: 'OPTIONAL' as const, ...TYPES[kind] })),
      ],
      kvMetadata: Object.entries(this.#metadata).map(([key, value]) => ({ key, value })),
      ...options,
    });
    this.#cells = this.#columns.map(() => []);
  }

  /** A row, its cells in two parts: of the run, and of the variable. */
  add(first: readonly ParquetValue[], rest: readonly ParquetValue[] = []): void {
    for (let i = 0; i < first.length; i++) this.#cells[i]!.push(first[i]!);
    for (let i = first.length; i < this.#cells.length; i++) this.#cells[i]!.push(rest[i - first.length]!);
    if (this.#cells[0]!.length >= GROUP_ROWS) this.flush();
  }

  /** Writes the rows that are in memory. */
  flush(): void {
    const columnData = this.#columns.map(({ name }, i) => ({ name, data: this.#cells[i]! }));
    this.#writer!.write({ columnData, rowGroupSize: GROUP_ROWS });
    this.#cells = this.#columns.map(() => []);
  }

  /** After the last row. */
  end(): void {
    this.flush();
    this.#writer!.finish();
  }
}
