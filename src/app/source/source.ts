/** Opens what a use case reads from: logs, or an engine that has their numbers. */

import { EngineStore } from '../../engine/engine-store.ts';
import { skippedRow } from '../../model/errors/catalogue.ts';
import { engineAmongLogs, notAnEngine, notInMetrics } from '../../model/errors/engine-errors.ts';
import type { Reading } from '../../model/logged/reading.ts';
import { ClosedLogs } from '../../store/cache/closed-logs.ts';
import type { Needs } from '../../store/finding/needs.ts';
import { LogStore } from '../../store/log-store.ts';
import type { Read, SCRIPTS, SOURCE } from './options.ts';

type Opened = Pick<Read<typeof SOURCE>, 'paths' | 'strict' | 'cache' | 'sensorColumn'>;

const ADDRESS = /^https?:\/\//i;

/** True where one of the paths is an address. */
export function isEngine(paths: readonly string[]): boolean {
  return paths.some((path) => ADDRESS.test(path));
}

/**
 * Logs, or an engine that has their numbers as metrics, where the only path is an address.
 *
 * @throws ExpectedError as `openLogs`, and for an address that cannot be asked
 */
export function openStore(options: Opened, needs: Needs = 'samples'): Promise<Store> {
  if (!isEngine(options.paths)) return openLogs(options, needs);
  const [address = '', ...others] = options.paths;
  if (others.length > 0) throw engineAmongLogs();
  if (!URL.canParse(address)) throw notAnEngine(address, 'it is no address');
  return Promise.resolve(new EngineStore(address, process.env));
}

/**
 * @param options what is left out because it cannot be read is an error with `strict`
 * @throws ExpectedError where there is nothing to read, and for an address
 */
export function openLogs({ paths, cache, ...choice }: Opened, needs: Needs = 'samples'): Promise<LogStore> {
  refuseEngine(paths);
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
>(name: string, options: Options, needs: Needs, answer: (store: Store) => Promise<Answer>): Promise<Answer> {
  const { paths: _, cache: __, onProgress: ___, ...question } = options;
  const store = await openStore(options, needs);
  // What scripts at hand say is in no log.
  if (options.scripts.length > 0) return answer(store);
  return store.remember([name, question], () => answer(store));
}

/** @throws ExpectedError for an address, where only logs can answer */
export function refuseEngine(paths: readonly string[]): void {
  const address = paths.find((path) => ADDRESS.test(path));
  if (address !== undefined) throw notInMetrics(address, 'what this command shows');
}

/** @throws ExpectedError for the first skipped row, where rows must not be skipped */
export function refuseSkipped(reading: Reading, strict: boolean): void {
  const first = reading.examples[0];
  if (strict && first !== undefined) throw skippedRow(first.file, first.line, first.reason);
}

export type Store = Pick<
  LogStore,
  | 'connectionFields'
  | 'extent'
  | 'knowledge'
  | 'nodeSeries'
  | 'range'
  | 'remember'
  | 'samplesLength'
  | 'series'
  | 'snapshot'
>;
