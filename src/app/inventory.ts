import { takeInventory } from '../analysis/weighing/entries.ts';
import type { InventoryResult } from '../model/answers/inventory.ts';
import { addReadings } from '../model/logged/reading.ts';
import { isFiltered, nothingStored } from './source/nothing-matches.ts';
import { CHOICE, type Given, MOMENT, type Read, readOptions, SCRIPTS, SOURCE } from './source/options.ts';
import { readMoment } from './source/period.ts';
import { readScripts, type ScriptKnowledge } from './source/scripts.ts';
import { openStore, refuseSkipped, type Store } from './source/source.ts';
import { openWeigher } from './source/weigher.ts';
import { NO_TYPES } from './top.ts';

export const INVENTORY = { ...SOURCE, ...CHOICE, ...SCRIPTS, ...MOMENT };

export type InventoryOptions = Given<typeof INVENTORY>;

/**
 * Every variable in the last complete run of every node, up to `at`.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the filters match nothing
 */
export async function inventory(given: InventoryOptions = {}): Promise<InventoryResult> {
  const options = readOptions(INVENTORY, given);
  const store = await openStore(options);
  return await listStore(store, options, readScripts(options.scripts));
}

export async function listStore(
  store: Store,
  options: Pick<Read<typeof INVENTORY>, 'filters' | 'packages' | 'at' | 'strict'>,
  scripts: ScriptKnowledge,
): Promise<InventoryResult> {
  const { weigher, reading: told } = await openWeigher(store, scripts);
  const { snapshot, reading: read } = await store.snapshot(await readMoment(store, options.at));
  const notes = [...told.notes, ...(weigher.knowsTypes ? [] : [NO_TYPES])];
  const reading = addReadings(read, { ...told, notes });
  refuseSkipped(reading, options.strict);
  const { filters, packages } = options;
  const result = { ...takeInventory(snapshot, options, weigher), reading };
  if (isFiltered(filters, packages) && result.rows.length === 0)
    throw await nothingStored(store, filters, { packages, weigher });
  return result;
}
