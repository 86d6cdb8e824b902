import type { ArchiveResult } from '../model/answers/archive.ts';
import { missingPath } from '../model/errors/catalogue.ts';
import { addReadings, EMPTY_READING, type Reading } from '../model/logged/reading.ts';
import { parseTime } from '../model/time.ts';
import { archiveLogs } from '../store/archive/archive-logs.ts';
import { compactArchive, endOfArchive } from '../store/archive/compact.ts';
import { type Given, readOptions, SOURCE } from './source/options.ts';
import { openLogs, refuseSkipped } from './source/source.ts';

const ARCHIVE = {
  ...SOURCE,
  /** The archive. */
  folder: '',
  /** What the sensor is called of logs that do not say it. */
  sensor: 'zeek',
  /** A time as `parseTime` takes it: of days before it one run an hour is kept. */
  compact: null as string | null,
};

export type ArchiveOptions = Given<typeof ARCHIVE> & { readonly folder: string };

/**
 * Adds logs that nobody writes to any more to an archive of Parquet, each once, and keeps one run an hour of what is older than
 * a time. Without logs it only does the latter.
 *
 * @throws ExpectedError for paths, times or rows that cannot be used, and where the archive cannot be written
 */
export async function archive(given: ArchiveOptions): Promise<ArchiveResult> {
  const options = readOptions(ARCHIVE, given);
  const { folder, compact, sensor, strict, onProgress } = options;
  const refuse = (reading: Reading) => refuseSkipped(reading, strict);
  const archived =
    options.paths.length === 0 && compact !== null
      ? { folder, added: [], known: 0, open: [], compacted: null, reading: EMPTY_READING }
      : await archiveLogs((await openLogs(options, 'archive')).discovered, folder, { sensor, refuse }, onProgress);
  if (compact === null) return archived;
  const end = endOfArchive(folder);
  if (end === null) throw missingPath(folder);
  const { reading, ...compacted } = await compactArchive(folder, parseTime(compact, end), onProgress);
  return { ...archived, compacted, reading: addReadings(archived.reading, reading) };
}
