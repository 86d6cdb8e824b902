/**
 * Reads the rows of a Zeek TSV log from its bytes, in one pass, without strings or objects. Where there is much to read,
 * the kernel reads the rows that look as most do; this reads all others, and teaches the kernel what it learns by them.
 */

import { FNV_BASIS, FNV_PRIME, sameBytes } from './byte-dictionary.ts';
import { findLayout } from './known-layouts.ts';
import { isText, type LogKind } from './log-kind.ts';
import { EXACT_DIGITS, type RowReader, type RowSink, type RowsHandler } from './row-reader.ts';
import type { StringPool } from './string-pool.ts';
import { isTime } from './time-value.ts';
import { endOfLine, findFieldEnd, NEWLINE, NINE, readDecimal, readLongCount, startOfLine, ZERO } from './tsv-field.ts';
import { addHeaderLine, isSameLayout, recognizeHeader, type TsvHeader } from './tsv-header.ts';
import { type KernelLayout, kernelReads, openKernel } from './tsv-kernel.ts';
import { type LayoutPart, makeTsvLayout, SEGMENT } from './tsv-layout.ts';
import { TsvValues } from './tsv-values.ts';

const DECODER = new TextDecoder();
const HASH = 0x23;
/** A segment with more entries than this does not recur after all. */
const MOST_ENTRIES = 1 << 17;
/** Less than this is read before a kernel is ready. */
const WORTH_KERNEL = 1 << 15;
/** So many lines are read before a kernel that reads few of them is given up. */
const TRIED_LINES = 4096;

export class TsvReader implements RowReader {
  lines: number;
  layoutChanged = false;
  hasRounded = false;
  readonly #kind: LogKind;
  readonly #sink: RowSink;
  readonly #file: string;
  readonly #values: Float64Array;
  readonly #path: string | null;
  readonly #isShared: boolean;
  /** True while rows of another log are passed over. */
  #isOther = false;
  #header: TsvHeader;
  #headerInUse: TsvHeader;
  #segments: readonly LayoutPart[];
  /** What the kernel reads by; null where it cannot. */
  #kernelLayout: KernelLayout | null = null;
  readonly #worthKernel: number;
  /** Lines that the kernel left to this. */
  #leftLines = 0;
  readonly #emit: RowsHandler;
  /** 1 + the key segment's entry in the row before. */
  #lastKey = 0;
  readonly #rowValues: TsvValues;

