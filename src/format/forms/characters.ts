/** Text that is not in UTF-8 with lines that end in a newline: UTF-16, old line ends, zero bytes. */

/** UTF-8's byte order mark. */
const MARK = [0xef, 0xbb, 0xbf];
const LOOKED_AT = 512;

/** Which of both orders of UTF-16 a text is in: by its byte order mark, or as every other byte is zero; null for others. */
export function findUtf16Order(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const length = Math.min(head.length, LOOKED_AT);
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i % 2]!++;
  if (zeros[0]! + zeros[1]! < length * 0.4 || length < 8) return null;
  if (zeros[0] === 0) return 'utf-16le';
  return zeros[1] === 0 ? 'utf-16be' : null;
}

export function isMarked(head: Uint8Array): boolean {
  return MARK.every((byte, i) => head[i] === byte);
}

export function dropMark(): Converter {
  let left = MARK.length;
  return {
    push(bytes) {
      const skipped = Math.min(left, bytes.length);
      left -= skipped;
      return bytes.subarray(skipped);
    },
    end: () => NOTHING,
  };
}

export function decodeUtf16(order: 'utf-16le' | 'utf-16be'): Converter {
  const decoder = new TextDecoder(order);
  const encoder = new TextEncoder();
  return {
    push: (bytes) => encoder.encode(decoder.decode(bytes, { stream: true })),
    end: () => encoder.encode(decoder.decode()),
  };
}

/** Lines that end in a carriage return alone, as on old Macs. */
export function endInNewlines(): Converter {
  return {
    push: (bytes) => bytes.map((byte) => (byte === CARRIAGE_RETURN ? NEWLINE : byte)),
    end: () => NOTHING,
  };
}

/**
 * Leaves out zero bytes, which Zeek never writes: a log that was emptied while it was written to begins with them, one
 * that a crash cut off ends so. What stands on both sides of them is not one row.
 */
export function dropZeros(): Converter {
  let last = NEWLINE;
  return {
    push(bytes) {
      const out = new Uint8Array(bytes.length);
      let length = 0;
      for (let byte of bytes) {
        if (byte === 0) {
          if (last === NEWLINE) continue;
          byte = NEWLINE;
        }
        out[length++] = byte;
        last = byte;
      }
      return out.subarray(0, length);
    },
    end: () => NOTHING,
  };
}

/** Turns bytes as they come into bytes as a reader takes them, in time and memory linear in their number. */
export interface Converter {
  /** What more bytes become; they may be used again once this returns. */
  push(bytes: Uint8Array): Uint8Array;
  /** What is left when no more follow. */
  end(): Uint8Array;
}

export const NEWLINE = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
export const NOTHING = new Uint8Array(0);
