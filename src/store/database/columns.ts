/** Columns of numbers and texts into the database, without a call per number. */

import { DOUBLE, type DuckDBAppender, DuckDBDataChunk, VARCHAR } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** DuckDB's vectors hold this many values. */
const CHUNK_ROWS = duckdb.vector_size();

/** Appends rows to a table whose columns of texts (null for none) come first, and those of numbers (NaN for none) last. */
export class RowAppender {
  readonly #appender: DuckDBAppender;
  readonly #texts: (string | null)[][];
  readonly #numbers: Float64Array<ArrayBuffer>[];
  #rows = 0;

  /** @param texts columns of texts; `numbers` likewise: only how many there are counts */
  constructor(appender: DuckDBAppender, texts: readonly unknown[], numbers: readonly unknown[]) {
    this.#appender = appender;
    this.#texts = texts.map(() => []);
    this.#numbers = numbers.map(() => new Float64Array(CHUNK_ROWS));
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