  /**
   * @param header what stands before the bytes that will be read; header lines among them change it
   * @param file named in errors, never opened
   * @param lines how many lines of the file come before
   * @param worthKernel how many bytes must be given at a time for the kernel to read them
   * @param isShared true where other logs stand in the same file, and their rows have been counted
   */
  constructor(
    kind: LogKind,
    header: TsvHeader,
    pool: StringPool,
    sink: RowSink,
    file: string,
    lines = 0,
    worthKernel = WORTH_KERNEL,
    isShared = false,
  ) {
    this.#kind = kind;
    this.#sink = sink;
    this.#file = file;
    this.lines = lines;
    this.#worthKernel = worthKernel;
    this.#emit = (values, from, stride, count) => {
      this.lines += count;
      sink.rows(values, from, stride, count);
    };
    this.#values = new Float64Array(kind.columns.length);
    this.#path = header.path;
    this.#isShared = isShared;
    this.#header = header;
    this.#headerInUse = header;
    this.#rowValues = new TsvValues(pool, header);
    this.#segments = this.#newLayout();
  }

  read(buffer: Uint8Array, end: number): void {
    this.#forgetPlaces();
    const view = new DataView(buffer.buffer, buffer.byteOffset, end);
    const kernel = end < this.#worthKernel ? null : openKernel();
    if (kernel === null) {
      for (let at = 0; at < end; ) at = this.#line(buffer, view, at);
      return;
    }
    for (let at = 0; at < end; ) {
      if (this.#header === this.#headerInUse && this.#kernelLayout !== null) {
        kernel.serve(this.#kernelLayout);
        at = kernel.read(buffer, at, end, this.#emit);
        if (at === end) break;
        if (++this.#leftLines > TRIED_LINES && this.#leftLines * 2 > this.lines) this.#kernelLayout = null;
      }
      at = this.#line(buffer, view, at);
      if (this.#kernelLayout !== null) kernel.learn(this.#kernelLayout);
    }
    kernel.release();
  }

  skipLine(reason: string): void {
    this.#sink.skipped(++this.lines, reason);
  }

  /** Reads one line, whatever it is; returns where the next one begins. */
  #line(buffer: Uint8Array, view: DataView, at: number): number {
    const start = startOfLine(buffer, at);
    const newline = buffer.indexOf(NEWLINE, start);
    const end = endOfLine(buffer, start, newline);
    if (end < newline) {
      this.#windowsLine(buffer.subarray(start, end));
      return newline + 1;
    }
    this.lines++;
    const first = buffer[start];
    if (first === HASH) {
      this.#header = addHeaderLine(this.#header, buffer.subarray(start, end), this.#file, this.lines);
      return newline + 1;
    }
    if (first === NEWLINE) return newline + 1;
    if (this.#header !== this.#headerInUse) this.#applyHeader();
    if (this.#isOther) {
      if (!this.#isShared) this.#sink.skipped(this.lines, `a row of ${this.#headerInUse.path}.log`);
      return newline + 1;
    }
    return this.#row(buffer, view, start);
  }

  /** Reads a line that had a carriage return at its end. */
  #windowsLine(text: Uint8Array): void {
    const line = new Uint8Array(text.length + 1);
    line.set(text);
    line[text.length] = NEWLINE;
    this.#forgetPlaces();
    this.#line(line, new DataView(line.buffer), 0);
    this.#forgetPlaces();
  }

  /** Another buffer is read next. */
  #forgetPlaces(): void {
    for (const segment of this.#segments) segment.lastAt = -1;
  }

  /** Reads one row from `start`; returns where the next line begins. */
  #row(buffer: Uint8Array, view: DataView, start: number): number {
    const segments = this.#segments;
    const separator = this.#headerInUse.separator;
    const values = this.#values;
    const last = segments.length - 1;
    const key = this.#lastKey;
    let at = start;
    this.#rowValues.problem = '';
    for (let i = 0; i <= last; i++) {
      const segment = segments[i]!;
      const from = at;
      switch (segment.kind) {
        case SEGMENT.recurring: {
          // Names follow one another as in the run before; what stands beside them mostly stays as it is.
          const follow = segment.follow;
          const expected = !segment.isKey ? segment.current : key < follow.length ? follow[key]! : -1;
          at = expected < 0 ? -1 : segment.dictionary.matches(expected, view, from, separator);
          if (at < 0) {
            at = this.#learn(segment, key, buffer, from, separator);
            if (at < 0) return this.#wrongFieldCount(buffer, view, start);
          } else if (expected !== segment.current) this.#take(segment, expected);
          if (segment.isKey && segment.current >= 0) this.#lastKey = segment.current + 1;
          break;
        }
        case SEGMENT.count: {
          let value = 0;
          let byte = buffer[at]!;
          for (; byte >= ZERO && byte <= NINE; byte = buffer[++at]!) value = value * 10 + (byte - ZERO);
          const isCount = (byte === separator || byte === NEWLINE) && at > from;
          if (isCount && at - from > EXACT_DIGITS) {
            value = readLongCount(buffer, from, at);
            if (value > Number.MAX_SAFE_INTEGER) this.hasRounded = true;
          }
          if (!isCount || Number.isNaN(value)) {
            at = findFieldEnd(buffer, from, separator);
            value = this.#rowValues.unusual(Number.NaN, segment.specs[0]!, buffer, from, at);
          }
          values[segment.columns[0]!] = value;
          break;
        }
        case SEGMENT.decimal: {
          // The rows of a run carry one time, so the row before usually has the very same bytes.
          const length = segment.lastLength;
          if (
            segment.lastAt >= 0 &&
            at + length < view.byteLength &&
            buffer[at + length] === separator &&
            sameBytes(view, at, view, segment.lastAt, length)
          ) {
            segment.lastAt = at;
            at += length;
            break;
          }
          at = findFieldEnd(buffer, at, separator);
          const value = readDecimal(buffer, from, at);
          const isUsual = isTime(value);
          values[segment.columns[0]!] = isUsual ? value : this.#rowValues.read(segment.specs[0]!, buffer, from, at);
          segment.lastAt = isUsual ? from : -1;
          segment.lastLength = at - from;
          break;
        }
        default:
          at = findFieldEnd(buffer, at, separator);
      }
      if ((buffer[at] === NEWLINE) !== (i === last)) return this.#wrongFieldCount(buffer, view, start);
      at++;
    }
    if (this.#rowValues.problem === '') this.#sink.rows(values, 0, values.length, 1);
    else this.#sink.skipped(this.lines, this.#rowValues.problem);
    return at;
  }

  /** Puts an entry's values into the row. */
  #take(segment: LayoutPart, entry: number): void {
    const { columns, values } = segment;
    const width = columns.length;
    for (let field = 0; field < width; field++) this.#values[columns[field]!] = values[entry * width + field]!;
    segment.current = entry;
  }

  /** Reads a recurring segment that was not the expected one; returns where it ends, or -1 if the line ends within it. */
  #learn(segment: LayoutPart, key: number, buffer: Uint8Array, start: number, separator: number): number {
    if (segment.dictionary.count > MOST_ENTRIES) segment.reset();
    let left = segment.columns.length;
    let hash = FNV_BASIS;
    let end = start;
    for (; ; end++) {
      const byte = buffer[end]!;
      if (byte === NEWLINE || (byte === separator && left === 1)) break;
      if (byte === separator) left--;
      hash = Math.imul(hash ^ byte, FNV_PRIME);
    }
    if (left !== 1) return -1;
    const known = segment.dictionary.count;
    const entry = segment.dictionary.entry(buffer, start, end, hash);
    if (entry === known) this.#readEntry(segment, entry, buffer, start, separator);
    const problem = segment.problems.get(entry);
    this.#take(segment, entry);
    if (problem === undefined) {
      if (segment.isKey) remember(segment, key, entry);
    } else {
      this.#rowValues.problem ||= problem;
      segment.current = -1;
    }
    return end;
  }

  #readEntry(segment: LayoutPart, entry: number, buffer: Uint8Array, start: number, separator: number): void {
    const problemBefore = this.#rowValues.problem;
    this.#rowValues.problem = '';
    let at = start;
    for (const spec of segment.specs) {
      const end = findFieldEnd(buffer, at, separator);
      segment.values.push(this.#rowValues.read(spec, buffer, at, end));
      at = end + 1;
    }
    if (this.#rowValues.problem !== '') segment.problems.set(entry, this.#rowValues.problem);
    this.#rowValues.problem = problemBefore;
  }

  #applyHeader(): void {
    const { path } = this.#header;
    this.#isOther = path !== this.#path && recognizeHeader(this.#header)?.name !== this.#kind.name;
    if (!isSameLayout(this.#header, this.#headerInUse)) this.layoutChanged = true;
    this.#headerInUse = this.#header;
    this.#rowValues.header = this.#header;
    this.#segments = this.#newLayout();
  }

  #newLayout(): readonly LayoutPart[] {
    this.#lastKey = 0;
    this.#kind.columns.forEach(({ kind }, column) => {
      this.#values[column] = isText(kind) ? -1 : Number.NaN;
    });
    const segments = this.#isOther ? [] : makeTsvLayout(this.#kind, this.#headerInUse, this.#file);
    const { separator, unsetField } = this.#headerInUse;
    this.#kernelLayout =
      !this.#isOther && kernelReads(this.#headerInUse)
        ? { segments, separator, unsetField, blank: this.#values.slice() }
        : null;
    return segments;
  }

  /** Without a header, rows of a collector that was updated meanwhile have the columns of their version. */
  #takeKnownLayout(line: Uint8Array): boolean {
    if (this.#headerInUse.fieldsLine > 0) return false;
    const layout = findLayout(DECODER.decode(line).split('\t'));
    if (layout?.kind.name !== this.#kind.name) return false;
    this.#useFields(layout.names);
    return true;
  }

  #useFields(fields: readonly string[]): void {
    this.#header = { ...this.#headerInUse, fields };
    this.#headerInUse = this.#header;
    this.#segments = this.#newLayout();
  }

  #wrongFieldCount(buffer: Uint8Array, view: DataView, start: number): number {
    const { separator, fields: names } = this.#headerInUse;
    const end = buffer.indexOf(NEWLINE, start);
    let fields = 1;
    for (let at = start; at < end; at++) if (buffer[at] === separator) fields++;
    let blank = 0;
    while (blank < fields && buffer[end - 1 - blank] === separator) blank++;
    // Some programs end every row in a separator, or only the header.
    const fit = [...names.slice(0, fields), ...Array<string>(Math.max(0, fields - names.length)).fill('')];
    if (fields !== names.length && fields - names.length <= blank && names.slice(fields).every((name) => name === '')) {
      this.#useFields(fit);
      return this.#row(buffer, view, start);
    }
    if (this.#takeKnownLayout(buffer.subarray(start, end))) return this.#row(buffer, view, start);
    const found = `${fields} field${fields === 1 ? '' : 's'}`;
    this.#sink.skipped(this.lines, `${found} where the header names ${this.#headerInUse.fields.length}`);
    return end + 1;
  }
}

function remember(segment: LayoutPart, key: number, entry: number): void {
  if (key >= segment.follow.length) {
    const larger = new Int32Array(Math.max(key + 1, segment.follow.length * 2)).fill(-1);
    larger.set(segment.follow);
    segment.follow = larger;
  }
  segment.follow[key] = entry;
}
