/** Rows into the database as columns of numbers and ids of texts, without a call per number. */

import { DOUBLE, type DuckDBAppender, DuckDBDataChunk, UINTEGER, USMALLINT, VARCHAR } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import type { RowBatch } from '../scans/load-scan.ts';
import type { Database } from './database.ts';

const TYPES = [UINTEGER, UINTEGER, USMALLINT, DOUBLE, DOUBLE];
/** DuckDB's vectors hold this many values. */
const CHUNK_ROWS = duckdb.vector_size();

/** Ids in the database of what a batch's own indexes stand for. */
export interface StoredIds {
  readonly runs: Uint32Array;
  readonly variables: Uint32Array;
  readonly units: Uint16Array;
}

export class SampleAppender {
  readonly #appender: DuckDBAppender;
  /** Used again and again: one per append would wait, outside of what JavaScript counts, for its memory to be cleaned up. */
  readonly #chunk = DuckDBDataChunk.create(TYPES);

  private constructor(appender: DuckDBAppender) {
    this.#appender = appender;
  }

  static async open({ connection }: Database): Promise<SampleAppender> {
    return new SampleAppender(await connection.createAppender('samples', 'stored'));
  }

  /**
   * Uses the batch up.
   *
   * @param takes false for a row that is left out
   */
  append(batch: RowBatch, ids: StoredIds, takes: (run: number, variable: number, unit: number) => boolean): void {
    const { runIndex, variableIndex, unitIndex, size, entries } = batch;
    let rows = 0;
    for (let row = 0; row < batch.rows; row++) {
      const run = ids.runs[runIndex[row]!]!;
      const variable = ids.variables[variableIndex[row]!]!;
      const unit = ids.units[unitIndex[row]!]!;
      if (!takes(run, variable, unit)) continue;
      runIndex[rows] = run;
      variableIndex[rows] = variable;
      unitIndex[rows] = unit;
      size[rows] = size[row]!;
      entries[rows] = entries[row]!;
      rows++;
    }
    const columns = [runIndex, variableIndex, unitIndex, size, entries];
    for (let start = 0; start < rows; start += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, rows - start);
      this.#chunk.reset();
      this.#chunk.rowCount = count;
      columns.forEach((column, i) => {
        const vector = duckdb.data_chunk_get_vector(this.#chunk.chunk, i);
        const width = column.BYTES_PER_ELEMENT;
        duckdb.copy_data_to_vector(vector, 0, column.buffer, start * width, count * width);
      });
      this.#appender.appendDataChunk(this.#chunk);
    }
  }

  close(): void {
    this.#appender.flushSync();
    this.#appender.closeSync();
  }
}

/** Appends rows to a table whose columns of texts (null for none) come first, and those of numbers (NaN for none) last. */
export class RowAppender {
  readonly #appender: DuckDBAppender;
  readonly #texts: (string | null)[][];
  readonly #numbers: Float64Array<ArrayBuffer>[];
  #rows = 0;

  /** @param texts how many columns of texts there are; `numbers` likewise */
  constructor(appender: DuckDBAppender, texts: number, numbers: number) {
    this.#appender = appender;
    this.#texts = Array.from({ length: texts }, () => []);
    this.#numbers = Array.from({ length: numbers }, () => new Float64Array(CHUNK_ROWS));
  }

  add(texts: readonly (string | null)[], numbers: ArrayLike<number>): void {
    const row = this.#rows++;
    for (let i = 0; i < this.#texts.length; i++) this.#texts[i]![row] = texts[i]!;
    for (let i = 0; i < this.#numbers.length; i++) this.#numbers[i]![row] = numbers[i]!;
    if (this.#rows === CHUNK_ROWS) this.#flush();
  }

  close(): void {
    this.#flush();
    this.#appender.closeSync();
  }

  #flush(): void {
    const count = this.#rows;
    if (count === 0) return;
    const texts = this.#texts.length;
    const types = [...this.#texts.map(() => VARCHAR), ...this.#numbers.map(() => DOUBLE)];
    const chunk = DuckDBDataChunk.create(types, count);
    this.#texts.forEach((column, i) => {
      chunk.setColumnValues(i, column.slice(0, count));
    });
    this.#numbers.forEach((column, i) => {
      const vector = duckdb.data_chunk_get_vector(chunk.chunk, texts + i);
      duckdb.copy_data_to_vector(vector, 0, column.buffer, 0, count * column.BYTES_PER_ELEMENT);
    });
    this.#appender.appendDataChunk(chunk);
    this.#rows = 0;
  }
}
