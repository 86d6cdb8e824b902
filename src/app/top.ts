import { filterWords, topOfRange, topOfSnapshot } from '../analysis/top.ts';
import { conflictingOptions, noRunAt, nothingSelected } from '../model/errors.ts';
import { formatTime, isRelativeTime, parseTime } from '../model/time.ts';
import type { TopResult } from '../model/top.ts';
import type { SampleStore } from '../store/interface.ts';
import type { TopOptions } from './options.ts';
import { openSamples, refuseSkipped } from './source.ts';

/**
 * What holds the memory: sizes grouped by module, variable or node.
 *
 * With `since` or `until` the answer covers all runs in between; without, it is the last complete run of every node,
 * up to `at`.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the filters match nothing
 */
export async function top(options: TopOptions): Promise<TopResult> {
  const { at, since, until } = options;
  if (at !== null && (since !== null || until !== null))
    throw conflictingOptions('--at asks for one time, --since and --until for a span', 'Give one or the other');
  const store = await openSamples(options);
  try {
    const result = since === null && until === null ? await snapshot(store, options) : await range(store, options);
    refuseSkipped(result.reading, options.strict);
    const asked = filterWords(options.filters);
    if (asked !== null && result.sections.length === 0) throw nothingSelected(asked);
    return result;
  } finally {
    await store.close();
  }
}

async function snapshot(store: SampleStore, options: TopOptions): Promise<TopResult> {
  const at = options.at === null ? null : await timeOf(store, options.at);
  const { snapshot, reading } = await store.snapshot(at);
  return { ...topOfSnapshot(snapshot, options), reading };
}

async function range(store: SampleStore, options: TopOptions): Promise<TopResult> {
  const since = options.since === null ? null : await timeOf(store, options.since);
  const until = options.until === null ? null : await timeOf(store, options.until);
  if (since !== null && until !== null && since > until)
    throw conflictingOptions('--since is later than --until', 'Exchange them');
  const query = { by: options.by, filters: options.filters, since, until };
  const { range, reading } = await store.range(query, options.onProgress);
  if (range.nodes.length === 0 && filterWords(options.filters) === null) {
    const { first, last } = await store.extent();
    const asked = `${since === null ? 'the beginning' : formatTime(since)} to ${until === null ? 'the end' : formatTime(until)}`;
    throw noRunAt(asked, formatTime(first), formatTime(last));
  }
  return { ...topOfRange(range, options), reading };
}

async function timeOf(store: SampleStore, text: string): Promise<number> {
  return parseTime(text, isRelativeTime(text) ? (await store.extent()).last : 0);
}
