/** An answer that takes a while to work out: made when it is asked for, kept for those who ask soon after. */

import { ExpectedError, JUST_ROTATED } from '../model/errors/catalogue.ts';

export class Fresh<Value> {
  readonly #make: () => Promise<Value>;
  #made: { readonly value: Value; readonly at: number; readonly took: number } | null = null;
  #making: Promise<Value> | null = null;

  constructor(make: () => Promise<Value>) {
    this.#make = make;
  }

  /** How long it took to make the last one, in milliseconds. */
  get took(): number {
    return this.#made?.took ?? 0;
  }

  /**
   * One that was made at most so long ago. Whoever asks while one is made gets that one, and where nothing was logged
   * since the logs were rotated, the last one.
   *
   * @param maxAge in milliseconds
   * @throws whatever making it throws; the next one who asks has it made anew
   */
  get(maxAge: number): Promise<Value> {
    if (this.#making !== null) return this.#making;
    if (this.#made !== null && Date.now() - this.#made.at <= maxAge) return Promise.resolve(this.#made.value);
    this.#making = this.#remake().finally(() => {
      this.#making = null;
    });
    return this.#making;
  }

  async #remake(): Promise<Value> {
    const start = Date.now();
    const value = await this.#make().catch((error) => {
      if (this.#made !== null && error instanceof ExpectedError && error.code === JUST_ROTATED) return this.#made.value;
      throw error;
    });
    const at = Date.now();
    this.#made = { value, at, took: at - start };
    return value;
  }
}
