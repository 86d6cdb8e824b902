/** What the program is run in: streams and environment, and what follows from them for the output. */

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
