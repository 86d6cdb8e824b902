/**
 * Rows that a shipper or a search engine has put into records of its own: the text of the row in a field (`message`,
 * `_raw`), its columns one below the other (`_source`, `result`), or under the log's name (`zeek.my_stats.*`). One line
 * of JSON for each, with the log's name in `_path` where it is known.
 */

import { findLayout } from '../known-layouts.ts';
import { LineCutter } from '../line-cutter.ts';
import { findKind, type JsonRow, type LogKind, readPath, recognizeKind } from '../log-kind.ts';
import { systemsAround } from '../system-name.ts';
import type { Converter } from './characters.ts';

/** Where shippers say when a row was written, if it does not say so itself. */
const TIMES = ['@timestamp', '_time', 'timestamp', 'time', 'Time', 'date', 'timeUnixNano'];
/** Fields that tell which log a row is of, and records that have such. */
const SOURCES = [
  '_path',
  '@path',
  'path',
  'source',
  'sourcetype',
  'file',
  'filename',
  'dataset',
  'name',
  'log_type',
  'type',
];
const AROUND_SOURCES = ['log', 'file', 'event', 'fileset', 'fields', 'attributes', 'labels', 'kubernetes'];
/** Where a record begins in a line that has something before it: its time, its labels, or what syslog puts there. */
const RECORD_IN_LINE = /\{\s*"/;
const TIME_AND_TEXT = /^\[\s*"\d+"/;
const KIND_IN_TEXT = /(?:^|[^a-z0-9])(my_stats(?:_node|_variable|_connection)?|loaded_scripts)(?=[^a-z0-9_]|$)/i;
/** Of Zeek's TSV. */
const HEADER_LINE = /^#(separator|set_separator|empty_field|unset_field|path|open|close|fields|types)\b/;
const MOST_LEVELS = 6;
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();

/** The row within the record in a line, or null where there is none of ours. */
export function unwrappedIn(line: string): JsonRow | null {
  if (TIME_AND_TEXT.test(line)) return inTimeAndText(parsed(line));
  const start = line.search(RECORD_IN_LINE);
  const record = start < 0 ? null : parsed(line.slice(start));
  return isRow(record) ? within(record, null, 0) : null;
}

/** One of Loki's values: a time in nanoseconds, and the text that was logged. */
function inTimeAndText(value: unknown): JsonRow | null {
  if (!Array.isArray(value)) return null;
  const row = inText(value[1], null, 1);
  return row === null || row.ts !== undefined ? row : { ...row, ts: value[0] };
}

export class Wrapped implements Converter {
  #lines: string[] = [];
  readonly #cutter = new LineCutter({
    read: (buffer, end) => {
      for (const text of DECODER.decode(buffer.subarray(0, end - 1)).split('\n')) this.#lines.push(unwrappedLine(text));
    },
    skipLine: (reason) => this.#lines.push(JSON.stringify(reason)),
  });

  push(bytes: Uint8Array): Uint8Array {
    this.#cutter.push(bytes);
    return this.#taken();
  }

  end(): Uint8Array {
    if (this.#cutter.restLength > 0) this.#cutter.push(ENCODER.encode('\n'));
    return this.#taken();
  }

  #taken(): Uint8Array {
    const text = this.#lines.length === 0 ? '' : `${this.#lines.join('\n')}\n`;
    this.#lines = [];
    return ENCODER.encode(text);
  }
}

/** A line in which no row of ours is found stays as it is: the reader counts it. Shippers pass headers on, too. */
function unwrappedLine(text: string): string {
  if (text.trim() === '') return '';
  const row = unwrappedIn(text);
  if (row !== null) return JSON.stringify(row);
  const record = parsed(text);
  return isRow(record) && Object.values(record).some((value) => HEADER_LINE.test(String(value))) ? '' : text;
}

