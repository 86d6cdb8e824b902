/** Tells from a log's first bytes what it is and how to read it: the registry of formats. */

import { JsonReader } from './json-reader.ts';
import { kindOfColumns, kindOfPath, type LogKind } from './log-kind.ts';
import type { RowReader, RowSink } from './row-reader.ts';
import type { StringPool } from './string-pool.ts';
import { bareHeader, type TsvHeader, withHeaderLine, ZEEK_DEFAULTS } from './tsv-header.ts';
import { TsvReader } from './tsv-reader.ts';

export interface Inspected {
  readonly format: 'tsv' | 'json';
  /** Null for a Zeek log this program does not read. */
  readonly kind: LogKind | null;
  /** What the log calls itself, where it does. */
  readonly path: string | null;
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

/**
 * @param head the first bytes of the log, as many as there are up to some tens of KiB; an unfinished last line is not
 *   looked at
 * @param file named in errors
 * @returns null where the bytes are no Zeek log at all
 * @throws ExpectedError for a header that cannot be used
 */
export function inspect(head: Uint8Array, file: string): Inspected | null {
  let header = ZEEK_DEFAULTS;
  let at = 0;
  let line = 0;
  for (;;) {
    const end = head.indexOf(NEWLINE, at);
    if (end < 0) break;
    const first = head[at];
    if (first === HASH) header = withHeaderLine(header, head.subarray(at, end), file, line + 1);
    else if (first === BRACE && header === ZEEK_DEFAULTS) return inspectJson(head, at, end, line);
    else if (first !== NEWLINE) {
      if (header.fields.length > 0) return tsv(header, at, line, true);
      const bare = inspectBare(head.subarray(at, end), file);
      return bare && tsv(bare, end + 1, line + 1, head.indexOf(NEWLINE, end + 1) >= 0);
    }
    at = end + 1;
    line++;
  }
  return header.fields.length > 0 ? tsv(header, at, line, false) : null;
}

function tsv(header: TsvHeader, dataOffset: number, dataLine: number, hasRow: boolean): Inspected {
  const names = new Set(header.fields);
  const kind = header.path === null ? kindOfColumns(names) : (kindOfPath(header.path) ?? kindOfColumnsNamed(header));
  return { format: 'tsv', kind, path: header.path, header, dataOffset, dataLine, hasRow };
}

/** A site may write our stream under another path (a log filter's `$path`); its columns still tell. */
function kindOfColumnsNamed(header: TsvHeader): LogKind | null {
  const kind = kindOfColumns(new Set(header.fields));
  return kind?.name === 'cluster' ? null : kind;
}

function inspectBare(line: Uint8Array, file: string): TsvHeader | null {
  const header = bareHeader(line, file);
  return kindOfColumns(new Set(header.fields)) === null ? null : header;
}

function inspectJson(head: Uint8Array, start: number, end: number, line: number): Inspected | null {
  let row: unknown;
  try {
    row = JSON.parse(new TextDecoder().decode(head.subarray(start, end)));
  } catch {
    return null;
  }
  if (typeof row !== 'object' || row === null) return null;
  const named = (row as Record<string, unknown>)._path;
  const path = typeof named === 'string' ? named : null;
  const kind = (path === null ? null : kindOfPath(path)) ?? kindOfColumns(new Set(Object.keys(row)));
  return { format: 'json', kind, path, header: ZEEK_DEFAULTS, dataOffset: start, dataLine: line, hasRow: true };
}

/**
 * A reader for the rows of an inspected log.
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
  const { kind, header, format } = inspected;
  return format === 'json'
    ? new JsonReader(kind, pool, sink, lines)
    : new TsvReader(kind, header, pool, sink, file, lines);
}
