/** What the fields of a TSV row mean: values as numbers or the pool's ids of texts, and what is wrong with them. */

import { unescapeField, unescapeList } from './escape.ts';
import { isText, type LogColumn } from './log-kind.ts';
import type { StringPool } from './string-pool.ts';
import { isTime, parseTextTime } from './time-value.ts';
import { count, readDecimal } from './tsv-field.ts';
import type { TsvHeader } from './tsv-header.ts';

const TRUE = 0x54;
const FALSE = 0x46;

export class TsvValues {
  /** The first thing that is wrong with the row being read; empty where nothing is. */
  problem = '';
  /** Says how unset and empty fields are written. */
  header: TsvHeader;
  readonly #pool: StringPool;

  constructor(pool: StringPool, header: TsvHeader) {
    this.#pool = pool;
    this.header = header;
  }

  /** The value of a field of any kind; where it has none, -1 for a text and NaN for a number. */
  read(spec: LogColumn, buffer: Uint8Array, start: number, end: number): number {
    if (isText(spec.kind)) {
      if (this.#is(this.header.unsetField, buffer, start, end)) {
        if (!spec.optional) this.problem ||= `no ${spec.name}`;
        return -1;
      }
      const isEmpty = this.#is(this.header.emptyField, buffer, start, end);
      if (spec.kind === 'list') {
        const items = isEmpty ? [] : unescapeList(buffer, start, end, this.header.setSeparator);
        return this.#pool.id(JSON.stringify(items));
      }
      return this.#pool.id(isEmpty ? '' : unescapeField(buffer, start, end));
    }
    if (spec.kind === 'bool' && end - start === 1 && (buffer[start] === TRUE || buffer[start] === FALSE))
      return buffer[start] === TRUE ? 1 : 0;
    const value =
      spec.kind === 'count'
        ? count(buffer, start, end)
        : spec.kind === 'bool'
          ? Number.NaN
          : readDecimal(buffer, start, end);
    return Number.isNaN(value) || (spec.kind === 'time' && !isTime(value))
      ? this.unusual(Number.NaN, spec, buffer, start, end)
      : value;
  }

  /** A number that is none: a time in other words, unset, which is fine where the column may be, or a problem. */
  unusual(value: number, spec: LogColumn, buffer: Uint8Array, start: number, end: number): number {
    if (!this.#is(this.header.unsetField, buffer, start, end)) {
      const time = spec.kind === 'time' ? parseTextTime(unescapeField(buffer, start, end)) : Number.NaN;
      if (!Number.isNaN(time)) return time;
      const what = spec.kind === 'interval' ? 'an interval' : `a ${spec.kind}`;
      const text = unescapeField(buffer, start, Math.min(end, start + 40));
      this.problem ||= `${spec.name} is not ${what}: "${text}"`;
    } else if (!spec.optional) this.problem ||= `no ${spec.name}`;
    return value;
  }

  #is(text: string, buffer: Uint8Array, start: number, end: number): boolean {
    if (end - start !== text.length) return false;
    for (let i = 0; i < text.length; i++) if (buffer[start + i] !== text.charCodeAt(i)) return false;
    return true;
  }
}
