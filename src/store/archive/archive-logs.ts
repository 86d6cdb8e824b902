/** Puts logs that nobody writes to any more into an archive, each once. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ArchiveResult } from '../../model/answers/archive.ts';
import { addReadings, EMPTY_READING, type Reading } from '../../model/logged/reading.ts';
import type { ProgressListener } from '../../model/progress.ts';
import { OutputFile } from '../export/output-file.ts';
import type { Discovered } from '../finding/discover.ts';
import { LOADED_LOGS } from '../finding/needs.ts';
import { isClosed, type LogFile } from '../reading/log-file.ts';
import { readWholeLogs } from '../reading/whole-logs.ts';
import { ArchivedLog, makeFolder } from './archived-log.ts';

/** What says which logs are in the archive: engines take folders that begin like this for none of a table's. */
const LEDGER = '_archived';

interface HowToArchive {
  /** What logs belong to that do not say. */
  readonly sensor: string;
  /** Throws where what was read of a log is not to be archived. */
  readonly refuse: (reading: Reading) => void;
}

/**
 * A log's rows are written beside their places first, and the ledger comes last: whoever is killed on the way leaves what the
 * next one begins anew, and the same rows go to the same files.
 *
 * @throws ExpectedError where the archive cannot be written
 */
export async function archiveLogs(
  { logs, notes }: Discovered,
  folder: string,
  { sensor, refuse }: HowToArchive,
  onProgress: ProgressListener = () => {},
): Promise<ArchiveResult> {
  makeFolder(join(folder, LEDGER));
  const all = LOADED_LOGS.flatMap((kind) => logs.get(kind.name) ?? []);
  const closed = all.filter(isClosed);
  const added: ArchiveResult['added'][number][] = [];
  let reading: Reading = { ...EMPTY_READING, notes };
  for (const [done, log] of closed.entries()) {
    onProgress({ phase: 'archiving', done, total: closed.length });
    const entry = join(folder, LEDGER, entryName(log));
    if (existsSync(entry)) continue;
    const archived = await archiveLog(log, folder, { sensor, refuse }, entry);
    added.push({ path: log.path, rows: archived.rows, files: archived.files.length });
    reading = addReadings(reading, archived.reading);
  }
  const open = all.filter((log) => !closed.includes(log)).map(({ path }) => path);
  return { folder, added, known: closed.length - added.length, open, compacted: null, reading };
}

async function archiveLog(log: LogFile, folder: string, { sensor, refuse }: HowToArchive, entry: string) {
  const { kind } = log.inspected;
  const archived = new ArchivedLog(folder, kind, idOf(log), sensor);
  try {
    const reading = await readWholeLogs([log], (_, cells) => archived.add(cells, log.firstTs || log.modified));
    refuse(reading);
    const before = entriesOf(folder, log);
    const most = Math.max(0, ...before.map(rowsOf));
    // A copy that was cut off takes nothing away from what was whole.
    const files = archived.rows < most ? [] : archived.keep();
    OutputFile.own(entry).write(JSON.stringify({ rows: Math.max(archived.rows, most) }));
    for (const old of before) rmSync(old, { force: true });
    return { rows: archived.rows, files, reading };
  } finally {
    archived.discard();
  }
}

/** The same for a log that was renamed, moved, compressed or has grown. */
function idOf({ inspected, identity }: LogFile): string {
  return createHash('sha256')
    .update(JSON.stringify([inspected.kind.name, identity]))
    .digest('hex')
    .slice(0, 16);
}

/** Differs where a log was written to since. */
function entryName(log: LogFile): string {
  const mark = createHash('sha256')
    .update(JSON.stringify([log.size, log.modified]))
    .digest('hex')
    .slice(0, 8);
  return `${idOf(log)}-${mark}.json`;
}

/** What was noted of a log as it was before. */
function entriesOf(folder: string, log: LogFile): string[] {
  const ledger = join(folder, LEDGER);
  const names = readdirSync(ledger).filter((name) => name.startsWith(`${idOf(log)}-`) && name.endsWith('.json'));
  return names.map((name) => join(ledger, name));
}

/** None where the entry is torn. */
function rowsOf(entry: string): number {
  try {
    return (JSON.parse(readFileSync(entry, 'utf8')) as { rows: number }).rows;
  } catch {
    return 0;
  }
}
