/** Takes so many bytes at a time from a stream that comes in chunks of any length. */

export class ByteQueue {
  readonly #source: AsyncIterator<Uint8Array>;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next bytes, fewer where the stream ends before. They stay as they are. */
  async take(length: number): Promise<Uint8Array> {
    while (this.#bytes.length - this.#at < length && (await this.#pull()));
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += taken.length;
    return taken;
  }

  /** Passes over bytes; false where the stream ends before. */
  async skip(length: number): Promise<boolean> {
    let left = length;
    for (;;) {
      const skipped = Math.min(left, this.#bytes.length - this.#at);
      this.#at += skipped;
      left -= skipped;
      if (left === 0) return true;
      if (!(await this.#pull())) return false;
    }
  }

  async #pull(): Promise<boolean> {
    const { done, value } = await this.#source.next();
    if (done) return false;
    const rest = this.#bytes.subarray(this.#at);
    if (rest.length === 0) this.#bytes = value;
    else {
      const joined = new Uint8Array(rest.length + value.length);
      joined.set(rest);
      joined.set(value, rest.length);
      this.#bytes = joined;
    }
    this.#at = 0;
    return true;
  }
}
