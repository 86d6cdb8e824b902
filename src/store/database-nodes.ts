/** What the nodes said of themselves and of connections, from the database. */

import { type DuckDBValue, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import type { ConnectionField } from '../model/connection.ts';
import { Descriptions } from '../model/description.ts';
import type { Measurement } from '../model/measurement.ts';
import type { NodeSeries } from '../model/node-series.ts';
import { numbersOf } from './columns.ts';
import type { Database } from './database.ts';
import type { NodeKnowledge } from './interface.ts';
import { NOTHING_ELSE } from './node-run-index.ts';
import { NodeLives } from './node-series.ts';
import { CONNECTION_NUMBERS, CONNECTION_TEXTS, NODE_NUMBERS, NODE_TEXTS } from './schema.ts';

/** Every life of every node. Names come as their places in lists, so that a run makes no text. */
export async function databaseLives(database: Database): Promise<NodeSeries[]> {
  const texts: (string | null)[][] = [];
  for (const column of NODE_TEXTS) {
    const rows = await database.rows(`SELECT DISTINCT ${column} FROM stored.node_runs WHERE ${column} IS NOT NULL`);
    texts.push([null, ...rows.map(([text]) => String(text))]);
  }
  const places = NODE_TEXTS.map((column, i) => `CAST(COALESCE(list_position($${i + 1}, ${column}), 0) AS DOUBLE)`);
  const chunks = database.chunks(
    `SELECT ${[...places, ...NODE_NUMBERS.map(({ name }) => name)].join(', ')} FROM stored.node_runs`,
    texts.map((list) => listValue(list.slice(1))),
    texts.map(() => LIST(VARCHAR)),
  );
  const lives = new NodeLives();
  for await (const chunk of chunks) {
    const textsOf = (column: number) => Array.from(numbersOf(chunk, column), (place) => texts[column]![place]!);
    lives.addRows({
      nodes: textsOf(0) as string[],
      versions: textsOf(1),
      triggers: textsOf(2),
      column: (position) =>
        numbersOf(chunk, NODE_TEXTS.length + NODE_NUMBERS.findIndex((one) => one.position === position)),
    });
  }
  return lives.series();
}

/** What the variables are, which Zeek ran, and which scripts were loaded. */
export async function databaseKnowledge(database: Database): Promise<NodeKnowledge> {
  const described = await database.rows(
    `SELECT node, boot, module_name, variable, var_type, script, expiry, record_fields FROM stored.descriptions
     ORDER BY rowid`,
  );
  const versions = await database.rows(
    'SELECT node, arg_max(zeek_version, ts) FROM stored.node_runs WHERE zeek_version IS NOT NULL GROUP BY node',
  );
  const text = (value: unknown) => (value === null ? null : String(value));
  const descriptions = new Descriptions(
    described.map(([node, boot, moduleName, variable, type, script, expiry, recordFields]) => ({
      node: String(node),
      boot: numberOrNull(boot),
      moduleName: String(moduleName),
      variable: String(variable),
      type: text(type),
      script: text(script),
      expiry: text(expiry),
      recordFields: JSON.parse(String(recordFields)) as string[],
    })),
  );
  const zeekVersions = new Map(versions.map(([node, version]) => [String(node), String(version)]));
  const scripts = await database.rows('SELECT script FROM stored.loaded_scripts ORDER BY rowid');
  const loadedScripts = scripts.map(([script]) => String(script));
  return { descriptions, zeekVersions, loadedScripts };
}

/** What each measurement cost. */
export async function databaseMeasurements(
  database: Database,
): Promise<{ source: 'my_stats_node' | 'cluster'; rows: Measurement[] }> {
  const runs = await database.rows(
    `SELECT node, zeek_version, ts, run, boot, duration, longest_pause, variables_seen, variables_logged, resident_memory,
       trigger
     FROM stored.node_runs ORDER BY rowid`,
  );
  if (runs.length === 0) {
    const rows = await database.rows('SELECT node, ts, duration FROM stored.cluster_runs ORDER BY rowid');
    const toRow = ([node, ts, duration]: DuckDBValue[]) => {
      return { ...NOTHING_ELSE, node: String(node), ts: Number(ts), duration: Number(duration) };
    };
    return { source: 'cluster', rows: rows.map(toRow) };
  }
  const rows = runs.map(
    ([node, version, ts, run, boot, duration, pause, seen, logged, resident, trigger]): Measurement => {
      return {
        node: String(node),
        ts: Number(ts),
        run: Number(run),
        boot: numberOrNull(boot),
        duration: numberOrNull(duration) ?? 0,
        longestPause: numberOrNull(pause),
        atExit: trigger === 'exit',
        variablesSeen: numberOrNull(seen),
        variablesLogged: numberOrNull(logged),
        residentMemory: numberOrNull(resident),
        zeekVersion: textOrNull(version),
      };
    },
  );
  return { source: 'my_stats_node', rows };
}

/** All rows there are of fields of connections, in the order in which they were imported. */
export async function databaseConnectionFields(database: Database): Promise<ConnectionField[]> {
  const columns = [...CONNECTION_TEXTS, ...CONNECTION_NUMBERS].join(', ');
  const rows = await database.rows(`SELECT ${columns} FROM stored.connection_fields ORDER BY rowid`);
  return rows.map((row) => {
    const [node, field, type, unit, uid, service] = row.slice(0, CONNECTION_TEXTS.length).map(textOrNull);
    const numbers = row.slice(CONNECTION_TEXTS.length);
    const [ts, run, boot, live, sampled, withField, entries, size, complete, most, mostSize, age] =
      numbers.map(numberOrNull);
    return {
      ts: ts!,
      run: run!,
      node: node!,
      boot: boot!,
      field: field!,
      type: type!,
      connectionsLive: live!,
      connectionsSampled: sampled!,
      connectionsWithField: withField!,
      entries: entries ?? Number.NaN,
      size: size!,
      unit: unit!,
      sizeComplete: complete === 1,
      largest:
        uid === null || uid === undefined
          ? null
          : { uid, entries: most ?? 0, size: mostSize!, service: JSON.parse(service ?? '[]') as string[], age: age! },
    };
  });
}

export function numberOrNull(value: DuckDBValue | undefined): number | null {
  return value === null || value === undefined || Number.isNaN(value) ? null : Number(value);
}

function textOrNull(value: DuckDBValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
