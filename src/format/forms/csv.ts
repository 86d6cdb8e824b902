/** Rows as CSV, such as Splunk, Kibana and Grafana export them: a line of JSON for each, with texts as values. Source: RFC 4180. */

import { LONGEST_LINE } from '../line-cutter.ts';
import { CARRIAGE_RETURN, type Converter, NEWLINE, NOTHING } from './characters.ts';

/** What fields stand between; of several in one line the first. */
export const SEPARATORS = [',', ';', '|'] as const;
/** A first line that tells spreadsheets the separator. */
export const SEPARATOR_LINE = /^sep=[,;|]?$/;
const QUOTE = 0x22;
const UTF8 = new TextDecoder();
const ENCODER = new TextEncoder();

export class CsvConverter implements Converter {
  readonly #separator: number;
  #names: readonly string[] | null = null;
  /** The record that is being read: its fields, quotes taken off, and where each ends. */
  #bytes = new Uint8Array(4096);
  #length = 0;
  #ends: number[] = [];
  #isQuoted = false;
  #isTooLong = false;
  #before = NEWLINE;
  #lineEnds = 0;

  constructor(separator: (typeof SEPARATORS)[number]) {
    this.#separator = separator.charCodeAt(0);
  }

  push(bytes: Uint8Array): Uint8Array {
    const lines: string[] = [];
    for (const byte of bytes) {
      if (byte === QUOTE) {
        // A quote that follows a closing one stands for itself.
        if (!this.#isQuoted && this.#before === QUOTE) this.#keep(byte);
        this.#isQuoted = !this.#isQuoted;
      } else if (this.#isQuoted) {
        if (byte === NEWLINE) this.#lineEnds++;
        this.#keep(byte);
      } else if (byte === this.#separator) this.#ends.push(this.#length);
      else if (byte === NEWLINE) this.#finish(lines);
      else if (byte !== CARRIAGE_RETURN) this.#keep(byte);
      this.#before = byte;
    }
    return lines.length === 0 ? NOTHING : ENCODER.encode(lines.join(''));
  }

  end(): Uint8Array {
    const lines: string[] = [];
    if (this.#length > 0 || this.#ends.length > 0) this.#finish(lines);
    return ENCODER.encode(lines.join(''));
  }

  #keep(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
    if (this.#length + this.#ends.length <= LONGEST_LINE) return;
    this.#isTooLong = true;
    this.#length = 0;
    this.#ends = [];
  }

  #finish(lines: string[]): void {
    lines.push('\n'.repeat(this.#lineEnds), this.#line(), '\n');
    this.#length = 0;
    this.#ends = [];
    this.#lineEnds = 0;
    this.#isTooLong = false;
    this.#isQuoted = false;
  }

  /** The record as JSON; one with other fields than there are names becomes what no reader takes. */
  #line(): string {
    if (this.#isTooLong) return '"too long"';
    if (this.#length === 0 && this.#ends.length === 0) return '';
    let start = 0;
    const fields = [...this.#ends, this.#length].map((end) => {
      const text = UTF8.decode(this.#bytes.subarray(start, end));
      start = end;
      return text;
    });
    const names = this.#names;
    if (names === null) {
      if (!SEPARATOR_LINE.test(fields.join(''))) this.#names = fields;
      return '';
    }
    if (fields.length !== names.length) return JSON.stringify(`${fields.length} fields`);
    return JSON.stringify(
      Object.fromEntries(names.map((name, i) => [name, fields[i]!]).filter(([, text]) => text !== '')),
    );
  }
}
