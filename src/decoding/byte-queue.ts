/** Takes so many bytes at a time from a stream that comes in chunks of any length. */

export class ByteQueue {
  readonly #source: Iterator<Uint8Array>;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(source: Iterable<Uint8Array>) {
    this.#source = source[Symbol.iterator]();
  }

  /** The next bytes, fewer where the stream ends before. They stay as they are. */
  take(length: number): Uint8Array {
    while (this.#bytes.length - this.#at < length && this.#pull());
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += taken.length;
    return taken;
  }

  /** Passes over bytes; false where the stream ends before. */
  skip(length: number): boolean {
    let left = length;
    for (;;) {
      const skipped = Math.min(left, this.#bytes.length - this.#at);
      this.#at += skipped;
      left -= skipped;
      if (left === 0) return true;
      if (!this.#pull()) return false;
    }
  }

  #pull(): boolean {
    const { done, value } = this.#source.next();
    if (done) return false;
    // A chunk is good until the next one is asked for.
    this.#bytes = Buffer.concat([this.#bytes.subarray(this.#at), value]);
    this.#at = 0;
    return true;
  }
}
