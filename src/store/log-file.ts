/** One log as a file: what it is, when it begins, and what tells it from others under any name. */

import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { type Compression, compressionOf, uncompressed } from '../decoding/compression.ts';
import { createReader, type Inspected, inspect } from '../format/inspect.ts';
import type { LogKind } from '../format/log-kind.ts';
import { eachRow } from '../format/row-reader.ts';
import { StringPool } from '../format/string-pool.ts';
import { notALog } from '../model/errors.ts';

export interface LogFile {
  readonly path: string;
  readonly compression: Compression;
  /** Bytes on disk. */
  readonly size: number;
  /** Seconds since the epoch. */
  readonly modified: number;
  readonly inspected: Inspected & { readonly kind: LogKind };
  /** The time of its first row, seconds since the epoch. */
  readonly firstTs: number;
  /**
   * Of its header and first row. A log keeps it when it grows, is rotated, renamed or compressed, and no two logs of
   * a node share one.
   */
  readonly identity: string;
}

/** What was found at a path: a log we read, another log, or one that has no row yet. */
export type Opened =
  | { readonly state: 'log'; readonly log: LogFile }
  | { readonly state: 'other'; readonly name: string }
  | { readonly state: 'empty'; readonly kind: LogKind | null };

const FIRST_LOOK = 64 * 1024;
/** A header, or a first row, longer than this is not Zeek's. */
const LONGEST_HEAD = 4 * 1024 * 1024;
const NEWLINE = 0x0a;
/** A log changed within this many seconds may be in the middle of a run. */
export const STILL_WRITTEN = 5;

/**
 * Opens a path, reading as little of it as tells what it is.
 *
 * @throws ExpectedError where it cannot be read, or is no Zeek log
 */
export async function openLog(path: string): Promise<Opened> {
  const { size, mtimeMs } = statSync(path);
  if (size === 0) return { state: 'empty', kind: null };
  const compression = compressionOf(path);
  const { head, inspected } = await lookAtHead(path, compression);
  if (inspected === null) {
    if (head.length < FIRST_LOOK && head.indexOf(NEWLINE) < 0) return { state: 'empty', kind: null };
    throw notALog(path, 1);
  }
  const { kind } = inspected;
  if (kind === null) return { state: 'other', name: inspected.path ?? 'Zeek' };
  const known = { ...inspected, kind };
  const first = inspected.hasRow ? firstRow(head, known, path) : null;
  if (first === null) return { state: 'empty', kind };
  const identity = createHash('sha256').update(head.subarray(0, first.end)).digest('hex');
  return {
    state: 'log',
    log: { path, compression, size, modified: mtimeMs / 1000, inspected: known, firstTs: first.ts, identity },
  };
}

async function lookAtHead(path: string, compression: Compression) {
  let head = Buffer.alloc(0);
  let inspected: Inspected | null = null;
  // What is cut off is said by whoever reads to the end.
  for await (const chunk of uncompressed(path, compression, { to: FIRST_LOOK * 2, onCutOff: () => {} })) {
    head = Buffer.concat([head, chunk]);
    if (head.length < FIRST_LOOK) continue;
    inspected = inspect(head, path);
    if (inspected?.hasRow || head.length > LONGEST_HEAD) return { head, inspected };
  }
  return { head, inspected: inspected ?? inspect(head, path) };
}

/** The first row that can be read: its time, and where it ends. Null where none of the head can. */
function firstRow(head: Uint8Array, inspected: LogFile['inspected'], path: string): { ts: number; end: number } | null {
  let ts = Number.NaN;
  const sink = {
    rows: eachRow((values) => {
      if (Number.isNaN(ts)) ts = values[0]!;
    }),
    skipped: () => {},
  };
  const reader = createReader(inspected, new StringPool(), sink, path, inspected.dataLine);
  let at = inspected.dataOffset;
  for (let end = head.indexOf(NEWLINE, at); end >= 0; end = head.indexOf(NEWLINE, at)) {
    reader.read(head.subarray(at, end + 1), end + 1 - at);
    if (!Number.isNaN(ts)) return { ts, end: end + 1 };
    at = end + 1;
  }
  // Rows there are, but none in the head can be read: the scan will count and show them.
  return inspected.hasRow ? { ts: 0, end: at } : null;
}

/** Of two copies of a log the one with more is read; one that was compressed to its end is no longer written to. */
export async function completeness({ path, compression, size }: LogFile): Promise<number> {
  if (compression === 'none') return size;
  let length = 0;
  let isWhole = true;
  const onCutOff = () => {
    isWhole = false;
  };
  for await (const chunk of uncompressed(path, compression, { onCutOff })) length += chunk.length;
  return isWhole ? Number.POSITIVE_INFINITY : length;
}

/** True where Zeek may be in the middle of a run: the log has just changed and does not end in a `#close` line. */
export function isBeingWritten(log: LogFile): boolean {
  if (log.compression !== 'none' || Date.now() / 1000 - log.modified > STILL_WRITTEN) return false;
  const tail = Buffer.alloc(64);
  const fd = openSync(log.path, 'r');
  try {
    const length = readSync(fd, tail, 0, tail.length, Math.max(0, log.size - tail.length));
    const text = tail.toString('latin1', 0, length);
    return !text.endsWith('\n') || !text.trimEnd().split('\n').at(-1)!.startsWith('#close');
  } finally {
    closeSync(fd);
  }
}
