/** The user's own questions, asked of the rows of logs in DuckDB. */

import { DuckDBListValue, DuckDBStructValue, type DuckDBValue } from '@duckdb/node-api';
import { SAMPLES } from '../../format/log-kind.ts';
import type { QueryColumn, QueryResult, QueryValue } from '../../model/answers/query.ts';
import { nothingSelected } from '../../model/errors/catalogue.ts';
import { addReadings, EMPTY_READING, type Reading } from '../../model/logged/reading.ts';
import { createMatcher, type NameFilter } from '../../model/names.ts';
import type { ProgressListener } from '../../model/progress.ts';
import { type Discovered, discover, type LogChoice } from '../finding/discover.ts';
import { LOADED_LOGS, NEEDED_LOGS } from '../finding/needs.ts';
import type { LogFile } from '../reading/log-file.ts';
import { nameNode } from '../reading/node-names.ts';
import { cutPieces } from '../reading/piece-plan.ts';
import { ReadingSum } from '../reading/reading-sum.ts';
import { readWholeLogs } from '../reading/whole-logs.ts';
import { runPieces } from '../scans/scan-pool.ts';
import { Database, translateQueryError } from './database.ts';
import { RowAppender, SampleAppender } from './sample-appender.ts';
import { ASSIGN_BOOTS, createViews, STORED_LOGS, type StoredLog, TABLES_OF_NODES } from './schema.ts';
import { StoredNames } from './stored-names.ts';

const NUMERIC = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*)$/;

interface SqlChoice extends LogChoice {
  /** Rows of other nodes are not there; none: those of all are. */
  readonly nodes: readonly NameFilter[];
  /** Whether the query may read and write files and change settings. */
  readonly allowFiles: boolean;
}

/**
 * Runs SQL over the public views, after loading the logs given.
 *
 * @throws ExpectedError for a query that fails, for logs that cannot be read, and where no node matches
 */
export async function runSql(
  paths: readonly string[],
  query: string,
  { nodes, allowFiles, ...choice }: SqlChoice,
  onProgress?: ProgressListener,
): Promise<QueryResult> {
  const found = await discover(paths, NEEDED_LOGS.samples.wanted, LOADED_LOGS, choice);
  const database = await Database.open();
  try {
    const reading = await loadLogs(database, found, onProgress);
    if (nodes.length > 0) await dropOtherNodes(database, nodes);
    if (!allowFiles) await database.shut();
    onProgress?.({ phase: 'querying', done: 0, total: 0 });
    try {
      const result = await database.connection.runAndReadAll(query);
      const columns: QueryColumn[] = result.deduplicatedColumnNames().map((name, i) => {
        const type = result.columnType(i).toString();
        return { name, type, numeric: NUMERIC.test(type) };
      });
      return { columns, rows: result.getRows().map((row) => row.map(convertValue)), reading };
    } catch (error) {
      throw translateQueryError(error, database.temporary);
    }
  } finally {
    database.close();
  }
}

async function dropOtherNodes(database: Database, wanted: readonly NameFilter[]): Promise<void> {
  const isWanted = createMatcher(wanted);
  const nodes = TABLES_OF_NODES.map((table) => `SELECT node FROM stored.${table}`).join(' UNION ');
  const names = (await database.rows(nodes)).map(([node]) => String(node));
  const others = names.filter((node) => !isWanted(node));
  if (others.length === names.length) throw nothingSelected(`node ${wanted.map(({ text }) => text).join(' or ')}`);
  for (const table of TABLES_OF_NODES)
    for (const node of others) await database.connection.run(`DELETE FROM stored.${table} WHERE node = $1`, [node]);
}

/** Numbers as numbers where they are exact, everything that JSON does not have as text. */
function convertValue(value: DuckDBValue): QueryValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof DuckDBListValue) return value.items.map(convertValue);
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, convertValue(entry)]));
  return String(value);
}

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
