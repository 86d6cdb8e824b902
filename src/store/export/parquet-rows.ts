/** Rows as Parquet: https://parquet.apache.org/docs/file-format */

import { gzipSync } from 'node:zlib';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ByteRange } from '../../model/bytes.ts';
import type { OutputFile } from './output-file.ts';
import {
  countOf,
  type ExportedColumn,
  type ExportedRun,
  type ExportedVariable,
  microsOf,
  type RowWriter,
} from './rows.ts';

type Cell = string | bigint | null;

/** So many are in memory before they are written. */
const GROUP_ROWS = 100_000;
const TIMES: readonly string[] = ['ts', 'boot'];
const COUNTS: readonly string[] = ['run', 'size', 'entries', 'bytes_low', 'bytes_likely', 'bytes_high'];

/** A row is its cells from the module on. */
export class ParquetRows implements RowWriter<readonly Cell[]> {
  readonly #file: OutputFile;
  #writer: ParquetWriter | null = null;
  readonly #names: readonly ExportedColumn[];
  #columns: Cell[][] = [];

  constructor(file: OutputFile, names: readonly ExportedColumn[]) {
    this.#file = file;
    this.#names = names;
  }

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
      schema: schemaOf(this.#names),
      ...options,
    });
    this.#columns = this.#names.map(() => []);
  }

  rowOf(
    { moduleName, variable, unit, package: packageName, script, sensor }: ExportedVariable,
    size: number | null,
    entries: number | null,
    bytes: ByteRange | null,
  ): readonly Cell[] {
    const count = (value: number | undefined | null) => (value == null ? null : countOf(value));
    const weight = [count(bytes?.low), count(bytes?.likely), count(bytes?.high)];
    return [moduleName, variable, count(size), unit, count(entries), packageName, script, ...weight, sensor];
  }

  write({ ts, run, node, boot }: ExportedRun, rows: readonly (readonly Cell[])[]): void {
    const common = [microsOf(ts), countOf(run), node, microsOf(boot)];
    for (const row of rows) {
      for (let i = 0; i < common.length; i++) this.#columns[i]!.push(common[i]!);
      for (let i = common.length; i < this.#columns.length; i++) this.#columns[i]!.push(row[i - common.length]!);
    }
    if (this.#columns[0]!.length >= GROUP_ROWS) this.#flush();
  }

  end(): void {
    this.#flush();
    this.#writer!.finish();
  }

  #flush(): void {
    const columnData = this.#names.map((name, i) => ({ name, data: this.#columns[i]! }));
    this.#writer!.write({ columnData, rowGroupSize: GROUP_ROWS });
    this.#columns = this.#names.map(() => []);
  }
}

const schemaOf = (columns: readonly ExportedColumn[]) => [
  { name: 'rows', num_children: columns.length },
  ...columns.map((name) => {
    const column = { name, repetition_type: 'OPTIONAL' } as const;
    if (TIMES.includes(name))
      return {
        ...column,
        type: 'INT64',
        converted_type: 'TIMESTAMP_MICROS',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
      } as const;
    if (COUNTS.includes(name)) return { ...column, type: 'INT64', converted_type: 'UINT_64' } as const;
    return { ...column, type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
  }),
];
