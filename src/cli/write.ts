/** What commands write: answers and files to standard output, what qualifies them beside it. */

import { performance } from 'node:perf_hooks';
import { cannotWrite } from '../model/errors/catalogue.ts';
import type { Reading } from '../model/logged/reading.ts';
import type { ProgressListener } from '../model/progress.ts';
import { isBrokenPipe } from './failure.ts';
import { createProgress } from './progress.ts';
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
  const { readingNotes } = await import('../report/reading.ts');
  for (const aside of [...notes, ...readingNotes(reading)]) stderr.write(`my-stats: ${aside.trimStart()}\n`);
}
