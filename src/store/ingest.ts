/** Imports logs into a database: each once, and of one that has grown only what is new. */

import { DOUBLE, UBIGINT, VARCHAR } from '@duckdb/node-api';
import { LOADED_SCRIPTS, NODE_RUNS, SAMPLES, VARIABLES } from '../format/log-kind.ts';
import { skippedRow } from '../model/errors.ts';
import type { ProgressListener } from '../model/progress.ts';
import type { Reading } from '../model/reading.ts';
import type { Database } from './database.ts';
import { readDescriptions } from './descriptions.ts';
import { discover } from './discover.ts';
import { readLoadedScripts } from './loaded-scripts.ts';
import { isBeingWritten, type LogFile } from './log-file.ts';
import { readNodeRuns } from './node-runs.ts';
import { cutPieces } from './piece-plan.ts';
import { ReadingSum } from './reading-sum.ts';
import { appendBatch } from './sample-appender.ts';
import type { Piece, PieceReading } from './scan.ts';
import { runPieces } from './scan-pool.ts';
import { ASSIGN_BOOTS } from './schema.ts';
import { StoredNames } from './stored-names.ts';

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
): Promise<Reading> {
  const { logs, notes } = await discover(paths, [SAMPLES], [NODE_RUNS, VARIABLES, LOADED_SCRIPTS]);
  const stored = await storedFiles(database);
  const samples = (logs.get(SAMPLES.name) ?? []).filter((log) => !isUnchanged(log, stored));
  const nodeLogs = (logs.get(NODE_RUNS.name) ?? []).filter((log) => !isUnchanged(log, stored));
  const variableLogs = (logs.get(VARIABLES.name) ?? []).filter((log) => !isUnchanged(log, stored));
  const scriptLogs = (logs.get(LOADED_SCRIPTS.name) ?? []).filter((log) => !isUnchanged(log, stored));
  const sum = new ReadingSum((log) => stored.get(log.identity)?.lines ?? null);
  if (samples.length + nodeLogs.length + variableLogs.length + scriptLogs.length > 0) {
    await database.transaction(async () => {
      await importSamples(database, samples, stored, sum, strict, onProgress);
      await importNodeRuns(database, nodeLogs, strict);
      await importDescriptions(database, variableLogs, strict);
      await importLoadedScripts(database, scriptLogs, strict);
      await database.connection.run(ASSIGN_BOOTS);
    });
  }
  return { ...sum.sum, notes: [...notes, ...sum.sum.notes] };
}

async function importSamples(
  database: Database,
  logs: readonly LogFile[],
  stored: ReadonlyMap<string, StoredFile>,
  sum: ReadingSum,
  strict: boolean,
  onProgress?: ProgressListener,
): Promise<void> {
  const names = await StoredNames.load(database);
  const appender = await database.connection.createAppender('samples', 'stored');
  const pieces = logs.flatMap((log) => cutPieces(log, stored.get(log.identity)?.consumed ?? 0));
  const totals = new Map<LogFile, { last: PieceReading; rows: number; skipped: number; lines: number }>();
  for await (const { piece, result, batches } of runPieces(pieces, { kind: 'load' }, onProgress)) {
    for (const batch of batches) appendBatch(appender, batch, names.idsOf(batch));
    sum.add(piece, result.reading);
    const first = result.reading.examples[0];
    if (strict && first !== undefined) {
      const { file, line, reason } = sum.sum.examples[0] ?? first;
      throw skippedRow(file, line, reason);
    }
    addTotals(totals, piece, result.reading);
  }
  appender.flushSync();
  appender.closeSync();
  await names.save(database);
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

async function importNodeRuns(database: Database, logs: readonly LogFile[], strict: boolean): Promise<void> {
  const stored = await database.rows('SELECT node, run, ts FROM stored.node_runs');
  const known = new Set(stored.map(([node, run, ts]) => runKey(String(node), Number(run), Number(ts))));
  for (const log of logs) {
    const { rows, reading } = await readNodeRuns([log]);
    const first = reading.examples[0];
    if (strict && first !== undefined) throw skippedRow(first.file, first.line, first.reason);
    // These logs are short: one that has grown is read whole again, and what is known of it left out.
    const appender = await database.connection.createAppender('node_runs', 'stored');
    for (const m of rows) {
      const key = runKey(m.node, m.run, m.ts);
      if (known.has(key)) continue;
      known.add(key);
      appender.appendVarchar(m.node);
      appender.appendUBigInt(BigInt(m.run ?? 0));
      for (const value of [m.ts, m.boot, m.duration, m.longestPause]) appender.appendValue(value, DOUBLE);
      for (const value of [m.variablesSeen, m.variablesLogged, m.residentMemory])
        appender.appendValue(value === null ? null : BigInt(value), UBIGINT);
      appender.appendValue(m.zeekVersion, VARCHAR);
      appender.endRow();
    }
    appender.closeSync();
    const total = { last: { consumed: 0 }, rows: rows.length, skipped: reading.skipped, lines: 0 };
    await saveFile(database, log, total, undefined);
  }
}

/** A process describes its variables once, so a log of descriptions is short, and of one that has grown all is known. */
async function importDescriptions(database: Database, logs: readonly LogFile[], strict: boolean): Promise<void> {
  const columns = 'node, boot, module_name, variable, var_type, script, expiry, record_fields';
  const stored = await database.rows(`SELECT ${columns} FROM stored.descriptions`);
  const known = new Set(stored.map((row) => JSON.stringify(row)));
  for (const log of logs) {
    const { rows, reading } = await readDescriptions([log]);
    const first = reading.examples[0];
    if (strict && first !== undefined) throw skippedRow(first.file, first.line, first.reason);
    const appender = await database.connection.createAppender('descriptions', 'stored');
    for (const d of rows) {
      const texts = [d.moduleName, d.variable, d.type, d.script, d.expiry, JSON.stringify(d.recordFields)];
      const key = JSON.stringify([d.node, d.boot, ...texts]);
      if (known.has(key)) continue;
      known.add(key);
      appender.appendVarchar(d.node);
      appender.appendValue(d.boot, DOUBLE);
      for (const text of texts) appender.appendValue(text, VARCHAR);
      appender.endRow();
    }
    appender.closeSync();
    const total = { last: { consumed: 0 }, rows: rows.length, skipped: reading.skipped, lines: 0 };
    await saveFile(database, log, total, undefined);
  }
}

async function importLoadedScripts(database: Database, logs: readonly LogFile[], strict: boolean): Promise<void> {
  const known = new Set((await database.rows('SELECT script FROM stored.loaded_scripts')).map(([script]) => script));
  for (const log of logs) {
    const { scripts, reading } = await readLoadedScripts([log]);
    const first = reading.examples[0];
    if (strict && first !== undefined) throw skippedRow(first.file, first.line, first.reason);
    const appender = await database.connection.createAppender('loaded_scripts', 'stored');
    for (const script of scripts) {
      if (known.has(script)) continue;
      known.add(script);
      appender.appendVarchar(script);
      appender.endRow();
    }
    appender.closeSync();
    const total = { last: { consumed: 0 }, rows: reading.rows, skipped: reading.skipped, lines: 0 };
    await saveFile(database, log, total, undefined);
  }
}

function runKey(node: string, run: number | null, ts: number): string {
  return `${run} ${ts} ${node}`;
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
  total: { readonly last: Pick<PieceReading, 'consumed'>; rows: number; skipped: number; lines: number },
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
    isBeingWritten(log),
  ]);
}
