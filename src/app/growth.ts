import { growthOf } from '../analysis/growth/growth.ts';
import type { GrowthPivot, GrowthResult } from '../model/answers/growth.ts';
import { conflictingOptions } from '../model/errors/catalogue.ts';
import { type History, readHistory } from './source/history.ts';
import { isFiltered, nothingStored } from './source/nothing-matches.ts';
import { CHOICE, type Given, LIMIT, MEMORY, type Read, readOptions, SCRIPTS, SOURCE, SPAN } from './source/options.ts';
import { noRunIn, readPeriod } from './source/period.ts';
import { readScripts } from './source/scripts.ts';
import { answerFrom, refuseSkipped, type Store } from './source/source.ts';

const NO_TYPES =
  "No my_stats_variable.log is among these logs to tell the variables' types, so growth is in counts, not bytes.";

const GROWTH = {
  ...SOURCE,
  filters: CHOICE.filters,
  ...SCRIPTS,
  ...SPAN,
  ...LIMIT,
  ...MEMORY,
  by: 'variable' as GrowthPivot,
};

export type GrowthOptions = Given<typeof GROWTH>;

/**
 * Which variables grow without an end in sight, how fast, and what will hurt first.
 *
 * Every node is judged by its last boot, or by the one before where that has just begun.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the filters match nothing
 */
export async function growth(given: GrowthOptions = {}): Promise<GrowthResult> {
  const options = readOptions(GROWTH, given);
  return answerFrom('growth', options, 'processes', async (store) => (await answerGrowth(store, options)).result);
}

/** The same, with what it was judged by. */
export async function answerGrowth(
  store: Store,
  options: Omit<Read<typeof GROWTH>, 'paths'>,
): Promise<{ readonly result: GrowthResult; readonly history: History }> {
  const { by, filters } = options;
  if (by === 'field' && filters.module.length + filters.variable.length > 0)
    throw conflictingOptions('fields of connections have no module and are no variables', 'Choose nodes only');
  const period = await readPeriod(store, options);
  const history = await readHistory(store, filters, period, readScripts(options.scripts), options.onProgress);
  const { data, judged, weigher, reading } = history;
  refuseSkipped(reading, options.strict);
  if (isFiltered(filters) && data.series.every(({ source }) => source !== 'variable'))
    throw await nothingStored(store, filters);
  if (data.stretches.length === 0) throw await noRunIn(store, period);
  const notes = [...reading.notes, ...(weigher.knowsTypes ? [] : [NO_TYPES])];
  return { result: { ...growthOf(judged, options), reading: { ...reading, notes } }, history };
}
