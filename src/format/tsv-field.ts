/** Reading one field's bytes as a number. */

import { EXACT_DIGITS, MAX_DIGITS } from './row-reader.ts';

export const NEWLINE = 0x0a;
export const ZERO = 0x30;
export const NINE = 0x39;
const DOT = 0x2e;
const MINUS = 0x2d;

const CARRIAGE_RETURN = 0x0d;

/** Where a line's text begins: some programs begin each part of what they write with a byte order mark. */
export function startOfLine(buffer: Uint8Array, at: number): number {
  return buffer[at] === 0xef && buffer[at + 1] === 0xbb && buffer[at + 2] === 0xbf ? at + 3 : at;
}

/** Where the line from `start` to the newline at `end` ends: lines from Windows have a carriage return before it. */
export function endOfLine(buffer: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && buffer[at - 1] === CARRIAGE_RETURN) at--;
  return at;
}

/** Where the field at `at` ends: at the next separator or newline. */
export function findFieldEnd(buffer: Uint8Array, at: number, separator: number): number {
  let end = at;
  for (let byte = buffer[end]!; byte !== separator && byte !== NEWLINE; byte = buffer[++end]!);
  return end;
}

const LARGEST_COUNT = 2n ** 64n - 1n;

/** The double nearest to a count of many digits; NaN where there are more than any count has. */
export function readLongCount(buffer: Uint8Array, start: number, end: number): number {
  if (end - start > MAX_DIGITS) return Number.NaN;
  const exact = BigInt(String.fromCharCode(...buffer.subarray(start, end)));
  return exact > LARGEST_COUNT ? Number.NaN : Number(exact);
}

/** A count such as `4096`, the nearest double where it is large; NaN for anything else. */
export function count(buffer: Uint8Array, start: number, end: number): number {
  if (end === start || end - start > MAX_DIGITS) return Number.NaN;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = buffer[at]! - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return end - start > EXACT_DIGITS ? readLongCount(buffer, start, end) : value;
}

/** A decimal number such as `1795491844.068891` or `-0.5`, exact to the microsecond; NaN for anything else. */
export function readDecimal(buffer: Uint8Array, start: number, end: number): number {
  let at = start;
  const negative = buffer[at] === MINUS;
  if (negative) at++;
  const first = at;
  let whole = 0;
  let fraction = 0;
  let scale = 1;
  let seenDot = false;
  for (; at < end; at++) {
    const byte = buffer[at]!;
    if (byte === DOT && !seenDot && at > first) {
      seenDot = true;
      continue;
    }
    const digit = byte - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    if (!seenDot) whole = whole * 10 + digit;
    else if (scale < 1e6) {
      fraction = fraction * 10 + digit;
      scale *= 10;
    }
  }
  if (at === first || buffer[at - 1] === DOT || at - first > MAX_DIGITS + 10) return Number.NaN;
  // Both parts are whole numbers below 2^53, so this is the double nearest to the text, as Number() would give.
  const value = whole < 9e9 ? (whole * scale + fraction) / scale : whole + fraction / scale;
  return negative ? -value : value;
}
