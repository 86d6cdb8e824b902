import { RowWeigher } from '../analysis/row-weigher.ts';
import { filterWords } from '../analysis/top.ts';
import { nothingSelected } from '../model/errors.ts';
import { nameMatcher } from '../model/name-filter.ts';
import type { Reading } from '../model/reading.ts';
import { Database } from '../store/database/database.ts';
import { exportRows } from '../store/database/export-rows.ts';
import { loadLogs } from '../store/database/load-logs.ts';
import type { OutputFile } from '../store/database/output-file.ts';
import type { RowsOptions } from './options.ts';
import { noRunIn, periodOf, timeOf } from './period.ts';
import { openStore, refuseSkipped } from './source.ts';
import { openWeigher } from './weigher.ts';

/**
 * Writes the logged rows to a file: all there are, those of a span, or with `at` those of the snapshot.
 *
 * @param file beside which it is written first, so that there is all of it or nothing
 * @returns how many rows there were
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the file cannot be written
 */
export async function writeRows(options: RowsOptions, file: OutputFile): Promise<{ rows: number; reading: Reading }> {
  const { format, filters, packages, at, nameText } = options;
  const store = await openStore(options);
  const period = await periodOf(store, options);
  const moment = await timeOf(store, at);
  const chosen = moment === null ? null : (await store.snapshot(moment)).snapshot.nodes;
  const { weigher, knowledge } = await openWeigher(store);
  const database = await Database.open();
  try {
    const reading = await loadLogs(database, store.discovered, options.onProgress);
    refuseSkipped(reading, options.strict);
    options.onProgress?.({ phase: 'writing', done: 0, total: 0 });
    const rowKnowledge = new RowWeigher(weigher, knowledge, nameMatcher(packages));
    const wanted = { format, filters, ...period, runs: chosen, nameText, rowKnowledge };
    const rows = await exportRows(database, wanted, file);
    if (rows === 0) {
      const asked = filterWords(filters, packages);
      if (asked !== null) throw nothingSelected(asked);
      throw await noRunIn(store, period);
    }
    file.keep();
    return { rows, reading };
  } finally {
    file.discard();
    database.close();
  }
}
