/** Imports logs into a database: each once, and of one that has grown only what is new. */

import { SAMPLES } from '../format/log-kind.ts';
import { skippedRow } from '../model/errors.ts';
import type { ProgressListener } from '../model/progress.ts';
import { addReadings, EMPTY_READING, type Reading } from '../model/reading.ts';
import type { Database } from './database.ts';
import { discover } from './discover.ts';
import { importShortLogs } from './ingest-short-logs.ts';
import { isBeingWritten, type LogFile } from './log-file.ts';
import { IMPORTED_LOGS, NEEDED_LOGS, type Needs } from './needs.ts';
import { cutPieces } from './piece-plan.ts';
import { ReadingSum } from './reading-sum.ts';
import { SampleAppender } from './sample-appender.ts';
import type { Piece, PieceReading } from './scan.ts';
import { runPieces } from './scan-pool.ts';
import { ASSIGN_BOOTS } from './schema.ts';
import { StoredNames } from './stored-names.ts';
import { StoredSeries } from './stored-series.ts';

interface StoredFile {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
  readonly consumed: number;
  readonly lines: number;
  readonly rows: number;
  readonly skipped: number;
}

/**
 * @returns what was read now; rows that the database already had are not read again
 * @throws ExpectedError where logs cannot be read or the disk is full: nothing of this import is then kept; and, with
 *   `strict`, for the first row that is skipped
 */
export async function importLogs(
  database: Database,
  paths: readonly string[],
  strict: boolean,
  onProgress?: ProgressListener,
  needs: Needs = 'samples',
): Promise<Reading> {
  const { wanted } = NEEDED_LOGS[needs];
  const helpful = IMPORTED_LOGS.filter((kind) => !wanted.includes(kind));
  const { logs, notes } = await discover(paths, wanted, helpful);
  const stored = await storedFiles(database);
  const changed = [...logs.values()].flat().filter((log) => !isUnchanged(log, stored));
  const samples = changed.filter(({ inspected }) => inspected.kind === SAMPLES);
  const sum = new ReadingSum((log) => stored.get(log.identity)?.lines ?? null);
  let beside = EMPTY_READING;
  if (changed.length > 0) {
    await database.transaction(async () => {
      await importSamples(database, samples, stored, sum, strict, onProgress);
      await importShortLogs(database, changed, strict, async (log, reading) => {
        const { rows, skipped } = reading;
        await saveFile(database, log, { last: { consumed: 0, cutOff: false }, rows, skipped, lines: 0 }, undefined);
        beside = addReadings(beside, { ...reading, rows: 0, files: [] });
      });
      await database.connection.run(ASSIGN_BOOTS);
    });
  }
  await database.endImport();
  const reading = addReadings(sum.sum, beside);
  return { ...reading, notes: [...notes, ...reading.notes] };
}

async function importSamples(
  database: Database,
  logs: readonly LogFile[],
  stored: ReadonlyMap<string, StoredFile>,
  sum: ReadingSum,
  strict: boolean,
  onProgress?: ProgressListener,
): Promise<void> {
  if (logs.length === 0) return;
  const names = await StoredNames.load(database);
  // Whoever asks for series of logs that are not kept reads the logs.
  const series = database.isKept ? await StoredSeries.load(database) : null;
  const appender = await SampleAppender.open(database);
  const pieces = logs.flatMap((log) => cutPieces(log, stored.get(log.identity)?.consumed ?? 0));
  const totals = new Map<LogFile, { last: PieceReading; rows: number; skipped: number; lines: number }>();
  for await (const { piece, result, batches, release } of runPieces(
    pieces,
    { kind: 'load', series: series !== null },
    onProgress,
  )) {
    for (const batch of batches) appender.append(batch, names.idsOf(batch));
    release();
    await series?.add(result.segments);
    sum.add(piece, result.reading);
    const first = result.reading.examples[0];
    if (strict && first !== undefined) {
      const { file, line, reason } = sum.sum.examples[0] ?? first;
      throw skippedRow(file, line, reason);
    }
    addTotals(totals, piece, result.reading);
  }
  appender.close();
  await names.save(database);
  await series?.save();
  for (const [log, total] of totals) await saveFile(database, log, total, stored.get(log.identity));
}

function addTotals(
  totals: Map<LogFile, { last: PieceReading; rows: number; skipped: number; lines: number }>,
  { log }: Piece,
  reading: PieceReading,
): void {
  const before = totals.get(log) ?? { rows: 0, skipped: 0, lines: 0 };
  totals.set(log, {
    last: reading,
    rows: before.rows + reading.rows,
    skipped: before.skipped + reading.skipped,
    lines: before.lines + reading.lines,
  });
}

async function storedFiles(database: Database): Promise<Map<string, StoredFile>> {
  const rows = await database.rows(
    'SELECT identity, path, size, modified, consumed, lines, row_count, skipped FROM stored.files',
  );
  return new Map(
    rows.map(([identity, path, ...numbers]) => {
      const [size, modified, consumed, lines, count, skipped] = numbers.map(Number) as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      return [String(identity), { path: String(path), size, modified, consumed, lines, rows: count, skipped }];
    }),
  );
}

function isUnchanged(log: LogFile, stored: ReadonlyMap<string, StoredFile>): boolean {
  const known = stored.get(log.identity);
  return known !== undefined && known.path === log.path && known.size === log.size && known.modified === log.modified;
}

async function saveFile(
  database: Database,
  log: LogFile,
  total: { readonly last: Pick<PieceReading, 'consumed' | 'cutOff'>; rows: number; skipped: number; lines: number },
  before: StoredFile | undefined,
): Promise<void> {
  await database.connection.run('DELETE FROM stored.files WHERE identity = $1', [log.identity]);
  await database.connection.run('INSERT INTO stored.files VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
    log.identity,
    log.inspected.kind.name,
    log.path,
    log.size,
    log.modified,
    total.last.consumed,
    total.lines + (before?.lines ?? 0),
    total.rows + (before?.rows ?? 0),
    total.skipped + (before?.skipped ?? 0),
    log.firstTs,
    total.last.cutOff || isBeingWritten(log),
  ]);
}
