/** Cuts a stream of bytes where lines end, in time linear in its length, and passes over lines that no log has. */

import type { RowReader } from './row-reader.ts';

/** Zeek's longest rows, of records with many fields, have some 100 kB. */
export const LONGEST_LINE = 4 * 1024 * 1024;
const NEWLINE = 0x0a;
const TOO_LONG = `longer than ${LONGEST_LINE / 2 ** 20} MiB`;

export class LineCutter {
  readonly #reader: Pick<RowReader, 'read' | 'skipLine'>;
  #parts: Uint8Array[] = [];
  #restLength = 0;

  constructor(reader: Pick<RowReader, 'read' | 'skipLine'>) {
    this.#reader = reader;
  }

  /** How many bytes have been given since the last line ended. */
  get restLength(): number {
    return this.#restLength;
  }

  /** Takes more bytes, which may be used again once this returns. */
  push(chunk: Uint8Array): void {
    let begin = 0;
    if (this.#restLength > 0) {
      begin = chunk.indexOf(NEWLINE) + 1;
      this.#keep(begin === 0 ? chunk : chunk.subarray(0, begin));
      if (begin === 0) return;
      this.finishLine();
    }
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > begin) this.#reader.read(chunk.subarray(begin, end), end - begin);
    if (end < chunk.length) this.#keep(chunk.subarray(Math.max(begin, end)));
  }

  /** The unfinished line so far; null where it is too long to have been kept. */
  get rest(): Uint8Array | null {
    return this.#restLength > LONGEST_LINE ? null : Buffer.concat(this.#parts);
  }

  /** Has what was kept read as a line. */
  finishLine(): void {
    const line = this.rest;
    if (line === null) this.#reader.skipLine(TOO_LONG);
    else this.#reader.read(line, line.length);
    this.#parts = [];
    this.#restLength = 0;
  }

  #keep(bytes: Uint8Array): void {
    this.#restLength += bytes.length;
    if (this.#restLength > LONGEST_LINE) this.#parts = [];
    // Not slice: of a Buffer that is a view, which the next chunk would write over.
    else this.#parts.push(Uint8Array.from(bytes));
  }
}
