/** Ctrl-C and its like: a command that has something to put in order hears of the first one; the second ends all. */

import type { OutputStream } from './surroundings.ts';

/** What shells report for a program ended by these. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export class Interrupts {
  readonly #stderr: OutputStream;
  #controller: AbortController | null = null;
  #exitCode: number | null = null;

  constructor(stderr: OutputStream) {
    this.#stderr = stderr;
    // The system's own way to end leaves temporary files behind: what puts in order at the exit would not run.
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => this.#raise(name));
  }

  /** The exit code that tells of the signal that came; null where none did. */
  get exitCode(): number | null {
    return this.#exitCode;
  }

  /** From now on the first signal asks the command to end, instead of ending the program. */
  take(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  #raise(name: keyof typeof EXIT_CODES): void {
    if (this.#stderr.isTTY) this.#stderr.write('\r\x1b[K');
    const isFirst = this.#exitCode === null;
    this.#exitCode = EXIT_CODES[name];
    if (this.#controller === null || !isFirst) process.exit(this.#exitCode);
    this.#stderr.write('my-stats: ending what was started; once more to end at once\n');
    this.#controller.abort();
  }
}
