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
