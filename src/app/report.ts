import { growthCurves } from '../analysis/growth-curves.ts';
import type { DoctorResult } from '../model/doctor.ts';
import { nameMatcher } from '../model/name-filter.ts';
import type { ReportResult } from '../model/report.ts';
import { doctor } from './doctor.ts';
import { growthWithSeries } from './growth.ts';
import { inventory } from './inventory.ts';
import type { InventoryOptions } from './options.ts';

/**
 * All that is known of a cluster's memory, in one: the verdict, the snapshot, and what grows. With `at`, all of it is
 * as it was then.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the filters match nothing
 */
export async function report(options: InventoryOptions): Promise<ReportResult> {
  const snapshot = await inventory(options);
  const span = { since: null, until: options.at };
  const { result, data } = await growthWithSeries({ ...options, ...span, by: 'variable', limit: null, rows: null });
  return {
    inventory: snapshot,
    verdict: await verdictOf(options),
    growth: growthCurves(result, data, nameMatcher(options.packages)),
    // What grows was read from all rows, those of the snapshot among them.
    reading: { ...result.reading, notes: [...new Set([...snapshot.reading.notes, ...result.reading.notes])] },
  };
}

/** A verdict is on whole processes, from logs: there is none on some of their variables. */
async function verdictOf({
  paths,
  strict,
  filters,
  packages,
  at,
  onProgress,
}: InventoryOptions): Promise<DoctorResult | null> {
  if (paths.length === 0 || filters.module.length + filters.variable.length + packages.length > 0) return null;
  const progress = onProgress === undefined ? {} : { onProgress };
  return doctor({ paths, strict, scripts: [], nodes: filters.node, since: null, until: at, ...progress });
}
