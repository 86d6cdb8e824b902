/** The last runs of all nodes, from the database. */

import { DOUBLE, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { noRunAt } from '../model/errors.ts';
import type { Measurement } from '../model/measurement.ts';
import type { NodeRun, Sample, Snapshot } from '../model/sample.ts';
import { formatTime } from '../model/time.ts';
import { numbersOf } from './columns.ts';
import type { Database } from './database.ts';
import { numberOrNull } from './database-nodes.ts';
import type { Extent } from './interface.ts';
import { NOTHING_ELSE, NodeRunIndex } from './node-run-index.ts';
import { SAME_RUN_WITHIN } from './run-tracker.ts';
import { type CandidateRun, chooseRuns } from './snapshot-choice.ts';

interface StoredCandidate extends CandidateRun {
  /** Null for a run of which nothing was logged. */
  readonly id: number | null;
}

/** Later than any run; DuckDB has no infinity that compares with a bound value. */
const FOREVER = 1e300;
/** In seconds. */
const A_DAY = 86_400;

/** Runs whose numbers lie so near are read with what lies between them. */
const NEAR_RUNS = 16;

/** The time of the first run and of the last. */
export async function databaseExtent(database: Database): Promise<Extent> {
  const [row] = await database.rows('SELECT min(ts), max(ts) FROM stored.runs');
  return { first: Number(row![0]), last: Number(row![1]) };
}

/**
 * The last complete run of every node.
 *
 * @param at up to when, seconds since the epoch; null for the end
 * @throws ExpectedError where there is no run up to then
 */
export async function databaseSnapshot(database: Database, at: number | null): Promise<Snapshot> {
  const { first, last } = await databaseExtent(database);
  const until = at ?? FOREVER;
  const runs = await lastRuns(database, until);
  if (runs.size === 0) throw noRunAt(formatTime(until), formatTime(first), formatTime(last));
  const newest = [...runs.values()].reduce((latest, list) => Math.max(latest, list.at(-1)!.ts), first);
  const nodeRuns = await toldOf(database, runs, newest, until);
  for (const { node, run, ts } of nodeRuns) {
    const list = runs.get(node) ?? [];
    if (list.every(({ id }) => id === null))
      runs.set(node, [...list, { id: null, run: run ?? 0, ts, rows: 0, cut: false }].slice(-3));
  }
  const reference = at !== null && last > at ? at : newest;
  const writing = await writingNode(database, until);
  const told = new NodeRunIndex(nodeRuns);
  const choice = chooseRuns({ runs, earlier: new Map(), writing, reference }, told);
  const chosen = choice.nodes.map(({ node, index, complete }) => ({ node, complete, ...runs.get(node)![index]! }));
  const samples = await samplesOf(
    database,
    chosen.flatMap(({ id }) => (id === null ? [] : [id])),
  );
  const nodes: NodeRun[] = chosen.map(({ node, run, ts, complete, id }) => ({
    node,
    run,
    ts,
    complete,
    residentMemory: told.find(node, run, ts)?.residentMemory ?? null,
    zeekVersion: told.find(node, run, ts)?.zeekVersion ?? null,
    samples: samples.get(id ?? -1) ?? [],
  }));
  const ts = nodes.reduce((latest, node) => Math.max(latest, node.ts), Number.NEGATIVE_INFINITY);
  return { ts: Number.isFinite(ts) ? ts : newest, asked: at, nodes, stopped: choice.stopped };
}

/** The last three runs of every node up to a time, oldest first. */
async function lastRuns(database: Database, until: number): Promise<Map<string, StoredCandidate[]>> {
  const rows = await database.rows(
    // One pass that keeps the largest three: numbering all runs to take three of them costs three times as much.
    `SELECT node, unnest(max(ROW(ts, run_id, run, row_count), 3), recursive := true)
     FROM stored.runs WHERE ts <= $1 GROUP BY node ORDER BY ALL`,
    [until],
  );
  const runs = new Map<string, StoredCandidate[]>();
  for (const [node, ts, id, run, count] of rows) {
    const list = runs.get(String(node)) ?? [];
    list.push({ id: Number(id), run: Number(run), ts: Number(ts), rows: Number(count), cut: false });
    runs.set(String(node), list);
  }
  return runs;
}

/**
 * What the nodes say of these runs, and what nodes that logged no variable say of those in the day before `newest`. The
 * database gives no others: a day of a large cluster has 60,000, and taking them over costs more than all the rest.
 */
async function toldOf(
  database: Database,
  logged: ReadonlyMap<string, readonly CandidateRun[]>,
  newest: number,
  until: number,
): Promise<Measurement[]> {
  const runs = [...logged.values()].flat();
  const from = runs.reduce((first, { ts }) => Math.min(first, ts - SAME_RUN_WITHIN), newest - A_DAY);
  const rows = await database.rows(
    `SELECT node, run, ts, variables_logged, resident_memory, zeek_version FROM stored.node_runs
     WHERE ts BETWEEN $1 AND $2 AND (list_contains($3, run) OR NOT list_contains($4, node)) ORDER BY ts`,
    [from, until, listValue([...new Set(runs.map(({ run }) => run))]), listValue([...logged.keys()])],
    [DOUBLE, DOUBLE, LIST(DOUBLE), LIST(VARCHAR)],
  );
  return rows.map(([node, run, ts, logged, resident, version]) => ({
    ...NOTHING_ELSE,
    node: String(node),
    run: Number(run),
    ts: Number(ts),
    duration: 0,
    variablesLogged: numberOrNull(logged),
    residentMemory: numberOrNull(resident),
    zeekVersion: version === null || version === undefined ? null : String(version),
  }));
}

/** The node of the last row imported, where the newest log was still being written then and nothing later is asked for. */
async function writingNode(database: Database, until: number): Promise<string | null> {
  const [row] = await database.rows(
    `SELECT node FROM stored.runs WHERE ts <= $1 AND
       (SELECT writing FROM stored.files WHERE kind = 'my_stats' ORDER BY first_ts DESC, path DESC LIMIT 1)
     ORDER BY run_id DESC LIMIT 1`,
    [until],
  );
  return row === undefined ? null : String(row[0]);
}

/** In the order of the log. */
async function samplesOf(database: Database, runs: readonly number[]): Promise<Map<number, Sample[]>> {
  const samples = new Map<number, Sample[]>(runs.map((run) => [run, []]));
  if (runs.length === 0) return samples;
  // Names are the same in every row: taking them over row by row costs more than all the rest.
  const variables = new Map(
    (await database.rows('SELECT variable_id, module_name, variable FROM stored.variables')).map(
      ([id, moduleName, variable]) => [id, { moduleName: String(moduleName), variable: String(variable) }],
    ),
  );
  const units = new Map(
    (await database.rows('SELECT unit_id, unit FROM stored.units')).map(([id, unit]) => [id, String(unit)]),
  );
  const chunks = database.chunks(
    `SELECT ${['run_id', 'variable_id', 'unit_id'].map((id) => `CAST(${id} AS DOUBLE)`).join(', ')}, size, entries
     FROM stored.samples WHERE ${spansOf(runs).join(' OR ')} ORDER BY rowid`,
  );
  for await (const chunk of chunks) {
    const rows = chunk.rowCount;
    const [run, variable, unit, size, entries] = [0, 1, 2, 3, 4].map((column) => numbersOf(chunk, column)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    for (let row = 0; row < rows; row++) {
      const { moduleName, variable: name } = variables.get(variable[row]!)!;
      samples.get(run[row]!)?.push({
        moduleName,
        variable: name,
        size: numberOrNull(size[row]),
        unit: units.get(unit[row]!)!,
        entries: numberOrNull(entries[row]),
      });
    }
  }
  return samples;
}

/**
 * Conditions for the rows of runs, and of few others: a database finds spans of numbers in a sorted table without
 * reading the rest of it, but not a list of numbers.
 */
function spansOf(runs: readonly number[]): string[] {
  const spans: { from: number; to: number }[] = [];
  for (const run of [...runs].sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last !== undefined && run - last.to <= NEAR_RUNS) last.to = run;
    else spans.push({ from: run, to: run });
  }
  return spans.map(({ from, to }) => `run_id BETWEEN ${from} AND ${to}`);
}
