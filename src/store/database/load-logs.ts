/** Loads logs into a database. */

import { CONNECTIONS, type LogKind, NODE_RUN, NODE_RUNS, SAMPLES, VARIABLES } from '../../format/log-kind.ts';
import { addReadings, EMPTY_READING, type Reading } from '../../model/logged/reading.ts';
import type { ProgressListener } from '../../model/progress.ts';
import { readConnectionFields } from '../answers/connection-fields.ts';
import { readDescriptions } from '../answers/descriptions.ts';
import type { Discovered } from '../finding/discover.ts';
import type { LogFile } from '../reading/log-file.ts';
import { nodeName } from '../reading/node-names.ts';
import { cutPieces } from '../reading/piece-plan.ts';
import { ReadingSum } from '../reading/reading-sum.ts';
import { readWholeLogs } from '../reading/whole-logs.ts';
import { runPieces } from '../scans/scan-pool.ts';
import type { Database } from './database.ts';
import { RowAppender, SampleAppender } from './sample-appender.ts';
import { ASSIGN_BOOTS, CONNECTION_NUMBERS, CONNECTION_TEXTS, createViews, NODE_NUMBERS, NODE_TEXTS } from './schema.ts';
import { StoredNames } from './stored-names.ts';

type ShortLogLoader = (database: Database, log: LogFile) => Promise<Reading>;

/** The logs beside `my_stats.log` are short, and read whole. */
const SHORT_LOGS: readonly (readonly [LogKind, ShortLogLoader])[] = [
  [NODE_RUNS, loadNodeRuns],
  [CONNECTIONS, loadConnections],
  [VARIABLES, loadDescriptions],
];

/** @throws ExpectedError where logs cannot be read */
export async function loadLogs(
  database: Database,
  { logs, notes }: Discovered,
  onProgress?: ProgressListener,
): Promise<Reading> {
  let reading = await loadSamples(database, logs.get(SAMPLES.name) ?? [], onProgress);
  for (const [kind, load] of SHORT_LOGS) {
    for (const log of logs.get(kind.name) ?? []) {
      const beside = await load(database, log);
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

async function loadNodeRuns(database: Database, log: LogFile): Promise<Reading> {
  const appender = await appenderTo(database, 'node_runs', NODE_TEXTS, NODE_NUMBERS);
  const numbers = new Float64Array(NODE_NUMBERS.length);
  const reading = await readWholeLogs([log], (values, { text }) => {
    NODE_NUMBERS.forEach(({ position }, i) => {
      numbers[i] = values[position]!;
    });
    appender.add([nodeName(text(NODE_RUN.node)), text(NODE_RUN.zeekVersion), text(NODE_RUN.trigger)], numbers);
  });
  appender.close();
  return reading;
}

async function loadConnections(database: Database, log: LogFile): Promise<Reading> {
  const appender = await appenderTo(database, 'connection_fields', CONNECTION_TEXTS, CONNECTION_NUMBERS);
  const { rows, reading } = await readConnectionFields([log]);
  for (const row of rows) {
    const { node, field, type, unit, largest } = row;
    const service = largest === null ? null : JSON.stringify(largest.service);
    const { origHost = null, respHost = null, proto = null, origPort, respPort } = largest?.endpoints ?? {};
    appender.add(
      [node, field, type, unit, largest?.uid ?? null, service, origHost, respHost, proto],
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
        origPort,
        respPort,
        row.connectionsDropped,
        row.entriesDropped,
      ].map((value) => value ?? Number.NaN),
    );
  }
  appender.close();
  return reading;
}

async function loadDescriptions(database: Database, log: LogFile): Promise<Reading> {
  const texts = [
    'node',
    'module_name',
    'variable',
    'var_type',
    'script',
    'expiry',
    'record_fields',
    'pattern_origin',
    'contents',
  ];
  const numbers = ['boot', 'pattern_states', 'pattern_classes', 'most_entries'];
  const appender = await appenderTo(database, 'descriptions', texts, numbers);
  const { rows, reading } = await readDescriptions([log]);
  for (const row of rows) {
    const { node, boot, moduleName, variable, type, script, expiry, recordFields, pattern, contents, mostEntries } =
      row;
    appender.add(
      [
        ...[node, moduleName, variable, type, script, expiry, JSON.stringify(recordFields), pattern?.origin ?? null],
        JSON.stringify(contents),
      ],
      [boot, pattern?.states, pattern?.classes, mostEntries].map((value) => value ?? Number.NaN),
    );
  }
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

async function saveFile(database: Database, log: LogFile, { rows, skipped }: Reading): Promise<void> {
  await database.connection.run('INSERT INTO stored.files VALUES ($1, $2, $3, $4, $5)', [
    log.path,
    log.inspected.kind.name,
    rows,
    skipped,
    log.firstTs,
  ]);
}
