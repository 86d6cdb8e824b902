import { connectionSeries } from '../analysis/connection-series.ts';
import { FieldWeigher } from '../analysis/field-weigher.ts';
import { growthOf } from '../analysis/growth.ts';
import type { VariableKnowledge } from '../analysis/growth-series.ts';
import { filterWords } from '../analysis/top.ts';
import type { Weigher } from '../analysis/weigh.ts';
import { conflictingOptions } from '../model/errors.ts';
import type { GrowthResult } from '../model/growth.ts';
import { addReadings } from '../model/reading.ts';
import type { SeriesResult } from '../model/series.ts';
import type { LogStore } from '../store/log-store.ts';
import { nothingMatches } from './nothing-matches.ts';
import type { GrowthOptions } from './options.ts';
import { noRunIn, periodOf } from './period.ts';
import { answerFrom, refuseSkipped } from './source.ts';
import { openWeigher } from './weigher.ts';

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
  return answerFrom('growth', options, 'processes', async (store) => (await growthOfStore(store, options)).result);
}

/** The same, with what it was judged by. */
export async function growthOfStore(
  store: LogStore,
  options: Omit<GrowthOptions, 'paths'>,
): Promise<{ readonly result: GrowthResult; readonly data: SeriesResult }> {
  const { by, filters } = options;
  if (by === 'field' && filters.module.length + filters.variable.length > 0)
    throw conflictingOptions(
      'fields of connections have no module and are no variables',
      'Choose nodes only, by --node',
    );
  const period = await periodOf(store, options);
  const { series, reading } = await store.series({ filters, ...period }, options.onProgress);
  const fields = await store.connectionFields();
  const sum = addReadings(reading, { ...fields.reading, rows: 0, files: [] });
  refuseSkipped(sum, options.strict);
  const asked = filterWords(filters);
  if (asked !== null && series.series.every(({ source }) => source !== 'variable'))
    throw await nothingMatches(store, asked, filters);
  if (series.stretches.length === 0) throw await noRunIn(store, period);
  const { weigher, reading: told } = await openWeigher(store);
  const notes = [...told.notes, ...(weigher.knowsTypes ? [] : [NO_TYPES])];
  const data = { ...series, series: [...series.series, ...connectionSeries(fields.rows, series)] };
  const known = new FieldWeigher(fields.rows, weigher, weigher.knowsTypes ? weigher : withoutBytes(weigher));
  const result = { ...growthOf(data, options, known), reading: addReadings(sum, { ...told, notes }) };
  return { result, data };
}

/** Without types every estimate is a guess. */
function withoutBytes(weigher: Weigher): VariableKnowledge {
  return { origin: (node, variable) => weigher.origin(node, variable), estimate: () => ({ bytes: null }) };
}
