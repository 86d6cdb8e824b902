/** Reads the rows of a Zeek log in JSON lines from its bytes. */

import { isText, type LogKind } from './log-kind.ts';
import type { RowReader, RowSink } from './row-reader.ts';
import type { StringPool } from './string-pool.ts';

const NEWLINE = 0x0a;
/** The largest count Zeek has. */
const MAX_COUNT = 2 ** 64;
const ISO_FRACTION = /^(.*:\d{2})\.(\d+)(Z?)$/;

export class JsonReader implements RowReader {
  lines: number;
  readonly layoutChanged = false;
  readonly #kind: LogKind;
  readonly #pool: StringPool;
  readonly #sink: RowSink;
  readonly #values: Float64Array;
  readonly #decoder = new TextDecoder('utf-8');

  /** @param lines how many lines of the file come before */
  constructor(kind: LogKind, pool: StringPool, sink: RowSink, lines = 0) {
    this.#kind = kind;
    this.#pool = pool;
    this.#sink = sink;
    this.lines = lines;
    this.#values = new Float64Array(kind.columns.length);
  }

  read(buffer: Uint8Array, end: number): void {
    let at = 0;
    while (at < end) {
      this.lines++;
      const lineEnd = buffer.indexOf(NEWLINE, at);
      if (lineEnd > at) this.#line(this.#decoder.decode(buffer.subarray(at, lineEnd)));
      at = lineEnd + 1;
    }
  }

  skipLine(reason: string): void {
    this.#sink.skipped(++this.lines, reason);
  }

  #line(text: string): void {
    if (text.trim() === '') return;
    let row: unknown;
    try {
      row = JSON.parse(text);
    } catch {
      this.#sink.skipped(this.lines, 'not JSON');
      return;
    }
    const problem = this.#fill(row);
    if (problem === '') this.#sink.rows(this.#values, 0, this.#values.length, 1);
    else this.#sink.skipped(this.lines, problem);
  }

  /** Fills the row's values; returns what is wrong with it, or ''. */
  #fill(row: unknown): string {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'not a JSON object';
    const object = row as Record<string, unknown>;
    const columns = this.#kind.columns;
    for (let i = 0; i < columns.length; i++) {
      const { name, kind, optional } = columns[i]!;
      const value = Object.hasOwn(object, name) ? object[name] : undefined;
      if (value === undefined || value === null) {
        if (!optional) return `no ${name}`;
        this.#values[i] = isText(kind) ? -1 : Number.NaN;
      } else if (kind === 'string') {
        if (typeof value !== 'string') return `${name} is not a string`;
        this.#values[i] = this.#pool.id(value);
      } else if (kind === 'list') {
        if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) return `${name} is not a list`;
        this.#values[i] = this.#pool.id(JSON.stringify(value));
      } else {
        const number = NUMBER_OF[kind](value);
        if (Number.isNaN(number)) return `${name} is not a ${kind}: ${JSON.stringify(value).slice(0, 40)}`;
        this.#values[i] = number;
      }
    }
    return '';
  }
}

const NUMBER_OF = {
  count: countOf,
  bool: (value: unknown) => (typeof value === 'boolean' ? Number(value) : Number.NaN),
  time: timeOf,
  interval: intervalOf,
} as const;

function countOf(value: unknown): number {
  return typeof value === 'number' && value >= 0 && value < MAX_COUNT && Number.isInteger(value) ? value : Number.NaN;
}

function intervalOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

/**
 * Seconds since the epoch from what Zeek's `LogAscii::json_timestamps` can write: seconds (`TS_EPOCH`), milliseconds
 * (`TS_MILLIS`, told apart by their size: as seconds they would lie after the year 5000), or ISO 8601 (`TS_ISO8601`).
 */
function timeOf(value: unknown): number {
  if (typeof value === 'number') return Math.abs(value) > 1e11 ? value / 1000 : value;
  if (typeof value !== 'string') return Number.NaN;
  const parts = ISO_FRACTION.exec(value);
  // Date keeps milliseconds only, Zeek writes microseconds.
  const millis = Date.parse(parts ? `${parts[1]}${parts[3]}` : value);
  return Number.isNaN(millis) ? Number.NaN : millis / 1000 + (parts ? Number(`0.${parts[2]}`) : 0);
}
