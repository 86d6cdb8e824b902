/**
 * The inner loop of reading TSV, in AssemblyScript: rows that look as rows mostly do become numbers here, sixteen bytes
 * compared at a time. It understands nothing else; at any other line it stops, and the reader in JavaScript takes it.
 *
 * Memory is laid out by `../tsv-kernel.ts`, which says what stands where.
 */

const NEWLINE: u8 = 0x0a;
const HASH: u8 = 0x23;
const ZERO: u8 = 0x30;
const DOT: u8 = 0x2e;
/** A line that is not read here. */
const NOT_HERE: usize = 0;
/** More digits than that could be more than a double holds. */
const MOST_DIGITS: usize = 15;
const MOST_FRACTION: usize = 6;
/** From here on whole seconds and microseconds together are more than a double holds. */
const MOST_WHOLE: u64 = 9_000_000_000;
const REMEMBERED_TIME: usize = 32;

/** What all lines have in common. */
@unmanaged
class Layout {
  segmentCount: u32;
  segments: usize;
  separator: u32;
  /** The byte that stands for unset; none has this number where it is not one byte. */
  unset: u32;
  /** Doubles per row. */
  columns: u32;
  /** The row as it stands. */
  row: usize;
  /** 1 + the entry of the key segment in the row before. */
  lastKey: u32;
  /** Where reading stopped. */
  stopped: usize;
}

/** Kinds of segments are those of `../tsv-layout.ts`. */
const COUNT: u32 = 1;
const DECIMAL: u32 = 2;
const RECURRING: u32 = 3;

@unmanaged
class Segment {
  kind: u32;
  /** Of numbers: the column, and whether it may be unset. */
  column: u32;
  optional: u32;
  /** Of a decimal: its bytes in the row before. */
  lastLength: u32;
  lastBytes: usize;
  /** Of a recurring segment: whether it is the key, and the entry whose values stand in the row. */
  isKey: u32;
  current: i32;
  /** Its fields' columns; what follows are a hash table and columns of the entries it finds. */
  width: u32;
  columns: usize;
  slots: usize;
  mask: u32;
  hashes: usize;
  offsets: usize;
  bytes: usize;
  values: usize;
  /** Per 1 + entry of the row before: the entry to expect. */
  follow: usize;
}

/** Where the segment that was looked up ends. */
let foundEnd: usize = 0;

/**
 * Reads rows from `at` until `end`, where a line ends, and puts them side by side at `batch`, which has room for
 * `capacity`.
 *
 * @returns how many; `layout.stopped` is the line that was not read
 */
export function readRows(layout: Layout, at: usize, end: usize, batch: usize, capacity: u32): u32 {
  const rowBytes = (<usize>layout.columns) << 3;
  let rows: u32 = 0;
  while (at < end && rows < capacity) {
    const next = readRow(layout, at);
    if (next === NOT_HERE) break;
    copyDoubles(batch, layout.row, rowBytes);
    batch += rowBytes;
    at = next;
    rows++;
  }
  layout.stopped = at;
  return rows;
}

/** An even number of them; a call of `memory.copy` costs more than so few bytes do. */
function copyDoubles(to: usize, from: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
}

/** Reads a line into the row; returns where the next one begins. */
function readRow(layout: Layout, start: usize): usize {
  const first = load<u8>(start);
  if (first === NEWLINE || first === HASH) return NOT_HERE;
  const separator = <u8>layout.separator;
  let segment = layout.segments;
  let at = start;
  for (let left = layout.segmentCount; left > 0; left--) {
    const part = changetype<Segment>(segment);
    const kind = part.kind;
    if (kind === RECURRING) at = recurring(layout, part, at, separator);
    else if (kind === COUNT) at = count(layout, part, at, separator);
    else if (kind === DECIMAL) at = decimal(layout, part, at, separator);
    else at = fieldEnd(at, separator);
    if (at === NOT_HERE || (load<u8>(at) === NEWLINE) !== (left === 1)) return NOT_HERE;
    at++;
    segment += offsetof<Segment>();
  }
  return at;
}

function isEnd(byte: u8, separator: u8): bool {
  return byte === separator || byte === NEWLINE;
}

function fieldEnd(at: usize, separator: u8): usize {
  while (!isEnd(load<u8>(at), separator)) at++;
  return at;
}

function recurring(layout: Layout, segment: Segment, at: usize, separator: u8): usize {
  const isKey = segment.isKey !== 0;
  let entry = isKey ? load<i32>(segment.follow + ((<usize>layout.lastKey) << 2)) : segment.current;
  let end = entry < 0 ? NOT_HERE : matching(segment, entry, at, separator);
  if (end === NOT_HERE) {
    entry = find(segment, at, separator);
    if (entry < 0) return NOT_HERE;
    end = foundEnd;
    if (isKey) store<i32>(segment.follow + ((<usize>layout.lastKey) << 2), entry);
  }
  if (entry !== segment.current) take(layout, segment, entry);
  if (isKey) layout.lastKey = entry + 1;
  return end;
}

/** Where the bytes at `at` end if they are this entry. */
function matching(segment: Segment, entry: i32, at: usize, separator: u8): usize {
  const offset = segment.offsets + ((<usize>entry) << 2);
  const from = load<u32>(offset);
  const length = load<u32>(offset, 4) - from;
  return isEnd(load<u8>(at + length), separator) && same(at, segment.bytes + from, length) ? at + length : NOT_HERE;
}

/** What lies behind either is read as well and does not count. Most are short, and take no branch that depends on length. */
function same(a: usize, b: usize, length: usize): bool {
  while (length > 32) {
    if (equalBits(a, b) !== 0xffff) return false;
    a += 16;
    b += 16;
    length -= 16;
  }
  const equal = <u64>equalBits(a, b) | ((<u64>equalBits(a + 16, b + 16)) << 16);
  return (~equal & (((<u64>1) << (<u64>length)) - 1)) === 0;
}

