/** Cuts logs into pieces that can be read at the same time, and leaves out what lies outside a span of time. */

import { closeSync, openSync, readSync } from 'node:fs';
import { createReader } from '../format/inspect.ts';
import { eachRow } from '../format/row-reader.ts';
import { StringPool } from '../format/string-pool.ts';
import type { LogFile } from './log-file.ts';
import { type Piece, wholeLog } from './scan.ts';

/** Large enough that a piece's own cost does not show, small enough that the last one does not hold up the rest. */
const PIECE_BYTES = 64 * 1024 * 1024;
/** The same for loading, where all that a piece has stays in memory until it is taken over. */
const LOADED_BYTES = 16 * 1024 * 1024;
/** Rows of different nodes reach the log in slightly different order than their times, in seconds. */
const DISORDER = 120;
const LOOK = 64 * 1024;
const NEWLINE = 0x0a;

/** A plain log opened for reading at any place. */
export class RandomAccess {
  readonly #log: LogFile;
  readonly #fd: number;

  private constructor(log: LogFile, fd: number) {
    this.#log = log;
    this.#fd = fd;
  }

  /** Null where it is gone, or cannot be opened any more: whoever reads it from its start says so. */
  static open(log: LogFile): RandomAccess | null {
    try {
      return new RandomAccess(log, openSync(log.source, 'r'));
    } catch {
      return null;
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  bytes(from: number, to: number): Uint8Array {
    const buffer = Buffer.allocUnsafe(Math.max(0, to - from));
    let length = 0;
    while (length < buffer.length) {
      const read = readSync(this.#fd, buffer, length, buffer.length - length, from + length);
      if (read === 0) break;
      length += read;
    }
    return buffer.subarray(0, length);
  }

  /** The start of the first line that begins at or after `offset`; the file's size if there is none. */
  lineAt(offset: number): number {
    if (offset <= this.#log.inspected.dataOffset) return this.#log.inspected.dataOffset;
    for (let at = offset - 1; at < this.#log.size; at += LOOK) {
      const newline = this.bytes(at, Math.min(at + LOOK, this.#log.size)).indexOf(NEWLINE);
      if (newline >= 0) return at + newline + 1;
    }
    return this.#log.size;
  }

  /** The time of the first row that can be read at or after `offset`; null where there is none in the next lines. */
  timeAt(offset: number): number | null {
    const start = this.lineAt(offset);
    const bytes = this.bytes(start, Math.min(start + LOOK, this.#log.size));
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    let ts: number | null = null;
    const sink = {
      rows: eachRow((values) => {
        ts ??= values[0]!;
      }),
      skipped: () => {},
    };
    createReader(this.#log.inspected, new StringPool(), sink, this.#log.path, 0).read(bytes, end);
    return ts;
  }

  /** An offset before which all rows are earlier than `ts`, by bisection; the disorder of rows is allowed for. */
  offsetOf(ts: number): number {
    let low = this.#log.inspected.dataOffset;
    let high = this.#log.size;
    while (high - low > LOOK) {
      const middle = Math.floor((low + high) / 2);
      const found = this.timeAt(middle);
      if (found !== null && found < ts - DISORDER) low = middle;
      else high = middle;
    }
    return this.lineAt(low);
  }

  /** An offset from which on all rows are later than `ts`. */
  offsetAfter(ts: number): number {
    return ts + 2 * DISORDER >= (this.lastTime() ?? Number.POSITIVE_INFINITY)
      ? this.#log.size
      : Math.min(this.#log.size, this.lineAt(this.offsetOf(ts + 2 * DISORDER) + LOOK));
  }

  lastTime(): number | null {
    for (let look = LOOK; ; look *= 4) {
      const start = this.lineAt(Math.max(this.#log.inspected.dataOffset, this.#log.size - look));
      const bytes = this.bytes(start, this.#log.size);
      let ts: number | null = null;
      const sink = {
        rows: eachRow((values) => {
          ts = values[0]!;
        }),
        skipped: () => {},
      };
      createReader(this.#log.inspected, new StringPool(), sink, this.#log.path, 0).read(
        bytes,
        bytes.lastIndexOf(NEWLINE) + 1,
      );
      if (ts !== null || start <= this.#log.inspected.dataOffset) return ts;
    }
  }
}

/**
 * The pieces of logs (in the order of their first rows) that can hold rows from `since` to `until`.
 */
export function planPieces(logs: readonly LogFile[], since: number | null, until: number | null): Piece[] {
  return logs.flatMap((log, i) => {
    if (until !== null && log.firstTs > until + DISORDER) return [];
    // Logs follow one another: one that a later log begins before `since` after holds nothing of the span.
    const next = logs[i + 1];
    if (since !== null && log.compression !== 'none' && next !== undefined && next.firstTs < since - DISORDER)
      return [];
    return log.compression === 'none' ? plainPieces(log, since, until) : [wholeLog(log)];
  });
}

function plainPieces(log: LogFile, since: number | null, until: number | null): Piece[] {
  const file = RandomAccess.open(log);
  if (file === null) return [wholeLog(log)];
  try {
    if (since === null && until === null) return cut(log, file, 0, log.size);
    const ordered = (file.lastTime() ?? 0) >= log.firstTs;
    const from = since !== null && ordered && since - DISORDER > log.firstTs ? file.offsetOf(since) : 0;
    const to = until !== null && ordered ? file.offsetAfter(until) : log.size;
    return cut(log, file, from, to);
  } finally {
    file.close();
  }
}

/** The pieces of a log for loading. */
export function cutPieces(log: LogFile): Piece[] {
  const file = log.compression === 'none' ? RandomAccess.open(log) : null;
  if (file === null) return [wholeLog(log)];
  try {
    return cut(log, file, 0, log.size, LOADED_BYTES);
  } finally {
    file.close();
  }
}

function cut(log: LogFile, file: RandomAccess, from: number, to: number, bytes = PIECE_BYTES): Piece[] {
  const pieces: Piece[] = [];
  for (let start = from; start < to; ) {
    const end = to - start < 1.5 * bytes ? to : file.lineAt(start + bytes);
    // The last piece is open: a live log may have grown since it was measured.
    pieces.push({ log, from: start, to: end >= log.size ? Number.POSITIVE_INFINITY : end });
    start = end;
  }
  return pieces;
}

/** How many lines stand before `offset`. */
export function linesBefore(log: LogFile, offset: number): number {
  const file = RandomAccess.open(log);
  if (file === null) return 0;
  try {
    let lines = 0;
    for (let at = 0; at < offset; at += PIECE_BYTES) {
      const bytes = file.bytes(at, Math.min(at + PIECE_BYTES, offset));
      for (let newline = bytes.indexOf(NEWLINE); newline >= 0; newline = bytes.indexOf(NEWLINE, newline + 1)) lines++;
    }
    return lines;
  } finally {
    file.close();
  }
}