function within(record: JsonRow, hint: LogKind | null, level: number): JsonRow | null {
  if (level > MOST_LEVELS) return null;
  const kind = kindIn(record) ?? hint;
  const own = isOurs(record, kind) ? withoutLists(record) : null;
  const row =
    (own === null || kind === null ? own : { ...own, _path: kind.name }) ??
    underItsName(record) ??
    first(Object.values(record), (value) => inValue(value, kind, level + 1)) ??
    (record.run !== undefined && isOurs({ ts: null, ...record }, null) ? record : null);
  if (row === null) return null;
  const named: JsonRow = own === null ? { ...systemsAround(record), ...row } : row;
  const time = TIMES.map((name) => record[name]).find((value) => value !== undefined);
  return named.ts !== undefined || time === undefined ? named : { ...named, ts: time };
}

function inValue(value: unknown, hint: LogKind | null, level: number): JsonRow | null {
  if (Array.isArray(value) && value.length === 1) return inValue(value[0], hint, level);
  return isRow(value) ? within(value, hint, level) : inText(value, hint, level);
}

/** Elasticsearch's `fields` has every value as a list of one. */
function withoutLists(record: JsonRow): JsonRow {
  if (!Array.isArray(record.run ?? record.variable)) return record;
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      Array.isArray(value) && value.length === 1 ? value[0] : value,
    ]),
  );
}

/** True for a row itself: it has the columns by which one is known, but perhaps for its time. */
function isOurs(record: JsonRow, kind: LogKind | null): boolean {
  const names = new Set(Object.keys(record));
  if (kind !== null) return kind.signature.every((name) => names.has(name) || name === 'ts');
  // A name alone is what many records have.
  const known = recognizeKind(names);
  return known !== null && known.alone !== true;
}

/** `{"zeek":{"my_stats":{"variable":…}}}`, or `{"zeek.my_stats.variable":…}`. */
function underItsName(record: JsonRow): JsonRow | null {
  const row: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    const kind = KIND_IN_TEXT.exec(name)?.[1]?.toLowerCase();
    if (kind === undefined) continue;
    const column = name.slice(name.toLowerCase().indexOf(kind) + kind.length + 1);
    if (column === '' && isRow(value)) Object.assign(row, value);
    else if (column !== '') row[column] = value;
    row._path ??= kind;
  }
  const kind = typeof row._path === 'string' ? findKind(row._path) : null;
  return kind !== null && isOurs(row, kind) ? row : null;
}

function inText(value: unknown, hint: LogKind | null, level: number): JsonRow | null {
  if (typeof value !== 'string') return null;
  const text = value.trimEnd();
  if (text.startsWith('{')) {
    const record = parsed(text);
    return isRow(record) ? within(record, hint, level) : null;
  }
  const values = text.split('\t');
  const layout = values.length > 1 && !text.startsWith('#') ? findLayout(values) : null;
  return layout === null ? null : rowOf(layout, values);
}

function rowOf({ kind, names }: NonNullable<ReturnType<typeof findLayout>>, values: readonly string[]): JsonRow {
  const columns = names
    .map((name, i) => [name, values[i]!] as const)
    .filter(([name, text]) => name !== '' && text !== '-');
  return {
    _path: kind.name,
    ...Object.fromEntries(columns.map(([name, text]) => [name, text === '(empty)' ? '' : text])),
  };
}

function kindIn(record: JsonRow): LogKind | null {
  const named = readPath(record);
  if (named !== null && findKind(named) !== null) return findKind(named);
  for (const place of [record, ...AROUND_SOURCES.map((name) => record[name])]) {
    if (!isRow(place)) continue;
    for (const name of SOURCES) {
      const value = isRow(place[name]) ? place[name].path : place[name];
      const found = typeof value === 'string' ? KIND_IN_TEXT.exec(value)?.[1]?.toLowerCase() : undefined;
      if (found !== undefined) return findKind(found);
    }
  }
  return null;
}

function first(values: readonly unknown[], look: (value: unknown) => JsonRow | null): JsonRow | null {
  for (const value of values) {
    const found = look(value);
    if (found !== null) return found;
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRow(value: unknown): value is JsonRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