function equalBits(a: usize, b: usize): u32 {
  return v128.bitmask<u8>(v128.eq<u8>(v128.load(a), v128.load(b)));
}

/** The entry of the bytes at `at`, by their FNV-1a; -1 where there is none. */
function find(segment: Segment, at: usize, separator: u8): i32 {
  let left = segment.width;
  let hash: u32 = 0x811c9dc5;
  let end = at;
  for (; ; end++) {
    const byte = load<u8>(end);
    if (byte === NEWLINE || (byte === separator && left === 1)) break;
    if (byte === separator) left--;
    hash = (hash ^ byte) * 0x01000193;
  }
  if (left !== 1) return -1;
  const length = <u32>(end - at);
  const mask = segment.mask;
  for (let slot = (hash ^ (hash >> 15)) & mask; ; slot = (slot + 1) & mask) {
    const entry = load<i32>(segment.slots + ((<usize>slot) << 2));
    if (entry < 0) return -1;
    if (load<u32>(segment.hashes + ((<usize>entry) << 2)) !== hash) continue;
    const offset = segment.offsets + ((<usize>entry) << 2);
    const from = load<u32>(offset);
    if (load<u32>(offset, 4) - from !== length || !same(at, segment.bytes + from, length)) continue;
    foundEnd = end;
    return entry;
  }
}

function take(layout: Layout, segment: Segment, entry: i32): void {
  const width = segment.width;
  let value = segment.values + ((<usize>(<u32>entry * width)) << 3);
  for (let field: u32 = 0; field < width; field++) {
    const column = load<u32>(segment.columns + ((<usize>field) << 2));
    store<f64>(layout.row + ((<usize>column) << 3), load<f64>(value));
    value += 8;
  }
  segment.current = entry;
}

function put(layout: Layout, segment: Segment, value: f64): void {
  store<f64>(layout.row + ((<usize>segment.column) << 3), value);
}

/** Where an unset field ends, if it is one and may be. */
function unset(layout: Layout, segment: Segment, at: usize, separator: u8): usize {
  const isUnset = segment.optional !== 0 && <u32>load<u8>(at) === layout.unset && isEnd(load<u8>(at + 1), separator);
  if (!isUnset) return NOT_HERE;
  put(layout, segment, NaN);
  return at + 1;
}

function count(layout: Layout, segment: Segment, start: usize, separator: u8): usize {
  const digits = digitsAt(start);
  if (digits === 0) return unset(layout, segment, start, separator);
  const end = start + digits;
  if (digits > MOST_DIGITS || !isEnd(load<u8>(end), separator)) return NOT_HERE;
  put(layout, segment, <f64>number(start, digits));
  return end;
}

/** How many digits stand at `at`: up to 16. */
function digitsAt(at: usize): usize {
  const isDigit = v128.lt<u8>(v128.sub<u8>(v128.load(at), v128.splat<u8>(ZERO)), v128.splat<u8>(10));
  return <usize>ctz<u32>(~v128.bitmask<u8>(isDigit));
}

/** The number that up to 15 digits stand for. */
function number(at: usize, digits: usize): u64 {
  return digits <= 8
    ? eightDigits(load<u64>(at) << (((8 - <u64>digits) << 3) & 63))
    : number(at, digits - 8) * 100_000_000 + eightDigits(load<u64>(at + digits - 8));
}

/**
 * Eight digits as a number, the first in the lowest byte; bytes of 0 count as the digit 0. Neighbours are added up pair
 * by pair: D. Lemire, "Quickly parsing eight digits" (2018).
 */
function eightDigits(text: u64): u64 {
  // biome-ignore lint/correctness/noPrecisionLoss: a 64-bit number here
  let digits = text & 0x0f0f0f0f0f0f0f0f;
  digits = digits * 10 + (digits >> 8);
  return (
    ((digits & 0x000000ff000000ff) * 0x000f424000000064 + ((digits >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >>
    32
  );
}

function decimal(layout: Layout, segment: Segment, start: usize, separator: u8): usize {
  // The rows of a run carry one time, so the row before usually has the very same bytes.
  const length = segment.lastLength;
  return length !== 0 && isEnd(load<u8>(start + length), separator) && same(start, segment.lastBytes, length)
    ? start + length
    : newDecimal(layout, segment, start, separator);
}

function newDecimal(layout: Layout, segment: Segment, start: usize, separator: u8): usize {
  segment.lastLength = 0;
  const digits = digitsAt(start);
  if (digits === 0) return unset(layout, segment, start, separator);
  if (digits > MOST_DIGITS) return NOT_HERE;
  const whole = number(start, digits);
  if (whole >= MOST_WHOLE) return NOT_HERE;
  let at = start + digits;
  let scale: f64 = 1;
  let fraction: u64 = 0;
  if (load<u8>(at) === DOT) {
    const decimals = digitsAt(++at);
    if (decimals === 0 || decimals > MOST_FRACTION) return NOT_HERE;
    fraction = number(at, decimals);
    for (let i: usize = 0; i < decimals; i++) scale *= 10;
    at += decimals;
  }
  // No clock shows 0, which an interval may well be: the reader knows which of them it is.
  if (!isEnd(load<u8>(at), separator) || (whole | fraction) === 0) return NOT_HERE;
  put(layout, segment, (<f64>whole * scale + <f64>fraction) / scale);
  const length = at - start;
  if (length <= REMEMBERED_TIME) {
    memory.copy(segment.lastBytes, start, length);
    segment.lastLength = <u32>length;
  }
  return at;
}
