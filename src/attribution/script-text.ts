/** The text of a script's bytes, whatever encoding they are in: Zeek itself takes bytes as they come. */

interface ScriptSource {
  readonly text: string;
  /** What is odd about the bytes; null where nothing is. */
  readonly note: string | null;
}

/** Bytes looked at for NULs, which tell UTF-16 without a mark from text. */
const LOOK = 1024;

/** UTF-8 where the bytes are, UTF-16 where they say so or look so, else Latin-1. Never fails. */
export function decodeScript(bytes: Uint8Array): ScriptSource {
  const wide = detectWideEncoding(bytes);
  if (wide !== null)
    return { text: new TextDecoder(wide).decode(bytes), note: 'is UTF-16, which Zeek does not read as script' };
  try {
    // The decoder leaves out a mark at the beginning, as Zeek does not.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
      return { text, note: 'begins with a byte order mark, which Zeek takes for a syntax error' };
    return { text, note: text.includes('\0') ? 'holds NUL bytes' : null };
  } catch {
    return { text: new TextDecoder('latin1').decode(bytes), note: 'is not UTF-8, and was read as Latin-1' };
  }
}

function detectWideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const length = Math.min(bytes.length, LOOK) & ~1;
  const nuls = [0, 0];
  for (let i = 0; i < length; i++) if (bytes[i] === 0) nuls[i & 1]!++;
  // ASCII in UTF-16 has a NUL in every second place.
  const [even, odd] = nuls as [number, number];
  if (length >= 8 && odd > length / 4 && even === 0) return 'utf-16le';
  if (length >= 8 && even > length / 4 && odd === 0) return 'utf-16be';
  return null;
}
