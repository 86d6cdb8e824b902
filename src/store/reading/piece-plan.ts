/** Cuts logs into pieces that can be read at the same time, and leaves out what lies outside a span of time. */

import { closeSync, openSync, readSync } from 'node:fs';
import { createReader } from '../../format/inspect.ts';
import { eachRow } from '../../format/row-reader.ts';
import { StringPool } from '../../format/string-pool.ts';
import { DISORDER } from '../runs/run-tracker.ts';
import type { LogFile } from './log-file.ts';
import { coverLog, type Piece } from './scan.ts';

/** Large enough that a piece's own cost does not show, small enough that the last one does not hold up the rest. */
const PIECE_BYTES = 64 * 1024 * 1024;
/** However many logs were written side by side, a piece of one is worth opening it. */
const FEWEST_BYTES = 4 * 1024 * 1024;
/** The same for loading, where all that a piece has stays in memory until it is taken over. */
const LOADED_BYTES = 16 * 1024 * 1024;
const LOOK = 64 * 1024;
/** Whether a log is in order is told by the rows at so many places, from so many bytes each. */
const ORDER_PROBES = 16;
const ORDER_LOOK = 16 * 1024;
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
    return this.#timesFrom(offset, LOOK)[0] ?? null;
  }

  /** The times of the rows in the lines that begin at or after `offset` and end within so many bytes. */
  #timesFrom(offset: number, bytes: number): number[] {
    const start = this.lineAt(offset);
    const text = this.bytes(start, Math.min(start + bytes, this.#log.size));
    const times: number[] = [];
    const sink = {
      rows: eachRow((values) => {
        times.push(values[0]!);
      }),
      skipped: () => {},
    };
    createReader(this.#log.inspected, new StringPool(), sink, this.#log.path, 0).read(
      text,
      text.lastIndexOf(NEWLINE) + 1,
    );
    return times;
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

  /**
   * True where the times of rows at places all over the log go up, as in one that Zeek wrote: then its end has the
   * newest rows, and a time can be found by bisection.
   */
  looksOrdered(): boolean {
    const { dataOffset } = this.#log.inspected;
    let before = this.#log.firstTs;
    for (let i = 1; i <= ORDER_PROBES; i++) {
      const offset = dataOffset + Math.floor((i * (this.#log.size - dataOffset)) / (ORDER_PROBES + 1));
      for (const ts of this.#timesFrom(offset, ORDER_LOOK)) {
        if (ts < before - DISORDER) return false;
        before = Math.max(before, ts);
      }
    }
    return (this.lastTime() ?? before) >= before - DISORDER;
  }

  /** The time of the last row that can be read; null where there is none. */
  lastTime(): number | null {
    for (let look = LOOK; ; look *= 4) {
      const from = Math.max(this.#log.inspected.dataOffset, this.#log.size - look);
      const last = this.#timesFrom(from, look).at(-1);
      if (last !== undefined || from === this.#log.inspected.dataOffset) return last ?? null;
    }
  }
}

/** A piece, and the time of its first row where the log is in order, seconds since the epoch. */
export interface TimedPiece extends Piece {
  readonly startsAt: number;
}

/**
 * The pieces of logs that can hold rows from `since` to `until`, in the order of time: those of logs that were written
 * side by side take turns, and are cut at the same times where nothing is compressed.
 *
 * @param bytes how large they may be, about; several of the same time together
 */
export function planPieces(
  logs: readonly LogFile[],
  since: number | null,
  until: number | null,
  bytes = PIECE_BYTES,
): TimedPiece[] {
  const isPlain = ({ compression }: LogFile) => compression === 'none';
  const packed = logs.filter((log) => !isPlain(log)).map((log) => ({ ...coverLog(log), startsAt: log.firstTs }));
  const plain = begunTogether(logs.filter(isPlain), ({ firstTs }) => firstTs).flatMap((beside) => {
    const longest = beside.reduce((a, b) => (b.size > a.size ? b : a));
    const pieces = cutPlain(longest, since, until, Math.max(bytes / beside.length, FEWEST_BYTES));
    const others = beside.filter((log) => log !== longest);
    return [...pieces, ...others.flatMap((log) => cutPlain(log, since, until, pieces.slice(1)))];
  });
  return [...packed, ...plain].sort((a, b) => a.startsAt - b.startsAt);
}

/** Logs that were begun together are those of several loggers, which share the rows of each run. */
function begunTogether<One>(all: readonly One[], startOf: (one: One) => number): One[][] {
  const groups: One[][] = [];
  for (const one of all.toSorted((a, b) => startOf(a) - startOf(b))) {
    const group = groups.at(-1);
    if (group !== undefined && startOf(one) <= startOf(group[0]!) + DISORDER) group.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** Pieces in the order of time, those together that rows of the same runs stand in. */
export function groupPieces(pieces: readonly TimedPiece[]): TimedPiece[][] {
  return begunTogether(pieces, ({ startsAt }) => startsAt);
}

/** @param cuts how large the pieces may be, in bytes, or pieces of another log, at whose beginnings this one is cut */
function cutPlain(
  log: LogFile,
  since: number | null,
  until: number | null,
  cuts: number | readonly TimedPiece[],
): TimedPiece[] {
  const file = RandomAccess.open(log);
  if (file === null) return [{ ...coverLog(log), startsAt: log.firstTs }];
  try {
    const isBounded = (since !== null || until !== null) && file.looksOrdered();
    const from = isBounded && since !== null && since - DISORDER > log.firstTs ? file.offsetOf(since) : 0;
    const to = isBounded && until !== null ? file.offsetAfter(until) : log.size;
    const offsets =
      typeof cuts === 'number'
        ? listOffsets(file, from, to, cuts)
        : cuts.map(({ startsAt }) => file.offsetOf(startsAt + DISORDER));
    let startsAt = log.firstTs;
    return cut(log, from, to, offsets).map((piece) => {
      startsAt = Math.max(startsAt, (piece.from > 0 ? file.timeAt(piece.from) : null) ?? startsAt);
      return { ...piece, startsAt };
    });
  } finally {
    file.close();
  }
}

/** The pieces of a log for loading. */
export function cutPieces(log: LogFile): Piece[] {
  const file = log.compression === 'none' ? RandomAccess.open(log) : null;
  if (file === null) return [coverLog(log)];
  try {
    return cut(log, 0, log.size, listOffsets(file, 0, log.size, LOADED_BYTES));
  } finally {
    file.close();
  }
}

/** Where to cut a part of a log into pieces of a size, between lines. */
function listOffsets(file: RandomAccess, from: number, to: number, bytes: number): number[] {
  const offsets: number[] = [];
  for (let start = from; to - start >= 1.5 * bytes; start = offsets.at(-1)!) offsets.push(file.lineAt(start + bytes));
  return offsets;
}

function cut(log: LogFile, from: number, to: number, offsets: readonly number[]): Piece[] {
  if (from >= to) return [];
  const starts = [from, ...new Set(offsets.filter((offset) => offset > from && offset < to))];
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? to;
    // The last piece is open: a live log may have grown since it was measured.
    return { log, from: start, to: end >= log.size ? Number.POSITIVE_INFINITY : end };
  });
}

/** How many lines stand before `offset`. */
export function countLinesBefore(log: LogFile, offset: number): number {
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
