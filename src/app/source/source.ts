/** Opens what a use case reads from. */

import { skippedRow } from '../../model/errors/catalogue.ts';
import type { Reading } from '../../model/logged/reading.ts';
import { ClosedLogs } from '../../store/cache/closed-logs.ts';
import type { Needs } from '../../store/finding/needs.ts';
import { LogStore } from '../../store/log-store.ts';
import type { Read, SCRIPTS, SOURCE } from './options.ts';

/**
 * @param options what is left out because it cannot be read is an error with `strict`
 * @throws ExpectedError where there is nothing to read
 */
export function openStore(
  { paths, cache, ...choice }: Pick<Read<typeof SOURCE>, 'paths' | 'strict' | 'cache' | 'sensorColumn'>,
  needs: Needs = 'samples',
): Promise<LogStore> {
  return LogStore.open(paths, needs, choice, cache ? new ClosedLogs() : null);
}

/**
 * The answer of a use case, which is the one from before where none of the logs can have changed since.
 *
 * @throws ExpectedError where there is nothing to read, and as `answer`
 */
export async function answerFrom<
  Options extends Read<typeof SOURCE & typeof SCRIPTS>,
  Answer extends { readonly reading: Reading },
>(name: string, options: Options, needs: Needs, answer: (store: LogStore) => Promise<Answer>): Promise<Answer> {
  const { paths: _, cache: __, onProgress: ___, ...question } = options;
  const store = await openStore(options, needs);
  // What scripts at hand say is in no log.
  if (options.scripts.length > 0) return answer(store);
  return store.remember([name, question], () => answer(store));
}

/** @throws ExpectedError for the first skipped row, where rows must not be skipped */
export function refuseSkipped(reading: Reading, strict: boolean): void {
  const first = reading.examples[0];
  if (strict && first !== undefined) throw skippedRow(first.file, first.line, first.reason);
}
