import { inventoryOf } from '../analysis/inventory.ts';
import { filterWords } from '../analysis/top.ts';
import { nothingSelected } from '../model/errors.ts';
import type { InventoryResult } from '../model/inventory.ts';
import { isRelativeTime, parseTime } from '../model/time.ts';
import type { InventoryOptions } from './options.ts';
import { openSamples, refuseSkipped } from './source.ts';

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
    const { snapshot, reading } = await store.snapshot(at);
    refuseSkipped(reading, options.strict);
    const asked = filterWords(options.filters);
    const result = { ...inventoryOf(snapshot, options.filters), reading };
    if (asked !== null && result.rows.length === 0) throw nothingSelected(asked);
    return result;
  } finally {
    await store.close();
  }
}
