/** What every format offers: bytes in, rows out. */

/**
 * Receives rows as they are read. `values` has one number per column of the log's kind, in its order, and is used
 * again for the next row: whoever keeps a row copies it.
 */
export interface RowSink {
  row(values: Float64Array): void;
  /** Takes `count` rows at once, the first at `values[from]`, each `stride` further; left out by those who take each. */
  rows?(values: Float64Array, from: number, stride: number, count: number): void;
  /** A row that could not be read; `line` counts from 1 where the reader started. */
  skipped(line: number, reason: string): void;
}

export interface RowReader {
  /**
   * Reads whole lines. `buffer[end - 1]` must be a newline (or `end` 0).
   *
   * @throws ExpectedError for a header that cannot be used
   */
  read(buffer: Uint8Array, end: number): void;
  /** Lines seen so far, headers and blank ones included. */
  readonly lines: number;
  /** True once the log's layout has changed on the way: what was read before from elsewhere in it may be wrong. */
  readonly layoutChanged: boolean;
}

/** No count of Zeek's has more digits: the largest is 2^64 - 1. */
export const MAX_DIGITS = 20;
