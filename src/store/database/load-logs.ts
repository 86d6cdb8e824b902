/** Loads logs into a database. */

import { SAMPLES } from '../../format/log-kind.ts';
import { addReadings, EMPTY_READING, type Reading } from '../../model/logged/reading.ts';
import type { ProgressListener } from '../../model/progress.ts';
import type { Discovered } from '../finding/discover.ts';
import type { LogFile } from '../reading/log-file.ts';
import { nameNode } from '../reading/node-names.ts';
import { cutPieces } from '../reading/piece-plan.ts';
import { ReadingSum } from '../reading/reading-sum.ts';
import { readWholeLogs } from '../reading/whole-logs.ts';
import { runPieces } from '../scans/scan-pool.ts';
import type { Database } from './database.ts';
import { RowAppender, SampleAppender } from './sample-appender.ts';
import { ASSIGN_BOOTS, createViews, STORED_LOGS, type StoredLog } from './schema.ts';
import { StoredNames } from './stored-names.ts';

/** @throws ExpectedError where logs cannot be read */
export async function loadLogs(
  database: Database,
  { logs, notes }: Discovered,
  onProgress?: ProgressListener,
): Promise<Reading> {
  let reading = await loadSamples(database, logs.get(SAMPLES.name) ?? [], onProgress);
  for (const stored of STORED_LOGS) {
    for (const log of logs.get(stored.kind.name) ?? []) {
      const beside = await loadLog(database, stored, log);
      await saveFile(database, log, beside);
      reading = addReadings(reading, { ...beside, rows: 0, files: [] });
    }
  }
  await database.connection.run(ASSIGN_BOOTS);
  const ofSensors = [...logs.values()].flat().some(({ sensors }) => sensors !== null);
  await database.connection.run(createViews(ofSensors));
  return { ...reading, notes: [...notes, ...reading.notes] };
}

async function loadSamples(
  database: Database,
  logs: readonly LogFile[],
  onProgress?: ProgressListener,
): Promise<Reading> {
  const names = new StoredNames();
  const appender = await SampleAppender.open(database);
  const sum = new ReadingSum();
  const ofLogs = new Map(logs.map((log) => [log, EMPTY_READING]));
  for await (const { piece, result, batches, release } of runPieces(
    logs.flatMap(cutPieces),
    () => ({ kind: 'load' }),
    onProgress,
  )) {
    for (const batch of batches) appender.append(batch, names.idsOf(batch), names.takes.bind(names));
    release();
    sum.add(piece, result.reading);
    const { rows, skipped } = result.reading;
    ofLogs.set(piece.log, addReadings(ofLogs.get(piece.log)!, { ...EMPTY_READING, rows, skipped }));
  }
  appender.close();
  await names.save(database);
  for (const [log, reading] of ofLogs) await saveFile(database, log, reading);
  return sum.sum;
}

/** A log that is short, and read whole. */
async function loadLog(database: Database, { kind, table, texts, numbers }: StoredLog, log: LogFile): Promise<Reading> {
  const created = await database.connection.createAppender(table, 'stored');
  const appender = new RowAppender(created, texts.length, numbers.length);
  const reading = await readWholeLogs([log], (values, { text }) => {
    appender.add(
      texts.map(({ position }) => (position === kind.at.node ? nameNode(text(position)) : text(position))),
      numbers.map(({ position }) => values[position]!),
    );
  });
  appender.close();
  return reading;
}

async function saveFile(database: Database, log: LogFile, { rows, skipped }: Reading): Promise<void> {
  await database.connection.run('INSERT INTO stored.files VALUES ($1, $2, $3, $4, $5)', [
    log.path,
    log.inspected.kind.name,
    rows,
    skipped,
    log.firstTs,
  ]);
}
