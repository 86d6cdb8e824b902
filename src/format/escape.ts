/**
 * Zeek's escapes in TSV: `\xNN` for a byte, and `\\` for a backslash.
 *
 * Source: Zeek's `ODesc::AddBytesRaw`/`util::get_escaped_string` (writing) and `util::get_unescaped_string` (reading).
 */

const UTF8 = new TextDecoder('utf-8');
const BACKSLASH = 0x5c;

/** The text of a field's bytes between `start` and `end`; bytes that are not UTF-8 become U+FFFD. */
export function unescapeField(buffer: Uint8Array, start: number, end: number): string {
  const first = buffer.subarray(start, end).indexOf(BACKSLASH);
  if (first < 0) return UTF8.decode(buffer.subarray(start, end));
  const bytes = new Uint8Array(end - start);
  let length = 0;
  for (let i = start; i < end; i++) {
    const byte = buffer[i]!;
    const value = byte === BACKSLASH && buffer[i + 1] === 0x78 && i + 3 < end ? readHexByte(buffer, i + 2) : -1;
    if (value >= 0) {
      bytes[length++] = value;
      i += 3;
    } else {
      bytes[length++] = byte;
      if (byte === BACKSLASH && buffer[i + 1] === BACKSLASH && i + 1 < end) i++;
    }
  }
  return UTF8.decode(bytes.subarray(0, length));
}

/** The texts of a set's or vector's bytes between `start` and `end`; a separator within a text is escaped by Zeek. */
export function unescapeList(buffer: Uint8Array, start: number, end: number, separator: string): string[] {
  const bytes = new TextEncoder().encode(separator);
  const texts: string[] = [];
  let from = start;
  if (bytes.length > 0) {
    for (let at = start; at + bytes.length <= end; at++) {
      if (!bytes.every((byte, i) => buffer[at + i] === byte)) continue;
      texts.push(unescapeField(buffer, from, at));
      from = at + bytes.length;
      at = from - 1;
    }
  }
  texts.push(unescapeField(buffer, from, end));
  return texts;
}

/** The byte two hexadecimal digits stand for, or -1. */
function readHexByte(buffer: Uint8Array, at: number): number {
  const high = readHexDigit(buffer[at]!);
  const low = readHexDigit(buffer[at + 1]!);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function readHexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
