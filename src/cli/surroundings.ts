/** What the program is run in: streams, environment and signals, and what follows from them for the output. */

import type { Screen } from '../report/output.ts';
import type { TerminalStreams } from '../tui/terminal.ts';

export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string | Uint8Array, done?: (error?: Error | null) => void): unknown;
}

export interface Surroundings {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where keys come in and pictures go out; only where both ends are a terminal. */
  readonly terminal?: TerminalStreams;
  /** For commands that have something to put in order when they are interrupted. */
  readonly interrupts?: { take(): AbortSignal };
  /** Makes the program end with the exit code of a check that failed, once the answer is written. */
  readonly fail?: () => void;
}

/** `--color WHEN`; `--no-color` arrives as false, neither as undefined. */
export type ColorFlag = 'auto' | 'always' | 'never' | false | undefined;

/**
 * On a terminal lines fit it; in a pipe or file they are as wide as need be, unless COLUMNS is exported, which counts
 * in both.
 */
export function describeScreen({ stdout, env }: Surroundings, flag: ColorFlag): Screen {
  const wished = Number(env.COLUMNS);
  const terminal = stdout.isTTY ? stdout.columns || 80 : null;
  return {
    width: Number.isInteger(wished) && wished > 0 ? wished : terminal,
    color: usesColor(stdout, env, flag),
  };
}

/** The option wins over NO_COLOR, that over FORCE_COLOR, that over what the terminal is. */
function usesColor(stdout: OutputStream, env: Surroundings['env'], flag: ColorFlag): boolean {
  if (flag === 'always') return true;
  if (flag === 'never' || flag === false) return false;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return !/^(0|false)$/.test(env.FORCE_COLOR);
  return stdout.isTTY === true && env.TERM !== 'dumb';
}

/** False where the locale says, by name, that there is nothing but ASCII. */
export function showsUnicode({ env }: Surroundings): boolean {
  return !/^(C|POSIX)$/.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '');
}

/** Resolves when the text has been taken; rejects with the stream's error, such as EPIPE. */
export function writeAll(stream: OutputStream, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

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
