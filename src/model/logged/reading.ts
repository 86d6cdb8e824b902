/** What reading the logs found besides the rows: nothing is dropped without being counted here. */

export interface SkippedRow {
  readonly file: string;
  /** Counted from 1 in the file's (uncompressed) text; null where only its end was read. */
  readonly line: number | null;
  readonly reason: string;
}

export interface FileReading {
  readonly path: string;
  readonly rows: number;
}

export interface Reading {
  /** Files that were opened for this answer, in the order of their time. */
  readonly files: readonly FileReading[];
  readonly rows: number;
  readonly skipped: number;
  /** The first few of the skipped rows. */
  readonly examples: readonly SkippedRow[];
  /** Lines at the end of a live log that had not been written to their end. Not errors, and not counted as skipped. */
  readonly unfinished: number;
  /** Facts about the input that the reader of an answer should know, one sentence each. */
  readonly notes: readonly string[];
}

export const EMPTY_READING: Reading = { files: [], rows: 0, skipped: 0, examples: [], unfinished: 0, notes: [] };

/** How many skipped rows are kept as examples. */
export const SKIPPED_EXAMPLES = 5;

/** What two readings come to together. */
export function addReadings(a: Reading, b: Reading): Reading {
  return {
    files: [...a.files, ...b.files],
    rows: a.rows + b.rows,
    skipped: a.skipped + b.skipped,
    examples: [...a.examples, ...b.examples].slice(0, SKIPPED_EXAMPLES),
    unfinished: a.unfinished + b.unfinished,
    notes: [...new Set([...a.notes, ...b.notes])],
  };
}
