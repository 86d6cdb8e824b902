/**
 * Imports the logs beside `my_stats.log`. They are short: one that has grown is read whole again, and what is known of
 * it left out.
 */

import {
  CLUSTER,
  CLUSTER_ROW,
  CONNECTIONS,
  LOADED_SCRIPTS,
  type LogKind,
  NODE_RUN,
  NODE_RUNS,
  VARIABLES,
} from '../format/log-kind.ts';
import { skippedRow } from '../model/errors.ts';
import type { Reading } from '../model/reading.ts';
import { RowAppender } from './columns.ts';
import { fieldOf } from './connection-fields.ts';
import type { Database } from './database.ts';
import { readDescriptions } from './descriptions.ts';
import { readLoadedScripts } from './loaded-scripts.ts';
import type { LogFile } from './log-file.ts';
import { clusterRunOf } from './node-runs.ts';
import { CONNECTION_NUMBERS, CONNECTION_TEXTS, NODE_NUMBERS, NODE_TEXTS } from './schema.ts';
import { nodeName, type RowCells, readWholeLogs } from './whole-logs.ts';

/** What of a log was already imported is looked for from its first row on, less this: clocks are set back. */
const EARLIER_ROWS = 86_400;

type Importer = (database: Database, log: LogFile, from: number) => Promise<Reading>;

const IMPORTERS: readonly (readonly [LogKind, Importer])[] = [
  [NODE_RUNS, importNodeRuns],
  [CONNECTIONS, importConnections],
  [CLUSTER, importClusterRuns],
  [VARIABLES, importDescriptions],
  [LOADED_SCRIPTS, importLoadedScripts],
];

/**
 * @param logs of any kind
 * @param onImported hears what was read of each
 */
export async function importShortLogs(
  database: Database,
  logs: readonly LogFile[],
  strict: boolean,
  onImported: (log: LogFile, reading: Reading) => Promise<void>,
): Promise<void> {
  for (const [kind, importLog] of IMPORTERS) {
    for (const log of logs.filter(({ inspected }) => inspected.kind === kind)) {
      const reading = await importLog(database, log, log.firstTs - EARLIER_ROWS);
      const first = reading.examples[0];
      if (strict && first !== undefined) throw skippedRow(first.file, first.line, first.reason);
      await onImported(log, reading);
    }
  }
}

async function importNodeRuns(database: Database, log: LogFile, from: number): Promise<Reading> {
  const known = await knownRows(database, 'stored.node_runs', 'node, run, ts', from);
  const appender = await appenderTo(database, 'node_runs', NODE_TEXTS, NODE_NUMBERS);
  const numbers = new Float64Array(NODE_NUMBERS.length);
  const reading = await readWholeLogs([log], (values, { text }) => {
    const node = nodeName(text(NODE_RUN.node));
    if (!known.isNew(node, values[NODE_RUN.run]!, values[NODE_RUN.ts]!)) return;
    NODE_NUMBERS.forEach(({ position }, i) => {
      numbers[i] = values[position]!;
    });
    appender.add([node, text(NODE_RUN.zeekVersion), text(NODE_RUN.trigger)], numbers);
  });
  appender.close();
  return reading;
}

async function importConnections(database: Database, log: LogFile, from: number): Promise<Reading> {
  const known = await knownRows(database, 'stored.connection_fields', 'node, field, run, ts', from);
  const appender = await appenderTo(database, 'connection_fields', CONNECTION_TEXTS, CONNECTION_NUMBERS);
  const reading = await readWholeLogs([log], (values, cells) => {
    const row = fieldOf(values, cells);
    const { node, field, type, unit, largest } = row;
    if (!known.isNew(node, field, row.run, row.ts)) return;
    const service = largest === null ? null : JSON.stringify(largest.service);
    appender.add(
      [node, field, type, unit, largest?.uid ?? null, service],
      [
        row.ts,
        row.run,
        row.boot,
        row.connectionsLive,
        row.connectionsSampled,
        row.connectionsWithField,
        row.entries,
        row.size,
        row.sizeComplete ? 1 : 0,
        largest?.entries,
        largest?.size,
        largest?.age,
      ].map((value) => value ?? Number.NaN),
    );
  });
  appender.close();
  return reading;
}

async function importClusterRuns(database: Database, log: LogFile, from: number): Promise<Reading> {
  const known = await knownRows(database, 'stored.cluster_runs', 'node, ts', from);
  const appender = await appenderTo(database, 'cluster_runs', ['node'], ['ts', 'duration']);
  const reading = await readWholeLogs([log], (values, cells: RowCells) => {
    const run = clusterRunOf(values, cells);
    if (run === null || !known.isNew(run.node, values[CLUSTER_ROW.ts]!)) return;
    appender.add([run.node], [run.ts, run.duration]);
  });
  appender.close();
  return reading;
}

async function importDescriptions(database: Database, log: LogFile): Promise<Reading> {
  const columns = 'node, boot, module_name, variable, var_type, script, expiry, record_fields';
  const known = new KnownRows(await database.rows(`SELECT ${columns} FROM stored.descriptions`));
  const { rows, reading } = await readDescriptions([log]);
  const texts = columns.split(', ').filter((name) => name !== 'boot');
  const appender = await appenderTo(database, 'descriptions', texts, ['boot']);
  for (const { node, boot, moduleName, variable, type, script, expiry, recordFields } of rows) {
    const said = [moduleName, variable, type, script, expiry, JSON.stringify(recordFields)];
    if (known.isNew(node, boot ?? Number.NaN, ...said)) appender.add([node, ...said], [boot ?? Number.NaN]);
  }
  appender.close();
  return reading;
}

async function importLoadedScripts(database: Database, log: LogFile): Promise<Reading> {
  const known = new KnownRows(await database.rows('SELECT script FROM stored.loaded_scripts'));
  const { scripts, reading } = await readLoadedScripts([log]);
  const appender = await appenderTo(database, 'loaded_scripts', ['script'], []);
  for (const script of scripts) if (known.isNew(script)) appender.add([script], []);
  appender.close();
  return reading;
}

async function appenderTo(
  database: Database,
  table: string,
  texts: readonly unknown[],
  numbers: readonly unknown[],
): Promise<RowAppender> {
  return new RowAppender(await database.connection.createAppender(table, 'stored'), texts, numbers);
}

async function knownRows(database: Database, table: string, columns: string, from: number): Promise<KnownRows> {
  return new KnownRows(await database.rows(`SELECT ${columns} FROM ${table} WHERE ts >= $1`, [from]));
}

type Cell = string | number | null;

/** Rows that are in the database, by what tells them apart. */
class KnownRows {
  readonly #keys: Set<string>;

  constructor(rows: readonly (readonly unknown[])[]) {
    this.#keys = new Set(rows.map((row) => keyOf(row as readonly Cell[])));
  }

  isNew(...cells: readonly Cell[]): boolean {
    const key = keyOf(cells);
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    return true;
  }
}

/** Names may hold any character, so each says how long it is. */
function keyOf(cells: readonly Cell[]): string {
  let key = '';
  for (const cell of cells) key += typeof cell === 'string' ? `${cell.length}:${cell} ` : `${cell} `;
  return key;
}
