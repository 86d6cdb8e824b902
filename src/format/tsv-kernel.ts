/**
 * The memory of the reader's inner loop (`kernel/rows.ts`), and its rows as they come out.
 *
 * Its segments are copies of the reader's: what the reader has learnt of a recurring segment is learnt here under the
 * same number. A thread has one kernel, which serves whoever reads.
 */

import { LAYOUT, LAYOUT_AT, PART, PART_NUMBERS } from './kernel/places.ts';
import code from './kernel/rows.wasm';
import type { RowsHandler } from './row-reader.ts';
import { type LayoutPart, SEGMENT } from './tsv-layout.ts';

/** Text is taken over in windows that stay in the processor's cache. */
const WINDOW = 1 << 18;
const BATCH_ROWS = 512;
/** Comparisons look so much further than what they compare. */
const BEYOND = 64;
const NEWLINE = 0x0a;
/** For `Layout.unset`, where unset is no single byte. */
const NO_BYTE = 256;
const PAGE = 65536;

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readRows(layout: number, at: number, end: number, batch: number, capacity: number): number;
}

/** What is used of it; the types of Node do not have it, and those of browsers have too much else. */
const { Module, Instance } = (
  globalThis as unknown as {
    WebAssembly: { Module: new (code: Uint8Array) => object; Instance: new (module: object) => { exports: unknown } };
  }
).WebAssembly;

/** How a segment's dictionary is copied. */
interface Copy {
  dictionary: LayoutPart['dictionary'] | null;
  /** Entries copied so far. */
  entries: number;
  /** There is room for. */
  mostEntries: number;
  mostBytes: number;
}

export interface KernelLayout {
  readonly segments: readonly LayoutPart[];
  readonly separator: number;
  readonly unsetField: string;
  /** A row of which nothing was read. */
  readonly blank: Float64Array;
}

/** Undefined before it is asked for. */
let shared: TsvKernel | null | undefined;

/** This thread's; null where the system has no room for one: WebAssembly wants a wide range of addresses (`ulimit -v`). */
export function openKernel(): TsvKernel | null {
  if (shared === undefined) {
    try {
      shared = new TsvKernel();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      shared = null;
    }
  }
  return shared;
}

/** Numbers begin with these, so a separator among them would be read as part of one. */
export function kernelReads({ separator }: { readonly separator: number }): boolean {
  return !/[\d.+-]/.test(String.fromCharCode(separator));
}

class TsvKernel {
  readonly #exports: Exports;
  #numbers = new Int32Array(0);
  #doubles = new Float64Array(0);
  #bytes = new Uint8Array(0);
  #free = 0;
  #layout: KernelLayout | null = null;
  #copies: Copy[] = [];
  #segmentsAt = 0;
  #batchAt = 0;
  #windowAt = 0;
  #stride = 0;
  /** What stands in the window: from where to where in which buffer. */
  #buffer: Uint8Array | null = null;
  #from = 0;
  #to = 0;

  constructor() {
    this.#exports = new Instance(new Module(code)).exports as Exports;
  }

