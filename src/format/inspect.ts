/** Tells from a log's first bytes what it is and how to read it: the registry of formats. */

import { JsonReader } from './json-reader.ts';
import { findLayout } from './known-layouts.ts';
import { chooseKind, type JsonRow, type LogKind, readPath, recognizeKind } from './log-kind.ts';
import type { RowReader, RowSink } from './row-reader.ts';
import type { StringPool } from './string-pool.ts';
import { findSystemColumn, systemIn, withSystem } from './system-name.ts';
import { endOfLine, startOfLine } from './tsv-field.ts';
import { addHeaderLine, makeBareHeader, recognizeHeader, type TsvHeader, ZEEK_DEFAULTS } from './tsv-header.ts';
import { TsvReader } from './tsv-reader.ts';

export interface Inspected {
  readonly format: 'tsv' | 'json';
  /** Null for a Zeek log this program does not read. */
  readonly kind: LogKind | null;
  /** What the log calls itself, where it does. */
  readonly path: string | null;
  /** True where rows of several logs stand among one another. */
  readonly isShared: boolean;
  /** The column that names the system its rows are of; null where it has none. */
  readonly system: string | null;
  /** TSV only. */
  readonly header: TsvHeader;
  /** Where the first row begins, and how many lines come before it. */
  readonly dataOffset: number;
  readonly dataLine: number;
  /** True where a first row is among the bytes given. */
  readonly hasRow: boolean;
}

const NEWLINE = 0x0a;
const HASH = 0x23;
const BRACE = 0x7b;
const PATH_LINE = '#path';
/** A log may begin with what a program said before it, or where it was cut off. */
const MOST_UNKNOWN = 20;
const DECODER = new TextDecoder();

/**
 * @param head the first bytes of the log, as many as there are up to some tens of KiB; an unfinished last line is not
 *   looked at
 * @param file named in errors
 * @param asked the column that names the system; null for those that are known
 * @returns null where the bytes are no Zeek log at all
 * @throws ExpectedError for a header that cannot be used
 */
export function inspect(head: Uint8Array, file: string, asked: string | null = null): Inspected | null {
  let header = ZEEK_DEFAULTS;
  let at = 0;
  let line = 0;
  for (let unknown = 0; unknown <= MOST_UNKNOWN; line++) {
    const newline = head.indexOf(NEWLINE, at);
    if (newline < 0) return header.fields.length > 0 ? tsv(header, head, at, line, false, asked) : null;
    const start = startOfLine(head, at);
    const text = head.subarray(start, endOfLine(head, start, newline));
    if (text[0] === HASH) header = addHeaderLine(header, text, file, line + 1);
    else if (text.length > 0) {
      const found = inspectRow(header, text, head, at, line, file, asked);
      // Whoever reads the lines before it counts them.
      if (found !== null) return unknown === 0 ? found : { ...found, dataOffset: 0, dataLine: 0 };
      unknown++;
    }
    at = newline + 1;
  }
  return null;
}

/** By the first line that is no header line; null where it says nothing. */
function inspectRow(
  header: TsvHeader,
  text: Uint8Array,
  head: Uint8Array,
  at: number,
  line: number,
  file: string,
  asked: string | null,
): Inspected | null {
  if (text[0] === BRACE && header === ZEEK_DEFAULTS) return inspectJson(head, at, line, asked);
  if (header.fields.length > 0) return tsv(header, head, at, line, true, asked);
  return withoutHeader(text, head, at, line, file, asked);
}

function tsv(
  header: TsvHeader,
  head: Uint8Array,
  dataOffset: number,
  dataLine: number,
  hasRow: boolean,
  asked: string | null,
): Inspected {
  const isShared = findPaths(head, dataOffset).some((path) => path !== header.path);
  const kind = recognizeHeader(header);
  const system = findSystemColumn((name) => header.fields.includes(name), asked);
  return { format: 'tsv', kind, path: header.path, isShared, system, header, dataOffset, dataLine, hasRow };
}

/** The names in the headers that begin after an offset. */
function findPaths(head: Uint8Array, offset: number): string[] {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  const paths: string[] = [];
  for (let at = bytes.indexOf(PATH_LINE, offset); at >= 0; at = bytes.indexOf(PATH_LINE, at + 1)) {
    if (at > offset && bytes[at - 1] !== NEWLINE) continue;
    const end = bytes.indexOf(NEWLINE, at);
    const name = /^#path\s+(\S+)/.exec(DECODER.decode(bytes.subarray(at, end < 0 ? bytes.length : end)))?.[1];
    if (name !== undefined) paths.push(name);
  }
  return paths;
}

/** A first line of bare names, which the ASCII writer's `tsv` option leaves, or rows of ours (`include_meta=F`). */
function withoutHeader(
  text: Uint8Array,
  head: Uint8Array,
  at: number,
  line: number,
  file: string,
  asked: string | null,
): Inspected | null {
  const values = DECODER.decode(text).split('\t');
  const layout = findLayout(values);
  if (layout !== null) {
    const { kind, names } = layout;
    return { ...tsv({ ...ZEEK_DEFAULTS, fields: names }, head, at, line, true, asked), kind };
  }
  if (recognizeKind(new Set(values)) === null) return null;
  const next = head.indexOf(NEWLINE, at) + 1;
  return tsv(makeBareHeader(text, file), head, next, line + 1, head.includes(NEWLINE, next), asked);
}

/** By all rows that there are: the first may be of another log, or damaged. */
function inspectJson(head: Uint8Array, dataOffset: number, dataLine: number, asked: string | null): Inspected | null {
  const lines = DECODER.decode(head.subarray(dataOffset, head.lastIndexOf(NEWLINE))).split('\n');
  const rows = lines.map(parsedRow).filter((row) => row !== null);
  if (rows.length === 0) return null;
  const kinds = rows.map(chooseKind);
  const kind = kinds.find((one) => one !== null) ?? null;
  const path = readPath(rows[0]!);
  const isShared = rows.some((row, i) => kinds[i] !== kind && (kinds[i] !== null || readPath(row) !== null));
  const system = findSystemColumn((name) => rows.some((row) => systemIn(row, name) !== null), asked);
  return { format: 'json', kind, path, isShared, system, header: ZEEK_DEFAULTS, dataOffset, dataLine, hasRow: true };
}

function parsedRow(line: string): JsonRow | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && !Array.isArray(value) ? (value as JsonRow | null) : null;
  } catch {
    return null;
  }
}

/**
 * A reader for the rows of an inspected log. Where a column names the system, rows have that one more, the last.
 *
 * @param lines how many lines of the file come before the bytes it will be given
 */
export function createReader(
  inspected: Inspected & { readonly kind: LogKind },
  pool: StringPool,
  sink: RowSink,
  file: string,
  lines: number,
): RowReader {
  const { header, format, isShared, system } = inspected;
  const kind = withSystem(inspected.kind, system);
  return format === 'json'
    ? new JsonReader(kind, system, pool, sink, lines, isShared)
    : new TsvReader(kind, header, pool, sink, file, lines, undefined, isShared);
}
