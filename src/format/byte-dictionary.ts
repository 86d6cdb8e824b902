/**
 * Numbers for recurring byte strings. FNV-1a, open addressing; entries are numbered from 0 in the order they came.
 */

/** FNV-1a's offset basis and prime for 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
export const FNV_BASIS = 0x811c9dc5 | 0;
export const FNV_PRIME = 0x01000193;

const NEWLINE = 0x0a;

export class ByteDictionary {
  #slots = new Int32Array(1024).fill(-1);
  #hashes = new Int32Array(512);
  #offsets = new Int32Array(513);
  #bytes = new Uint8Array(8192);
  #view = new DataView(this.#bytes.buffer);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Bytes of all entries. */
  get size(): number {
    return this.#offsets[this.#count]!;
  }

  bytesOf(entry: number): Uint8Array {
    return this.#bytes.subarray(this.#offsets[entry], this.#offsets[entry + 1]);
  }

  hashOf(entry: number): number {
    return this.#hashes[entry]!;
  }

  /** Where the bytes at `start` end if they are this very entry and a field ends there, else -1. */
  matches(entry: number, view: DataView, start: number, separator: number): number {
    const from = this.#offsets[entry]!;
    const length = this.#offsets[entry + 1]! - from;
    const end = start + length;
    if (end >= view.byteLength || !sameBytes(view, start, this.#view, from, length)) return -1;
    const next = view.getUint8(end);
    return next === separator || next === NEWLINE ? end : -1;
  }

  /** The entry of the bytes from `start` to `end`, made if it is new. `hash` is their FNV-1a. */
  entry(buffer: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    const length = end - start;
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]!;
      if (entry < 0) return this.#add(buffer, start, end, hash, slot);
      if (this.#hashes[entry] !== hash) continue;
      const from = this.#offsets[entry]!;
      if (this.#offsets[entry + 1]! - from !== length) continue;
      let i = 0;
      while (i < length && buffer[start + i] === this.#bytes[from + i]) i++;
      if (i === length) return entry;
    }
  }

  #add(buffer: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const entry = this.#count++;
    if (entry + 2 > this.#offsets.length) {
      this.#offsets = growTable(this.#offsets, new Int32Array(this.#offsets.length * 2));
      this.#hashes = growTable(this.#hashes, new Int32Array(this.#hashes.length * 2));
    }
    const from = this.#offsets[entry]!;
    const to = from + end - start;
    if (to > this.#bytes.length) {
      this.#bytes = growTable(this.#bytes, new Uint8Array(Math.max(to, this.#bytes.length * 2)));
      this.#view = new DataView(this.#bytes.buffer);
    }
    this.#bytes.set(buffer.subarray(start, end), from);
    this.#offsets[entry + 1] = to;
    this.#hashes[entry] = hash;
    this.#slots[slot] = entry;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return entry;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let entry = 0; entry < this.#count; entry++) {
      const hash = this.#hashes[entry]!;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = entry;
    }
    this.#slots = slots;
  }
}

/**
 * True where both views hold the same bytes, compared four at a time; both must be that long. A DataView reads four bytes
 * at any place in one instruction, which makes this the fastest comparison there is without a call out of JavaScript.
 */
export function sameBytes(a: DataView, atA: number, b: DataView, atB: number, length: number): boolean {
  if (length < 4) {
    for (let i = 0; i < length; i++) if (a.getUint8(atA + i) !== b.getUint8(atB + i)) return false;
    return true;
  }
  const last = length - 4;
  for (let i = 0; i < last; i += 4) if (a.getInt32(atA + i) !== b.getInt32(atB + i)) return false;
  return a.getInt32(atA + last) === b.getInt32(atB + last);
}

function growTable<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
