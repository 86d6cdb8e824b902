/** Opens what a use case reads from. */

import { skippedRow } from '../model/errors.ts';
import type { Reading } from '../model/reading.ts';
import { LogStore } from '../store/log-store.ts';
import type { Needs } from '../store/needs.ts';
import type { SourceOptions } from './options.ts';

/**
 * @param options what is left out because it cannot be read is an error with `strict`
 * @throws ExpectedError where there is nothing to read
 */
export function openStore(
  { paths, strict }: Pick<SourceOptions, 'paths' | 'strict'>,
  needs: Needs = 'samples',
): Promise<LogStore> {
  return LogStore.open(paths, needs, strict);
}

/** @throws ExpectedError for the first skipped row, where rows must not be skipped */
export function refuseSkipped(reading: Reading, strict: boolean): void {
  const first = reading.examples[0];
  if (strict && first !== undefined) throw skippedRow(first.file, first.line, first.reason);
}
