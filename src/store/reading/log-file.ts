/** One log as a file: what it is, when it begins, and what tells it from others under any name. */

import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Compression, readCompression, readUncompressed } from '../../decoding/compression.ts';
import { isArchive, recognizeForeignFile } from '../../format/foreign-file.ts';
import { findForms } from '../../format/forms/forms.ts';
import { createReader, type Inspected, inspect } from '../../format/inspect.ts';
import { LineCutter, LONGEST_LINE } from '../../format/line-cutter.ts';
import type { LogKind } from '../../format/log-kind.ts';
import { eachRow, type RowReader } from '../../format/row-reader.ts';
import { RowSurvey } from '../../format/row-survey.ts';
import { StringPool } from '../../format/string-pool.ts';
import {
  cutOffBeforeRows,
  ExpectedError,
  foreignFile,
  noReadableRow,
  notALog,
  unreadablePath,
} from '../../model/errors/catalogue.ts';
import type { LogSensors } from '../runs/log-sensors.ts';
import { openText, readStorage, type StoredText } from './log-text.ts';

/** A file that is open. */
interface Kept {
  readonly descriptor: number;
}

const unreferred = new FinalizationRegistry<number>(closeSync);

export interface LogFile extends StoredText {
  /** What keeps it open as long as it is referred to; null where it is not. */
  readonly kept: Kept | null;
  /** Nothing else answers: where it is damaged, there is no answer. */
  readonly isOnly: boolean;
  /** The path by which it was found, as the user gave it. */
  readonly given: string;
  /** Null where all logs are of one sensor. */
  readonly sensors: LogSensors | null;
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

/** What was found at a path: logs we read, several where they share a stream, another log, or one that has no row yet. */
export type Opened =
  | { readonly state: 'log'; readonly logs: readonly LogFile[]; readonly notes: readonly string[] }
  /** Without a name if it is JSON that is not one row a line, which Zeek need not have written. */
  | { readonly state: 'other'; readonly name: string | null }
  | { readonly state: 'empty'; readonly kind: LogKind | null };

const FIRST_LOOK = 64 * 1024;
/** A header, or a first row, longer than this is not Zeek's. */
const LONGEST_HEAD = LONGEST_LINE;
const NEWLINE = 0x0a;
const BRACE = 0x7b;
/** The last of the bytes that show nothing. */
const BLANK = 0x20;
/** Only a log under a name of ours is taken for one that holds nothing else. */
const OWN_NAME = /my_stats|cluster|loaded_scripts/;
/** Nothing but the beginning of a header, or of a first row in JSON. */
const UNFINISHED_HEAD = /^(#[^\n]*\n)*([#{][^\n]*)?$/;
/** What compressors and archives call their files, which are never empty. */
const COMPRESSED_NAME = /\.(gz|zst|bz2|xz|lz4|parquet)$/;
/** A plain log changed within this many seconds may be renamed, compressed or removed while it is read. */
const MAY_BE_ROTATED = 7200;
/** A log changed within this many seconds may be in the middle of a run. */
export const STILL_WRITTEN = 5;
/** A log that was not changed within so many seconds is not that of a running node. */
const AT_REST = 120;

/**
 * Opens a path, reading as little of it as tells what it is.
 *
 * @param system the column that names the system a row is of; null for those that are known
 * @throws ExpectedError where it cannot be read, is no Zeek log, or has no row that can be read
 */
export async function openLog(path: string, system: string | null = null): Promise<Opened> {
  const { size, mtimeMs } = readStats(path);
  if (size === 0 && COMPRESSED_NAME.test(path)) throw cutOffBeforeRows(path, 'the file is empty');
  if (size === 0) return { state: 'empty', kind: null };
  const compression = readCompression(path);
  const modified = mtimeMs / 1000;
  const kept = compression === 'none' && isRecent(modified, MAY_BE_ROTATED) ? keepOpen(path) : null;
  const source = kept === null ? path : `/dev/fd/${kept.descriptor}`;
  const { head, text, forms, inspected, cutOff } = await lookAtHead(path, source, compression, system);
  if (inspected === null || isArchive(head)) {
    const foreign = recognizeForeignFile(head) ?? recognizeForeignFile(text);
    if (cutOff !== null) throw cutOffBeforeRows(path, cutOff);
    if (foreign !== null) throw foreignFile(path, foreign.what, foreign.cure);
    if (forms.includes('json-values') && text.every((byte) => byte <= BLANK)) return { state: 'other', name: null };
    const isUnfinished = UNFINISHED_HEAD.test(Buffer.from(text).toString('latin1'));
    if (isUnfinished && isRecent(modified, STILL_WRITTEN)) return { state: 'empty', kind: null };
    throw isUnfinished ? cutOffBeforeRows(path, 'within its header') : notALog(path, 1);
  }
  const place = { path, source, kept, isOnly: false, given: path, sensors: null };
  const file = { ...place, compression: readStorage(compression, forms), forms, size, modified };
  if (!inspected.hasRow) {
    if (cutOff !== null) throw cutOffBeforeRows(path, cutOff);
    return inspected.kind === null
      ? { state: 'other', name: inspected.path }
      : { state: 'empty', kind: inspected.kind };
  }
  const isNamed = inspected.path !== null && (OWN_NAME.test(basename(path)) || isNameOfFile(inspected.path, path));
  if (inspected.isShared || (inspected.format === 'json' && inspected.path !== null && !isNamed))
    return openShared(file, inspected, text);
  const { kind } = inspected;
  if (kind === null) return { state: 'other', name: inspected.path };
  const known = { ...inspected, kind };
  const first = findFirstRow(text, known, path) ?? { ts: await findFirstTime(file, known), end: text.length };
  const log = { ...file, inspected: known, firstTs: first.ts, identity: readIdentity('', text.subarray(0, first.end)) };
  return { state: 'log', logs: [log], notes: [] };
}

/** True where a file is named as the log in it. */
function isNameOfFile(log: string, path: string): boolean {
  return basename(path).split(/[^\w]/).includes(log);
}

type File = Omit<LogFile, 'inspected' | 'firstTs' | 'identity'>;

/** Null where the system has no room for another open file, or no path for one that is open. */
function keepOpen(path: string): Kept | null {
  try {
    const kept = { descriptor: openSync(path, 'r') };
    unreferred.register(kept, kept.descriptor);
    return existsSync(`/dev/fd/${kept.descriptor}`) ? kept : null;
  } catch {
    // Whoever reads it by its path says what is wrong.
    return null;
  }
}

function readIdentity(name: string, bytes: Uint8Array): string {
  return createHash('sha256').update(name).update(bytes).digest('hex');
}

async function lookAtHead(path: string, source: string, compression: Compression, system: string | null) {
  let head = Buffer.alloc(0);
  let found: ReturnType<typeof recognize> | null = null;
  let cutOff: string | null = null;
  const onCutOff = (reason: string) => {
    cutOff = reason;
  };
  for await (const chunk of readUncompressed(source, compression, { to: LONGEST_HEAD, onCutOff })) {
    head = Buffer.concat([head, chunk]);
    // A log that was emptied while it was written to begins with as many zero bytes as it had before.
    if (head.equals(Buffer.alloc(head.length))) head = head.subarray(0, 1);
    if (head.length < FIRST_LOOK || (found !== null && head.length < found.head.length * 2)) continue;
    found = recognize(head, path, system);
    if (found.inspected?.hasRow || head.length > LONGEST_HEAD) break;
  }
  found = found?.head === head ? found : recognize(head, path, system);
  return { ...found, cutOff };
}

function recognize(head: Uint8Array, path: string, system: string | null) {
  const { forms, text } = findForms(head);
  // One object is one row, also where its line does not end.
  const lines = text[0] === BRACE && !text.includes(NEWLINE) ? Buffer.concat([text, Buffer.of(NEWLINE)]) : text;
  return { head, forms, text: lines, inspected: inspect(lines, path, system) };
}

/** All logs in a stream, which is read once for it. */
async function openShared(file: File, inspected: Inspected, head: Uint8Array): Promise<Opened> {
  const survey = new RowSurvey(inspected, file.path);
  await readText(file, inspected.dataOffset, survey, () => false);
  if (survey.shares.size === 0) {
    if (survey.problem !== null) throw noReadableRow(file.path, survey.problem.line, survey.problem.reason, 0);
    return { state: 'other', name: inspected.path };
  }
  const end = head.indexOf(NEWLINE, inspected.dataOffset) + 1;
  const logs = [...survey.shares].map(([kind, share]) => ({
    ...file,
    // The end of several TSV logs, one after the other, does not tell what its header was.
    compression: inspected.format === 'tsv' && file.compression === 'none' ? 'converted' : file.compression,
    ...share,
    identity: readIdentity(kind.name, head.subarray(0, end)),
  }));
  return { state: 'log', logs, notes: listNotes(file.path, survey.others) };
}

function listNotes(path: string, others: ReadonlyMap<string, number>): string[] {
  const rows = [...others.values()].reduce((sum, count) => sum + count, 0);
  if (rows === 0) return [];
  const names = [...others.keys()].filter((name) => name !== '').sort();
  const shown = names.length === 0 ? '' : ` (${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''})`;
  return [
    `${path} holds ${rows === 1 ? '1 row' : `${rows} rows`} of other logs as well${shown}, which were passed over`,
  ];
}

/** Gives a reader the lines of a text from an offset on, until it has enough. */
async function readText(
  file: File,
  from: number,
  reader: Pick<RowReader, 'read' | 'skipLine'>,
  hasEnough: () => boolean,
): Promise<void> {
  const lines = new LineCutter(reader);
  let toSkip = from;
  for await (const chunk of openText(file, { onCutOff: () => {} })) {
    const skipped = Math.min(toSkip, chunk.length);
    toSkip -= skipped;
    lines.push(chunk.subarray(skipped));
    if (hasEnough()) return;
  }
  if (lines.restLength > 0) lines.push(Uint8Array.of(NEWLINE));
}

/**
 * The time of the first row that can be read, however far from the beginning.
 *
 * @throws ExpectedError that says what is wrong with the first row where none can be read
 */
async function findFirstTime(file: File, inspected: LogFile['inspected']): Promise<number> {
  let ts = Number.NaN;
  let skipped = 0;
  let problem = { line: 1, reason: 'it is not finished' };
  const sink = {
    rows: eachRow((values) => {
      if (Number.isNaN(ts)) ts = values[0]!;
    }),
    skipped: (line: number, reason: string) => {
      if (skipped++ === 0) problem = { line, reason };
    },
  };
  const reader = createReader(inspected, new StringPool(), sink, file.path, inspected.dataLine);
  await readText(file, inspected.dataOffset, reader, () => !Number.isNaN(ts));
  if (Number.isNaN(ts)) throw noReadableRow(file.path, problem.line, problem.reason, Math.max(0, skipped - 1));
  return ts;
}

/** The first row that can be read: its time, and where it ends. Null where none of the head can. */
function findFirstRow(
  head: Uint8Array,
  inspected: LogFile['inspected'],
  path: string,
): { ts: number; end: number } | null {
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
  return null;
}

/** True where the shorter of two logs is what the longer one begins with, as far as is looked at. */
export async function beginAlike(one: LogFile, other: LogFile): Promise<boolean> {
  const headOf = async ({ path, source }: LogFile) => {
    const { text } = await lookAtHead(path, source, readCompression(source), null);
    const close = Buffer.from(text).lastIndexOf('\n#close');
    return Buffer.from(close < 0 ? text : text.subarray(0, close + 1));
  };
  const [a, b] = [await headOf(one), await headOf(other)];
  const length = Math.min(a.length, b.length, FIRST_LOOK);
  return a.subarray(0, length).equals(b.subarray(0, length));
}

/** Of two copies of a log the one with more is read; one that was compressed to its end is no longer written to. */
export async function completeness(log: LogFile): Promise<number> {
  if (log.compression === 'none') return log.size;
  let length = 0;
  let isWhole = true;
  const onCutOff = () => {
    isWhole = false;
  };
  try {
    for await (const chunk of openText(log, { onCutOff })) length += chunk.length;
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    isWhole = false;
  }
  return isWhole ? Number.POSITIVE_INFINITY : length;
}

/** True where Zeek may be in the middle of a run: the log has just changed and does not end in a `#close` line. */
export function isBeingWritten(log: LogFile): boolean {
  return log.compression === 'none' && isRecent(log.modified, STILL_WRITTEN) && !endsClosed(log);
}

/** True for a log that nobody writes to any more. */
export function isClosed(log: Pick<LogFile, 'compression' | 'modified' | 'source' | 'size'>): boolean {
  return log.compression !== 'none' || !isRecent(log.modified, AT_REST) || endsClosed(log);
}

/** True where a plain log ends in a `#close` line: Zeek does not write to it any more. */
function endsClosed(log: Pick<LogFile, 'source' | 'size'>): boolean {
  const tail = Buffer.alloc(64);
  let fd = -1;
  try {
    fd = openSync(log.source, 'r');
    const length = readSync(fd, tail, 0, tail.length, Math.max(0, log.size - tail.length));
    const text = tail.toString('latin1', 0, length);
    return text.endsWith('\n') && text.trimEnd().split('\n').at(-1)!.startsWith('#close');
  } catch {
    // It has been rotated away, to its end.
    return true;
  } finally {
    if (fd >= 0) closeSync(fd);
  }
}

function isRecent(modified: number, seconds: number): boolean {
  return Date.now() / 1000 - modified <= seconds;
}

/** @throws ExpectedError where it cannot be looked at */
export function readStats(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadablePath(path, (error as NodeJS.ErrnoException).code ?? 'unknown');
  }
}
