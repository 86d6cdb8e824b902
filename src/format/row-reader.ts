/** What every format offers: bytes in, rows out. */

/**
 * Takes `count` rows, the first with its columns from `values[from]` on, each `stride` further. A row has one number per
 * column of the log's kind, in its order; `values` is used again for the next rows, so whoever keeps a row copies it.
 */
export type RowsHandler = (values: Float64Array, from: number, stride: number, count: number) => void;

/** Receives rows as they are read. */
export interface RowSink {
  readonly rows: RowsHandler;
  /** A row that could not be read; `line` counts from 1 where the reader started. */
  skipped(line: number, reason: string): void;
}

/** Hands rows on one by one, each at the beginning of an array that is used again for the next. */
export function eachRow(take: (values: Float64Array) => void): RowsHandler {
  let single = new Float64Array(0);
  return (values, from, stride, count) => {
    if (from === 0 && count === 1) {
      take(values);
      return;
    }
    if (single.length !== stride) single = new Float64Array(stride);
    for (let row = 0, at = from; row < count; row++, at += stride) {
      for (let column = 0; column < stride; column++) single[column] = values[at + column]!;
      take(single);
    }
  };
}

export interface RowReader {
  /**
   * Reads whole lines. `buffer[end - 1]` must be a newline (or `end` 0).
   *
   * @throws ExpectedError for a header that cannot be used
   */
  read(buffer: Uint8Array, end: number): void;
  /** Counts a line that is not given to it as one that could not be read. */
  skipLine(reason: string): void;
  /** Lines seen so far, headers and blank ones included. */
  readonly lines: number;
  /** True once the log's layout has changed on the way: what was read before from elsewhere in it may be wrong. */
  readonly layoutChanged: boolean;
  /** True once a count came that no double holds: the row has the one nearest to it. */
  readonly hasRounded: boolean;
}

/** No count of Zeek's has more digits: the largest is 2^64 - 1. */
export const MAX_DIGITS = 20;
/** The number nearest to the largest count. */
export const MAX_COUNT = 2 ** 64;
/** Any whole number of so many digits is a double exactly. */
export const EXACT_DIGITS = 15;