  /** Makes ready for rows of a layout; does nothing where it served that layout last. */
  serve(layout: KernelLayout): void {
    if (this.#layout === layout) return;
    this.#layout = layout;
    const { segments, separator, unsetField, blank } = layout;
    // A row is copied two numbers at a time.
    const columns = blank.length + (blank.length % 2);
    this.#stride = columns;
    this.#free = LAYOUT_AT;
    this.#buffer = null;
    const at = this.#allocate(Object.keys(LAYOUT).length * 4);
    const row = this.#allocate(columns * 8);
    this.#segmentsAt = this.#allocate(segments.length * PART_NUMBERS * 4);
    this.#batchAt = this.#allocate(BATCH_ROWS * columns * 8);
    this.#windowAt = this.#allocate(WINDOW + BEYOND);
    this.#doubles.set(blank, row / 8);
    const numbers = {
      segmentCount: segments.length,
      segments: this.#segmentsAt,
      separator,
      unset: unsetField.length === 1 && unsetField < '\x80' ? unsetField.charCodeAt(0) : NO_BYTE,
      columns,
      row,
      lastKey: 0,
      stopped: 0,
    };
    for (const [name, index] of Object.entries(LAYOUT)) this.#numbers[at / 4 + index] = numbers[name as 'row'];
    this.#copies = segments.map((segment, i) => {
      const part = this.#part(i);
      this.#numbers.fill(0, part, part + PART_NUMBERS);
      this.#numbers[part + PART.kind] = segment.kind;
      this.#numbers[part + PART.column] = segment.columns[0]!;
      this.#numbers[part + PART.optional] = segment.specs[0]?.optional ? 1 : 0;
      this.#numbers[part + PART.lastBytes] = this.#allocate(BEYOND);
      this.#numbers[part + PART.isKey] = segment.isKey ? 1 : 0;
      this.#numbers[part + PART.current] = -1;
      this.#numbers[part + PART.width] = segment.columns.length;
      this.#numbers[part + PART.columns] = this.#allocate(segment.columns.length * 4);
      this.#numbers.set(segment.columns, this.#numbers[part + PART.columns]! / 4);
      return { dictionary: null, entries: 0, mostEntries: 0, mostBytes: 0 };
    });
    this.learn(layout);
  }

  /** Copies what a reader has learnt of a layout since, if it serves that one. */
  learn(layout: KernelLayout): void {
    if (layout !== this.#layout) return;
    layout.segments.forEach((segment, i) => {
      if (segment.kind !== SEGMENT.recurring) return;
      const { dictionary } = segment;
      const copy = this.#copies[i]!;
      if (copy.dictionary === dictionary && copy.entries === dictionary.count) return;
      if (copy.dictionary !== dictionary || dictionary.count > copy.mostEntries || dictionary.size > copy.mostBytes)
        this.#place(segment, i);
      while (copy.entries < dictionary.count) this.#copyEntry(segment, this.#part(i), copy.entries++);
    });
  }

  /**
   * Reads rows from `at` on and hands them out, many at a time.
   *
   * @param buffer with a newline at `end - 1`
   * @returns where the first line begins that it cannot read, or `end`
   */
  read(buffer: Uint8Array, at: number, end: number, take: RowsHandler): number {
    const stride = this.#stride;
    for (;;) {
      if (buffer !== this.#buffer || at < this.#from || at >= this.#to) {
        if (!this.#fill(buffer, at, end)) return at;
      }
      const shift = this.#windowAt - this.#from;
      const windowEnd = Math.min(end, this.#to) + shift;
      const rows = this.#exports.readRows(LAYOUT_AT, at + shift, windowEnd, this.#batchAt, BATCH_ROWS);
      if (rows > 0) take(this.#doubles, this.#batchAt / 8, stride, rows);
      at = this.#numbers[LAYOUT_AT / 4 + LAYOUT.stopped]! - shift;
      if (at === end || (rows < BATCH_ROWS && at + shift < windowEnd)) return at;
    }
  }

  /** Forgets what stands in the window: the buffer's owner may write into it again. */
  release(): void {
    this.#buffer = null;
  }

  /** False where the line at `at` is longer than the window. */
  #fill(buffer: Uint8Array, at: number, end: number): boolean {
    const to = end - at <= WINDOW ? end : at + buffer.subarray(at, at + WINDOW).lastIndexOf(NEWLINE) + 1;
    if (to <= at) return false;
    this.#bytes.set(buffer.subarray(at, to), this.#windowAt);
    this.#buffer = buffer;
    this.#from = at;
    this.#to = to;
    return true;
  }

  /** A segment's place in `#numbers`. */
  #part(i: number): number {
    return this.#segmentsAt / 4 + i * PART_NUMBERS;
  }

  /** Gives a segment's dictionary twice the room it needs now; its entries are to be copied anew. */
  #place(segment: LayoutPart, i: number): void {
    const { dictionary } = segment;
    const copy = this.#copies[i]!;
    const part = this.#part(i);
    const isSame = copy.dictionary === dictionary;
    const follow = isSame ? this.#numbers[part + PART.follow]! : 0;
    const followed = isSame ? copy.mostEntries + 1 : 0;
    let most = 256;
    while (most < dictionary.count * 2) most *= 2;
    this.#copies[i] = Object.assign(copy, {
      dictionary,
      entries: 0,
      mostEntries: most,
      mostBytes: Math.max(1 << 14, dictionary.size * 2),
    });
    const slots = this.#allocate(most * 2 * 4);
    const places = {
      slots,
      mask: most * 2 - 1,
      hashes: this.#allocate(most * 4),
      offsets: this.#allocate((most + 1) * 4),
      bytes: this.#allocate(copy.mostBytes + BEYOND),
      values: this.#allocate(most * segment.columns.length * 8),
      follow: this.#allocate((most + 1) * 4),
    };
    const numbers = this.#numbers;
    for (const [name, value] of Object.entries(places)) numbers[part + PART[name as keyof typeof places]] = value;
    numbers.fill(-1, slots / 4, slots / 4 + most * 2);
    numbers.fill(-1, places.follow / 4, places.follow / 4 + most + 1);
    numbers.copyWithin(places.follow / 4, follow / 4, follow / 4 + followed);
    numbers[places.offsets / 4] = 0;
    if (isSame) return;
    numbers[part + PART.current] = -1;
    if (segment.isKey) numbers[LAYOUT_AT / 4 + LAYOUT.lastKey] = 0;
  }

  /** One that is not good gets no slot, so that it is not found and the reader says what is wrong. */
  #copyEntry(segment: LayoutPart, part: number, entry: number): void {
    const numbers = this.#numbers;
    const { dictionary, values } = segment;
    const width = segment.columns.length;
    const bytes = dictionary.bytesOf(entry);
    const hash = dictionary.hashOf(entry);
    const offset = numbers[part + PART.offsets]! / 4 + entry;
    const from = numbers[offset]!;
    this.#bytes.set(bytes, numbers[part + PART.bytes]! + from);
    numbers[offset + 1] = from + bytes.length;
    numbers[numbers[part + PART.hashes]! / 4 + entry] = hash;
    const first = numbers[part + PART.values]! / 8 + entry * width;
    for (let field = 0; field < width; field++) this.#doubles[first + field] = values[entry * width + field]!;
    if (segment.problems.has(entry)) return;
    const mask = numbers[part + PART.mask]!;
    const slots = numbers[part + PART.slots]! / 4;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (numbers[slots + slot]! >= 0) slot = (slot + 1) & mask;
    numbers[slots + slot] = entry;
  }

  #allocate(bytes: number): number {
    const at = this.#free;
    this.#free = (at + bytes + 63) & ~63;
    const { memory } = this.#exports;
    const missing = this.#free - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    if (this.#bytes.buffer !== memory.buffer) {
      this.#numbers = new Int32Array(memory.buffer);
      this.#doubles = new Float64Array(memory.buffer);
      this.#bytes = new Uint8Array(memory.buffer);
    }
    return at;
  }
}
