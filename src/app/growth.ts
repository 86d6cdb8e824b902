import { growthOf } from '../analysis/growth.ts';
import type { VariableKnowledge } from '../analysis/growth-series.ts';
import { filterWords } from '../analysis/top.ts';
import { Weigher } from '../analysis/weigh.ts';
import { conflictingOptions, noRunAt, nothingSelected } from '../model/errors.ts';
import type { GrowthResult } from '../model/growth.ts';
import { addReadings } from '../model/reading.ts';
import type { SeriesResult } from '../model/series.ts';
import { formatTime, isRelativeTime, parseTime } from '../model/time.ts';
import type { SampleStore } from '../store/interface.ts';
import { openAttribution } from './attribution.ts';
import type { GrowthOptions } from './options.ts';
import { openSamples, refuseSkipped } from './source.ts';

const NO_TYPES =
  "No my_stats_variable.log is among these logs to tell the variables' types, so growth is in counts, not bytes.";

/**
 * Which variables grow without an end in sight, how fast, and what will hurt first.
 *
 * Every node is judged by its last boot, or by the one before where that has just begun.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the filters match nothing
 */
export async function growth(options: GrowthOptions): Promise<GrowthResult> {
  return (await growthWithSeries(options)).result;
}

/** The same, with what it was judged by. */
export async function growthWithSeries(
  options: GrowthOptions,
): Promise<{ readonly result: GrowthResult; readonly data: SeriesResult }> {
  const { filters } = options;
  const store = await openSamples(options);
  try {
    const since = options.since === null ? null : await timeOf(store, options.since);
    const until = options.until === null ? null : await timeOf(store, options.until);
    if (since !== null && until !== null && since > until)
      throw conflictingOptions('--since is later than --until', 'Exchange them');
    const { series, reading } = await store.series({ filters, since, until }, options.onProgress);
    refuseSkipped(reading, options.strict);
    const asked = filterWords(filters);
    if (asked !== null && series.series.every(({ source }) => source !== 'variable')) throw nothingSelected(asked);
    if (series.stretches.length === 0) {
      const { first, last } = await store.extent();
      const from = since === null ? 'the beginning' : formatTime(since);
      throw noRunAt(
        `${from} to ${until === null ? 'the end' : formatTime(until)}`,
        formatTime(first),
        formatTime(last),
      );
    }
    const known = await store.knowledge();
    const weigher = new Weigher(known.knowledge, await openAttribution(known.knowledge));
    const notes = [...known.reading.notes, ...(weigher.knowsTypes ? [] : [NO_TYPES])];
    const result = {
      ...growthOf(series, options, weigher.knowsTypes ? weigher : withoutBytes(weigher)),
      reading: addReadings(reading, { ...known.reading, rows: 0, files: [], notes }),
    };
    return { result, data: series };
  } finally {
    await store.close();
  }
}

/** Without types every estimate is a guess. */
function withoutBytes(weigher: Weigher): VariableKnowledge {
  return { origin: (node, variable) => weigher.origin(node, variable), estimate: () => ({ bytes: null }) };
}

async function timeOf(store: SampleStore, text: string): Promise<number> {
  return parseTime(text, isRelativeTime(text) ? (await store.extent()).last : 0);
}
