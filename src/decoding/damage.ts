/** What is wrong with a compressed file, and a bound on what one may become. */

import { expandsTooMuch } from '../model/errors/catalogue.ts';

/** @param isCutOff true where all there is was good and only its end is missing */
export class Damage extends Error {
  readonly isCutOff: boolean;

  constructor(reason: string, isCutOff = false) {
    super(reason);
    this.isCutOff = isCutOff;
  }
}

/** Logs of sizes shrink 10 to 60 times; gzip can shrink nothing by more than 1,032 times, Zstandard zeros by 27,000. */
const MOST_EXPANSION = 1000;
/** A small file may be so much in any case. */
const ALWAYS_ALLOWED = 64 * 1024 * 1024;

export class Expansion {
  readonly #file: string;
  #taken = 0;
  #made = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** Compressed bytes that were read. */
  took(bytes: number): void {
    this.#taken += bytes;
  }

  /** @throws ExpectedError where the bytes made are more than any log would be */
  made(bytes: number): void {
    this.#made += bytes;
    if (this.#made > ALWAYS_ALLOWED && this.#made > this.#taken * MOST_EXPANSION)
      throw expandsTooMuch(this.#file, MOST_EXPANSION);
  }
}
