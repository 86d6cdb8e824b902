/** Rows as CSV. */

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

/** So much text is written at once, in characters. */
const BLOCK = 1 << 20;

/** A row is what stands on its line after what it has in common with the others of its run. */
export class CsvRows implements RowWriter<string> {
  readonly #file: OutputFile;
  readonly #columns: readonly ExportedColumn[];
  #text = '';

  constructor(file: OutputFile, columns: readonly ExportedColumn[]) {
    this.#file = file;
    this.#columns = columns;
  }

  begin(): void {
    this.#file.begin();
    this.#text = `${this.#columns.join(',')}\n`;
  }

  rowOf(
    { moduleName, variable, unit, package: packageName, script, sensor }: ExportedVariable,
    size: number | null,
    entries: number | null,
    bytes: ByteRange | null,
  ): string {
    const { low = null, likely = null, high = null } = bytes ?? {};
    const cells = [moduleName, variable, size, unit, entries, packageName, script, low, likely, high];
    if (this.#columns.includes('sensor')) cells.push(sensor);
    return `,${cells.map(writeCell).join()}\n`;
  }

  write({ ts, run, node, boot }: ExportedRun, rows: readonly string[]): void {
    const common = [writeTime(ts), writeCell(run), writeCell(node), writeTime(boot)].join();
    for (const row of rows) this.#text += common + row;
    if (this.#text.length < BLOCK) return;
    this.#file.append(Buffer.from(this.#text));
    this.#text = '';
  }

  end(): void {
    this.#file.append(Buffer.from(this.#text));
  }
}

/** An empty text is told from none. */
function writeCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(writeCount(value));
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** In UTC, and says so. */
function writeTime(ts: number): string {
  const micros = countMicroseconds(ts);
  const seconds = new Date(Number(micros / 1_000_000n) * 1000).toISOString().slice(0, -'.000Z'.length);
  return `${seconds}.${String(micros % 1_000_000n).padStart(6, '0')}Z`;
}
