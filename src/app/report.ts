import type { ReportResult } from '../model/report.ts';
import { inventory } from './inventory.ts';
import type { InventoryOptions } from './options.ts';

/**
 * All that is known of a cluster's memory, in one: the snapshot, and what grows.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the filters match nothing
 */
export async function report(options: InventoryOptions): Promise<ReportResult> {
  const snapshot = await inventory(options);
  return { inventory: snapshot, growth: null, reading: snapshot.reading };
}
