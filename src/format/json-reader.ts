/** Reads the rows of a Zeek log in JSON lines from its bytes. */

import { unescapeList } from './escape.ts';
import {
  chooseKind,
  findKind,
  findPath,
  isText,
  type JsonRow,
  type LogColumn,
  type LogKind,
  readPath,
} from './log-kind.ts';
import { MAX_COUNT, type RowReader, type RowSink } from './row-reader.ts';
import type { StringPool } from './string-pool.ts';
import { systemIn } from './system-name.ts';
import { parseNumericTime, parseTextTime } from './time-value.ts';

const NEWLINE = 0x0a;
/** Deeper than any row of Zeek's; only a long line can be so deep that it costs much. */
const DEEPEST = 64;
const LONG_LINE = 1 << 16;
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;
/** As Kibana exports counts. */
const GROUPED = /^[1-9]\d{0,2}(,\d{3})+$/;
const SHOWN = 40;

export class JsonReader implements RowReader {
  lines: number;
  readonly layoutChanged = false;
  hasRounded = false;
  readonly #kind: LogKind;
  readonly #system: string | null;
  readonly #pool: StringPool;
  readonly #sink: RowSink;
  readonly #values: Float64Array;
  readonly #decoder = new TextDecoder('utf-8');
  readonly #isShared: boolean;

  /**
   * @param system the column that names the system, the kind's last; null where there is none
   * @param lines how many lines of the file come before
   * @param isShared true where rows of other logs stand among those of this kind, and have been counted
   */
  constructor(kind: LogKind, system: string | null, pool: StringPool, sink: RowSink, lines = 0, isShared = false) {
    this.#isShared = isShared;
    this.#kind = kind;
    this.#system = system;
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
    if (text.trim() === '' || (this.#isShared && this.#isOfAnother(text))) return;
    const problem = this.#read(text);
    if (problem === '') this.#sink.rows(this.#values, 0, this.#values.length, 1);
    else if (problem !== null) this.#sink.skipped(this.lines, problem);
  }

  /** True for a line that can be told to be of another log without parsing it. */
  #isOfAnother(text: string): boolean {
    const path = findPath(text);
    const kind = path === null ? null : findKind(path);
    if (kind !== null) return kind.name !== this.#kind.name;
    return !this.#kind.signature.every((name) => text.includes(`"${name}"`));
  }

  /** Fills the row's values; returns what is wrong with it, '' where nothing is, or null for a row of another log. */
  #read(text: string): string | null {
    if (text.length > LONG_LINE && measureDepth(text) > DEEPEST) return `nested deeper than ${DEEPEST}`;
    let row: unknown;
    try {
      row = JSON.parse(text);
    } catch {
      return 'not JSON';
    }
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'not a JSON object';
    const object = row as JsonRow;
    const path = readPath(object);
    if (path !== null || this.#isShared) {
      const kind = chooseKind(object);
      const isOther = kind?.name !== this.#kind.name;
      if (this.#isShared && isOther) return null;
      if (kind !== null && isOther) return `a row of ${kind.name}.log`;
    }
    return this.#fill(object);
  }

  #fill(row: JsonRow): string {
    const columns = this.#kind.columns;
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!;
      const { name, kind, optional } = column;
      const value = name === this.#system ? systemIn(row, name) : Object.hasOwn(row, name) ? row[name] : undefined;
      if (isUnset(value, column)) {
        if (!optional) return `no ${name}`;
        this.#values[i] = isText(kind) ? -1 : Number.NaN;
      } else if (kind === 'string' || kind === 'list') {
        const text = kind === 'string' ? readText(value) : readList(value);
        if (text === null) return `${name} is not a ${kind}`;
        this.#values[i] = this.#pool.id(text);
      } else {
        const number = NUMBER_OF[kind](value);
        if (Number.isNaN(number)) return `${name} is not a ${kind}: ${shown(value)}`;
        if (kind === 'count' && number > Number.MAX_SAFE_INTEGER) this.hasRounded = true;
        this.#values[i] = number;
      }
    }
    return '';
  }
}

/** Programs between Zeek and here write values as texts, and those there are none of as Zeek does in TSV. */
function isUnset(value: unknown, { kind }: LogColumn): boolean {
  return value === undefined || value === null || (kind !== 'string' && (value === '' || value === '-'));
}

function readText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** A list as JSON; a text is one as Zeek's writers put it in one field. */
function readList(value: unknown): string | null {
  if (typeof value === 'string') {
    const bytes = new TextEncoder().encode(value);
    return JSON.stringify(value === '(empty)' ? [] : unescapeList(bytes, 0, bytes.length, ','));
  }
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? JSON.stringify(value) : null;
}

function shown(value: unknown): string {
  return typeof value === 'object' ? 'an object' : JSON.stringify(value).slice(0, SHOWN);
}

/** How deep objects and arrays are nested. */
function measureDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '{' || token === '[') deepest = Math.max(deepest, ++depth);
    else if (token === '}' || token === ']') depth--;
  }
  return deepest;
}

const NUMBER_OF = { count: readCount, bool: readBool, time: readTime, interval: readNumber } as const;

function readCount(value: unknown): number {
  const number = readNumber(typeof value === 'string' && GROUPED.test(value) ? value.replaceAll(',', '') : value);
  return number >= 0 && number <= MAX_COUNT && Number.isInteger(number) ? number : Number.NaN;
}

/** SQLite has no truth values but 1 and 0. */
function readBool(value: unknown): number {
  if (value === true || value === 'true' || value === 'T' || value === 1) return 1;
  return value === false || value === 'false' || value === 'F' || value === 0 ? 0 : Number.NaN;
}

function readNumber(value: unknown): number {
  if (typeof value === 'string' && NUMBER.test(value)) return Number(value);
  return typeof value === 'number' ? value : Number.NaN;
}

function readTime(value: unknown): number {
  if (typeof value === 'string') return parseTextTime(value);
  return typeof value === 'number' ? parseNumericTime(value) : Number.NaN;
}
