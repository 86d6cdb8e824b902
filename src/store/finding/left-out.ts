/** What of the paths that were given is left out, and named, because it cannot be read. */

import { ExpectedError, FOREIGN_FILE, LIMIT_REACHED } from '../../model/errors/catalogue.ts';

/** More are counted. */
const NAMED = 5;

export class LeftOut {
  readonly #strict: boolean;
  readonly #errors: ExpectedError[] = [];
  readonly #ignored: ExpectedError[] = [];
  readonly told: string[] = [];

  /** @param strict throws what would be left out */
  constructor(strict: boolean) {
    this.#strict = strict;
  }

  readonly add = (error: unknown): void => {
    if (this.#strict) throw error;
    this.mention(error);
  };

  /** The same of what nobody asked for: the answer does without it, strict or not. */
  readonly mention = (error: unknown): void => {
    // What the machine cannot do now is not the file's fault, and the next file would fare no better.
    if (!(error instanceof ExpectedError) || error.code === LIMIT_REACHED) throw error;
    this.#errors.push(error);
  };

  /** Nothing is wrong with it, but it has nothing to answer from: that is said where nothing else has. */
  ignore(error: ExpectedError): void {
    this.#ignored.push(error);
  }

  /** What else is to be said of what was found. */
  tell(notes: readonly string[]): void {
    this.told.push(...notes);
  }

  /** The reason to give where nothing is left to answer from. */
  get reason(): ExpectedError | null {
    return this.#errors[0] ?? this.#ignored[0] ?? null;
  }

  /** The first file that is something else, which can be turned into logs. */
  get foreign(): ExpectedError | null {
    return this.#errors.find(({ code }) => code === FOREIGN_FILE) ?? null;
  }

  /** One sentence for each. */
  get notes(): string[] {
    const lines = [...new Set(this.#errors.map(({ oneLine }) => oneLine))];
    const more = lines.length - NAMED;
    return [
      ...lines.slice(0, NAMED).map((line) => `Left out: ${line}`),
      ...(more > 0 ? [`Left out for such reasons: ${more} more`] : []),
      ...this.told,
    ];
  }
}
