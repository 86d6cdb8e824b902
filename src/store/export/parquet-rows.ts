/** Exported rows as Parquet. */

import type { ByteRange } from '../../model/bytes.ts';
import type { OutputFile } from './output-file.ts';
import { type Cell, ParquetFile } from './parquet-file.ts';
import {
  countOf,
  type ExportedColumn,
  type ExportedRun,
  type ExportedVariable,
  microsOf,
  type RowWriter,
} from './rows.ts';

const TIMES: readonly string[] = ['ts', 'boot'];
const COUNTS: readonly string[] = ['run', 'size', 'entries', 'bytes_low', 'bytes_likely', 'bytes_high'];

/** A row is its cells from the module on. */
export class ParquetRows implements RowWriter<readonly Cell[]> {
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
  ): readonly Cell[] {
    const count = (value: number | undefined | null) => (value == null ? null : countOf(value));
    const weight = [count(bytes?.low), count(bytes?.likely), count(bytes?.high)];
    return [moduleName, variable, count(size), unit, count(entries), packageName, script, ...weight, sensor];
  }

  write({ ts, run, node, boot }: ExportedRun, rows: readonly (readonly Cell[])[]): void {
    const common = [microsOf(ts), countOf(run), node, microsOf(boot)];
    for (const row of rows) this.#file.add(common, row);
  }

  end(): void {
    this.#file.end();
  }
}
