/**
What commands write: answers and files to standard output, what qualifies them and a line of progress beside it.
 */

import { performance } from 'node:perf_hooks';
import { cannotWrite } from '../model/errors/catalogue.ts';
import type { Reading } from '../model/logged/reading.ts';
import type { Progress, ProgressListener } from '../model/progress.ts';
import { visible } from '../report/text/sanitize.ts';
import { isBrokenPipe } from './failure.ts';
import { type Surroundings, writeAll } from './surroundings.ts';

/** @throws ExpectedError where standard output cannot take it; an EPIPE is passed on as it is */
export async function print({ stdout }: Surroundings, text: string | Uint8Array): Promise<void> {
  try {
    await writeAll(stdout, text);
  } catch (error) {
    if (isBrokenPipe(error)) throw error;
    throw cannotWrite('standard output', (error as Error).message);
  }
}

/** Work with a line of progress, for a person who waits. */
export async function withProgress<Result>(
  surroundings: Surroundings,
  work: (progress: { onProgress?: ProgressListener }) => Promise<Result>,
): Promise<Result> {
  const progress = createProgress(surroundings, () => performance.now());
  try {
    return await work(progress === null ? {} : { onProgress: progress.listener });
  } finally {
    progress?.erase();
  }
}

/** What qualifies the numbers of a file, on standard error. */
export async function tell({ stderr }: Surroundings, reading: Reading, notes: readonly string[]): Promise<void> {
  const { describeReading } = await import('../report/reading.ts');
  for (const aside of [...notes, ...describeReading(reading)]) stderr.write(`my-stats: ${aside.trimStart()}\n`);
}

const PATIENCE_MS = 500;
const REDRAW_MS = 100;
const ERASE = '\r\x1b[K';

interface ProgressLine {
  readonly listener: ProgressListener;
  /** Removes what is on the screen. */
  readonly erase: () => void;
}

/** @param now milliseconds on any clock that only goes forward */
export function createProgress({ stderr, env }: Surroundings, now: () => number): ProgressLine | null {
  if (stderr.isTTY !== true || env.TERM === 'dumb') return null;
  const start = now();
  let drawn: number | null = null;
  return {
    listener: (progress) => {
      const time = now();
      if (time - start < PATIENCE_MS || (drawn !== null && time - drawn < REDRAW_MS)) return;
      drawn = time;
      stderr.write(`${ERASE}${describe(progress)}`);
    },
    erase: () => {
      if (drawn !== null) stderr.write(ERASE);
      drawn = null;
    },
  };
}

function describe({ phase, done, total }: Progress): string {
  if (total <= 0) return `${visible(phase)} …`;
  return `${visible(phase)} … ${Math.floor((100 * Math.min(done, total)) / total)} %`;
}
