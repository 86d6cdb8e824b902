/** Adds up what reading the pieces of logs found, with line numbers counted in the whole file. */

import { addReadings, EMPTY_READING, type Reading } from '../../model/logged/reading.ts';
import type { LogFile } from './log-file.ts';
import { countLinesBefore } from './piece-plan.ts';
import type { Piece, PieceReading } from './scan.ts';

export class ReadingSum {
  #sum: Reading = EMPTY_READING;
  readonly #lines = new Map<LogFile, number>();

  /** Takes the pieces of a log in their order. */
  add(piece: Piece, reading: PieceReading): void {
    const { log } = piece;
    const before = this.#linesBefore(piece, reading);
    if (before !== null) this.#lines.set(log, before + reading.lines);
    const files = this.#sum.files;
    const known = files.find((file) => file.path === log.path);
    const rows = (known?.rows ?? 0) + reading.rows;
    const examples = reading.examples.map((row) => ({ ...row, line: (row.line ?? 0) + (before ?? 0) }));
    this.#sum = {
      ...addReadings(this.#sum, {
        ...EMPTY_READING,
        rows: reading.rows,
        skipped: reading.skipped,
        examples,
        unfinished: reading.unfinished,
        notes: reading.notes,
      }),
      files:
        known === undefined
          ? [...files, { path: log.path, rows }]
          : files.map((file) => (file === known ? { path: log.path, rows } : file)),
    };
  }

  get sum(): Reading {
    return this.#sum;
  }

  /** Null where nobody needs to know: counting the lines of a long log takes time. */
  #linesBefore({ log, from }: Piece, { skipped }: PieceReading): number | null {
    if (from <= log.inspected.dataOffset) return 0;
    return this.#lines.get(log) ?? (skipped > 0 ? countLinesBefore(log, from) : null);
  }
}
