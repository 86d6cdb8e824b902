/**
 * One line for every object of a JSON text that has them in an array, over several lines, or side by side. Of the answer
 * of a search engine, which has its rows in an array within, these; likewise of Loki and OpenTelemetry, which have several.
 */

import { LONGEST_LINE } from '../line-cutter.ts';
import { CARRIAGE_RETURN, type Converter, NEWLINE, NOTHING } from './characters.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const OPENING = { brace: 0x7b, bracket: 0x5b } as const;
const CLOSING = { brace: 0x7d, bracket: 0x5d } as const;
/** What Splunk, Elasticsearch and others call the array of what was found. */
export const KEY_OF_ROWS = /"(results|rows|hits|records|events|data|items|values?|logRecords)"\s*:\s*\[$/;
/** Loki's, where each row is a time and a text in an array, and OpenTelemetry's. */
const KEY_OF_STREAM = /"(values|logRecords)"\s*:\s*\[$/;
const LONGEST_KEY = 64;
/** Elasticsearch has two objects around its rows; Loki and OpenTelemetry have up to five objects and arrays. */
const DEEPEST_ROWS = 2;
const DEEPEST_STREAM = 5;

export class JsonValues implements Converter {
  #out = NOTHING;
  #made = 0;
  /** What is being read: an object, or what is none, without the line ends in it. */
  #row = new Uint8Array(4096);
  #length = 0;
  #lineEnds = 0;
  /** True for what is only passed over: around the rows of an answer, or longer than any row. */
  #isDropped = false;
  /** Objects and arrays that are open in it. */
  #depth = 0;
  /** The depth outside of the rows of an answer, while they are read; 0 where there is no answer around. */
  #answerDepth = 0;
  /** What each of the rows begins with. */
  #opening: number = OPENING.brace;
  #inText = false;
  #isEscaped = false;
  #mayBeRows = false;
  #endedLine = false;

  push(bytes: Uint8Array): Uint8Array {
    // The shortest object has two bytes, and gets a line end besides.
    this.#out = new Uint8Array(this.#length + this.#lineEnds + bytes.length * 2 + 2);
    this.#made = 0;
    for (const byte of bytes) {
      if (this.#depth > 0) this.#within(byte);
      else this.#between(byte);
    }
    return this.#out.subarray(0, this.#made);
  }

  end(): Uint8Array {
    this.#out = new Uint8Array(this.#length + this.#lineEnds + 2);
    this.#made = 0;
    this.#finish();
    return this.#out.subarray(0, this.#made);
  }

  /** Between objects: commas and brackets are passed over, all else is a line that no reader takes. */
  #between(byte: number): void {
    if (byte === NEWLINE) {
      if (this.#length > 0) this.#finish();
      else if (!this.#endedLine) this.#out[this.#made++] = NEWLINE;
      this.#endedLine = false;
    } else if (byte === this.#opening) {
      this.#finish();
      this.#depth = 1;
      this.#keep(byte);
    } else if (byte === CLOSING.bracket && this.#answerDepth > 0) {
      this.#finish();
      this.#depth = this.#answerDepth;
      this.#answerDepth = 0;
      this.#opening = OPENING.brace;
      this.#isDropped = true;
    } else if (this.#length > 0 || !' \t\r,[]'.includes(String.fromCharCode(byte))) this.#keep(byte);
  }

  #within(byte: number): void {
    if (byte === NEWLINE) {
      this.#lineEnds++;
      // No text of JSON has one in it: the object was cut off.
      if (this.#inText) this.#finish();
      else this.#keep(SPACE);
      return;
    }
    this.#keep(byte);
    if (this.#inText) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === BACKSLASH) this.#isEscaped = true;
      else if (byte === QUOTE) this.#inText = false;
    } else if (this.#mayBeRows && byte !== SPACE && byte !== CARRIAGE_RETURN) {
      this.#mayBeRows = false;
      const isRow = byte === OPENING.brace || (byte === OPENING.bracket && this.#isBehind(KEY_OF_STREAM, 1));
      if (isRow) this.#enterRows(byte);
      else this.#structure(byte);
    } else this.#structure(byte);
  }

  #structure(byte: number): void {
    if (byte === QUOTE) this.#inText = true;
    else if (byte === OPENING.brace) this.#depth++;
    else if (byte === OPENING.bracket) {
      this.#mayBeRows =
        this.#answerDepth === 0 &&
        ((this.#depth <= DEEPEST_ROWS && this.#isBehind(KEY_OF_ROWS)) ||
          (this.#depth <= DEEPEST_STREAM && this.#isBehind(KEY_OF_STREAM)));
      this.#depth++;
    } else if (byte === CLOSING.brace || byte === CLOSING.bracket) {
      if (--this.#depth === 0) this.#finish();
    }
  }

  /** @param before how many bytes, and blanks, have been read since */
  #isBehind(key: RegExp, before = 0): boolean {
    const tail = this.#row.subarray(Math.max(0, this.#length - LONGEST_KEY), this.#length - before);
    return key.test(String.fromCharCode(...tail).trimEnd());
  }

  /** What was read so far stands around rows, the first of which has just begun. */
  #enterRows(opening: number): void {
    this.#answerDepth = this.#depth - 1;
    this.#opening = opening;
    this.#isDropped = false;
    this.#length = 0;
    this.#depth = 1;
    this.#keep(opening);
  }

  #keep(byte: number): void {
    // Of what is passed over the end tells whether rows follow.
    if (this.#isDropped && this.#length === 2 * LONGEST_KEY) {
      this.#row.copyWithin(0, LONGEST_KEY, 2 * LONGEST_KEY);
      this.#length = LONGEST_KEY;
    }
    if (this.#length === this.#row.length) {
      const larger = new Uint8Array(this.#row.length * 2);
      larger.set(this.#row);
      this.#row = larger;
    }
    this.#row[this.#length++] = byte;
    if (this.#length <= LONGEST_LINE) return;
    // Its beginning is handed on, to be counted as what cannot be read.
    this.#length = LONGEST_KEY;
    this.#put();
    this.#isDropped = true;
  }

  /** Ends what was being read. */
  #finish(): void {
    if (this.#length > 0 && !this.#isDropped) this.#put();
    this.#isDropped = false;
    this.#depth = 0;
    this.#inText = false;
    this.#isEscaped = false;
    this.#mayBeRows = false;
    this.#length = 0;
  }

  /** Lines are counted by whoever reads: those that an object stood on come before it. */
  #put(): void {
    this.#out.fill(NEWLINE, this.#made, this.#made + this.#lineEnds);
    this.#made += this.#lineEnds;
    this.#out.set(this.#row.subarray(0, this.#length), this.#made);
    this.#made += this.#length;
    this.#out[this.#made++] = NEWLINE;
    this.#lineEnds = 0;
    this.#length = 0;
    this.#endedLine = true;
  }
}
