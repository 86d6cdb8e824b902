/** Times as the user wrote them, as instants in the logs. */

import { conflictingOptions, type ExpectedError, noRunAt } from '../../model/errors/catalogue.ts';
import { formatTime, isRelativeTime, parseTime } from '../../model/time.ts';
import type { Store } from './source.ts';

/** First and last instant, seconds since the epoch; null for the beginning and the end of the logs. */
export interface Period {
  readonly since: number | null;
  readonly until: number | null;
}

type Timed = Pick<Store, 'extent'>;

/**
 * @param text see `parseTime`; null stays null
 * @throws ExpectedError for what is no time
 */
export async function readMoment(store: Timed, text: string | null): Promise<number | null> {
  if (text === null) return null;
  return parseTime(text, isRelativeTime(text) ? (await store.extent()).last : 0);
}

/** @throws ExpectedError for what is no time, and for a span that ends before it begins */
export async function readPeriod(
  store: Timed,
  texts: { readonly since: string | null; readonly until: string | null },
): Promise<Period> {
  const since = await readMoment(store, texts.since);
  const until = await readMoment(store, texts.until);
  if (since !== null && until !== null && since > until)
    throw conflictingOptions('`since` is later than `until`', 'Exchange them');
  return { since, until };
}

/** What to throw where no run lies in a period. */
export async function noRunIn(store: Timed, { since, until }: Period): Promise<ExpectedError> {
  const { first, last } = await store.extent();
  const from = since === null ? 'the beginning' : formatTime(since);
  const to = until === null ? 'the end' : formatTime(until);
  return noRunAt(`${from} to ${to}`, formatTime(first), formatTime(last));
}
