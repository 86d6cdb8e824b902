import { inventoryOf } from '../analysis/inventory.ts';
import { filterWords } from '../analysis/top.ts';
import { Weigher } from '../analysis/weigh.ts';
import { nothingSelected } from '../model/errors.ts';
import type { InventoryResult } from '../model/inventory.ts';
import { addReadings } from '../model/reading.ts';
import { isRelativeTime, parseTime } from '../model/time.ts';
import { openAttribution } from './attribution.ts';
import type { InventoryOptions } from './options.ts';
import { openSamples, refuseSkipped } from './source.ts';
import { NO_TYPES } from './top.ts';

/**
 * Every variable in the last complete run of every node, up to `at`.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the filters match nothing
 */
export async function inventory(options: InventoryOptions): Promise<InventoryResult> {
  const store = await openSamples(options);
  try {
    const at =
      options.at === null ? null : parseTime(options.at, isRelativeTime(options.at) ? (await store.extent()).last : 0);
    const { knowledge, reading: told } = await store.knowledge();
    const weigher = new Weigher(knowledge, await openAttribution(knowledge));
    const { snapshot, reading: read } = await store.snapshot(at);
    const notes = [...told.notes, ...(weigher.knowsTypes ? [] : [NO_TYPES])];
    const reading = addReadings(read, { ...told, rows: 0, files: [], notes });
    refuseSkipped(reading, options.strict);
    const asked = filterWords(options.filters, options.packages);
    const result = { ...inventoryOf(snapshot, options, weigher), reading };
    if (asked !== null && result.rows.length === 0) throw nothingSelected(asked);
    return result;
  } finally {
    await store.close();
  }
}
