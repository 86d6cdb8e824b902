import { addReadings, type Reading } from '../model/logged/reading.ts';
import { createMatcher } from '../model/names.ts';
import { exportRows, type RowKnowledge } from '../store/export/export-rows.ts';
import type { OutputFile } from '../store/export/output-file.ts';
import { SAME_RUN_WITHIN } from '../store/runs/run-tracker.ts';
import { INVENTORY } from './inventory.ts';
import { isFiltered, nothingStored } from './source/nothing-matches.ts';
import { type Given, readOptions, SPAN } from './source/options.ts';
import { noRunIn, type Period, readMoment, readPeriod } from './source/period.ts';
import { readScripts } from './source/scripts.ts';
import { openLogs, refuseSkipped } from './source/source.ts';
import { openWeigher } from './source/weigher.ts';

/** `at`, the snapshot only, excludes a span. */
const ROWS = { ...INVENTORY, ...SPAN };

interface RowsFormat {
  readonly format: 'csv' | 'parquet';
  /** How names are written, for formats that are read by people and spreadsheets. */
  readonly nameText: (name: string) => string;
}

type RowsOptions = Given<typeof ROWS> & RowsFormat;

/**
 * Writes the logged rows to a file: all there are, those of a span, or with `at` those of the snapshot.
 *
 * @param file beside which it is written first, so that there is all of it or nothing
 * @returns how many rows there were
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the file cannot be written
 */
export async function writeRows(given: RowsOptions, file: OutputFile): Promise<{ rows: number; reading: Reading }> {
  const { format, nameText } = given;
  const options = readOptions(ROWS, given);
  const { filters, packages, at } = options;
  const store = await openLogs(options);
  const period = await readPeriod(store, options);
  const moment = await readMoment(store, at);
  const chosen = moment === null ? null : (await store.snapshot(moment)).snapshot.nodes;
  const { weigher, reading: told } = await openWeigher(store, readScripts(options.scripts));
  const wantsPackage = createMatcher(packages);
  const rowKnowledge: RowKnowledge = {
    of(node, variable) {
      const { attribution, description } = weigher.origin(node, variable);
      const { package: name, script } = attribution;
      const knownSince = description?.mostEntriesSince ?? Number.NEGATIVE_INFINITY;
      return wantsPackage(name) ? { package: name, script, knownSince } : null;
    },
    bytes: (node, sample) => weigher.weighKnown(node, sample).bytes,
  };
  const wanted = { format, filters, ...(findSpan(chosen) ?? period), runs: chosen, nameText, rowKnowledge };
  try {
    const { rows, reading } = await exportRows(store.discovered, wanted, file, options.onProgress);
    const all = addReadings(reading, told);
    refuseSkipped(all, options.strict);
    if (rows === 0) {
      if (isFiltered(filters, packages)) throw await nothingStored(store, filters, { packages, weigher });
      throw await noRunIn(store, period);
    }
    file.keep();
    return { rows, reading: all };
  } finally {
    file.discard();
  }
}

/** From the first to the last of some runs; null for all runs. */
function findSpan(runs: readonly { readonly ts: number }[] | null): Period | null {
  const times = runs?.map(({ ts }) => ts) ?? [];
  return times.length === 0 ? null : { since: Math.min(...times), until: Math.max(...times) + SAME_RUN_WITHIN };
}
