/** Opens what a use case reads from. */

import { skippedRow } from '../model/errors.ts';
import type { Reading } from '../model/reading.ts';
import type { Store } from '../store/interface.ts';
import type { Needs } from '../store/needs.ts';
import type { SourceOptions } from './options.ts';

/**
 * The logs as they are, or, where a database is named, what it holds after the logs were imported into it.
 *
 * @throws ExpectedError where there is nothing to read
 */
export async function openStore(options: SourceOptions, needs: Needs = 'samples'): Promise<Store> {
  const { paths, database, strict, onProgress } = options;
  // Each is code that the other kind of question need not load.
  if (database === null) {
    const { LogStore } = await import('../store/log-store.ts');
    return LogStore.open(paths, needs);
  }
  const { DatabaseStore } = await import('../store/database-store.ts');
  return DatabaseStore.open(database, paths, strict, onProgress, needs);
}

/** @throws ExpectedError for the first skipped row, where rows must not be skipped */
export function refuseSkipped(reading: Reading, strict: boolean): void {
  const first = reading.examples[0];
  if (strict && first !== undefined) throw skippedRow(first.file, first.line, first.reason);
}
