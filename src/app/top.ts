import { filterWords, rangePivot, type TopQuestion, topOfRange, topOfSnapshot } from '../analysis/top.ts';
import { Weigher } from '../analysis/weigh.ts';
import { conflictingOptions, noRunAt, nothingSelected } from '../model/errors.ts';
import { addReadings } from '../model/reading.ts';
import { formatTime, isRelativeTime, parseTime } from '../model/time.ts';
import type { TopResult } from '../model/top.ts';
import type { SampleStore } from '../store/interface.ts';
import { openAttribution } from './attribution.ts';
import type { TopOptions } from './options.ts';
import { readScripts } from './scripts.ts';
import { openSamples, refuseSkipped } from './source.ts';

/**
 * What holds the memory: sizes grouped by module, variable, node, package, script or type.
 *
 * With `since` or `until` the answer covers all runs in between; without, it is the last complete run of every node,
 * up to `at`. Sizes are in bytes where the logs say what the variables' types are, and else as the log counts.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the filters match nothing
 */
export async function top(options: TopOptions): Promise<TopResult> {
  const { at, since, until } = options;
  if (at !== null && (since !== null || until !== null))
    throw conflictingOptions('--at asks for one time, --since and --until for a span', 'Give one or the other');
  const scripts = readScripts(options.scripts);
  const store = await openSamples(options);
  try {
    const { knowledge, reading } = await store.knowledge();
    const weigher = new Weigher(knowledge, openAttribution(knowledge, scripts));
    const question = { ...options, unit: options.unit ?? (weigher.knowsTypes ? 'bytes' : 'objects') };
    const isSpan = since !== null || until !== null;
    const answer = isSpan ? await range(store, question, weigher) : await snapshot(store, question, weigher);
    const couldWeigh = answer.sections.some(({ unit }) => unit === 'objects' || unit === 'characters');
    const notes = options.unit === null && question.unit === 'objects' && couldWeigh ? [NO_TYPES] : [];
    const result = {
      ...answer,
      reading: addReadings(answer.reading, {
        ...reading,
        rows: 0,
        files: [],
        notes: [...reading.notes, ...scripts.notes, ...notes],
      }),
    };
    refuseSkipped(result.reading, options.strict);
    const asked = filterWords(options.filters, options.packages);
    if (asked !== null && result.sections.length === 0) throw nothingSelected(asked);
    return result;
  } finally {
    await store.close();
  }
}

/** Said where sizes could be bytes, if their types were known. */
export const NO_TYPES =
  "No my_stats_variable.log is among these logs to tell the variables' types, so sizes are counts, not bytes.";

type Question = TopOptions & TopQuestion;

async function snapshot(store: SampleStore, question: Question, weigher: Weigher): Promise<TopResult> {
  const at = question.at === null ? null : await timeOf(store, question.at);
  const { snapshot, reading } = await store.snapshot(at);
  return { ...topOfSnapshot(snapshot, question, weigher), reading };
}

async function range(store: SampleStore, question: Question, weigher: Weigher): Promise<TopResult> {
  const since = question.since === null ? null : await timeOf(store, question.since);
  const until = question.until === null ? null : await timeOf(store, question.until);
  if (since !== null && until !== null && since > until)
    throw conflictingOptions('--since is later than --until', 'Exchange them');
  const query = { by: rangePivot(question), filters: question.filters, since, until };
  const { range, reading } = await store.range(query, question.onProgress);
  if (range.nodes.length === 0 && filterWords(question.filters, question.packages) === null) {
    const { first, last } = await store.extent();
    const asked = `${since === null ? 'the beginning' : formatTime(since)} to ${until === null ? 'the end' : formatTime(until)}`;
    throw noRunAt(asked, formatTime(first), formatTime(last));
  }
  return { ...topOfRange(range, question, weigher), reading };
}

async function timeOf(store: SampleStore, text: string): Promise<number> {
  return parseTime(text, isRelativeTime(text) ? (await store.extent()).last : 0);
}
