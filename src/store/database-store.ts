/** Answers from a database. */

import { Descriptions } from '../model/description.ts';
import { emptyDatabase, noRunAt } from '../model/errors.ts';
import type { Measurement } from '../model/measurement.ts';
import type { NodeSeries } from '../model/node-series.ts';
import type { ProgressListener } from '../model/progress.ts';
import type { RangeQuery, RangeResult } from '../model/range.ts';
import { EMPTY_READING, type Reading } from '../model/reading.ts';
import type { NodeRun, Sample, Snapshot } from '../model/sample.ts';
import type { SeriesQuery, SeriesResult } from '../model/series.ts';
import { formatTime } from '../model/time.ts';
import { numbersOf } from './columns.ts';
import { Database } from './database.ts';
import { databaseConnectionFields, databaseLives, databaseMeasurements, numberOrNull } from './database-nodes.ts';
import { databaseRange } from './database-range.ts';
import { databaseSeries } from './database-series.ts';
import { exportRows, type RowsToExport } from './export-rows.ts';
import type { Extent, NodeKnowledge, NodeStore, Store } from './interface.ts';
import type { Needs } from './needs.ts';
import { NodeRunIndex } from './node-run-index.ts';
import { ProcessRecord } from './process-record.ts';
import { type CandidateRun, chooseRuns } from './snapshot-choice.ts';
import { answerFromSeries } from './stored-series.ts';

interface StoredCandidate extends CandidateRun {
  /** Null for a run of which nothing was logged. */
  readonly id: number | null;
}

/** Later than any run; DuckDB has no infinity that compares with a bound value. */
const FOREVER = 1e300;

/** Runs whose numbers lie so near are read with what lies between them. */
const NEAR_RUNS = 16;

/** What must be in the database to answer. */
const NEEDED_ROWS: Readonly<Record<Needs, readonly string[]>> = {
  samples: ['stored.runs'],
  processes: ['stored.runs'],
  connections: ['stored.runs', 'stored.node_runs', 'stored.connection_fields'],
  measurements: ['stored.node_runs', 'stored.cluster_runs'],
};

export class DatabaseStore implements Store {
  readonly #database: Database;
  readonly #imported: Reading;
  readonly #needs: Needs;
  #lives: Promise<NodeSeries[]> | null = null;

  private constructor(database: Database, imported: Reading, needs: Needs) {
    this.#needs = needs;
    this.#database = database;
    this.#imported = imported;
  }

  /**
   * @param path of the DuckDB file, which is made if it does not exist; null for one in memory
   * @param paths of logs to import first; none to ask what is there already
   * @throws ExpectedError where the file or the logs cannot be used, or there is nothing in either
   */
  static async open(
    path: string | null,
    paths: readonly string[],
    strict: boolean,
    onProgress?: ProgressListener,
    needs: Needs = 'samples',
  ): Promise<DatabaseStore> {
    const database = await Database.open(path, paths.length > 0 || path === null);
    try {
      const imported = await imports(database, paths, strict, onProgress, needs);
      const rows = NEEDED_ROWS[needs].map((table) => `(SELECT 1 FROM ${table} LIMIT 1)`).join(' UNION ALL ');
      if ((await database.rows(rows)).length === 0) throw emptyDatabase(database.path);
      return new DatabaseStore(database, imported, needs);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** What was imported when it was opened. */
  get reading(): Reading {
    return this.#imported;
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  async knowledge(): Promise<{ knowledge: NodeKnowledge; reading: Reading }> {
    const described = await this.#database.rows(
      `SELECT node, boot, module_name, variable, var_type, script, expiry, record_fields FROM stored.descriptions
       ORDER BY rowid`,
    );
    const versions = await this.#database.rows(
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
    const scripts = await this.#database.rows('SELECT script FROM stored.loaded_scripts ORDER BY rowid');
    const loadedScripts = scripts.map(([script]) => String(script));
    return { knowledge: { descriptions, zeekVersions, loadedScripts }, reading: EMPTY_READING };
  }

  async extent(): Promise<Extent> {
    const [row] = await this.#database.rows('SELECT min(ts), max(ts) FROM stored.runs');
    return { first: Number(row![0]), last: Number(row![1]) };
  }

  async snapshot(at: number | null): Promise<{ snapshot: Snapshot; reading: Reading }> {
    const { first, last } = await this.extent();
    const until = at ?? FOREVER;
    const runs = await this.#lastRuns(until);
    if (runs.size === 0) throw noRunAt(formatTime(until), formatTime(first), formatTime(last));
    const newest = [...runs.values()].reduce((latest, list) => Math.max(latest, list.at(-1)!.ts), first);
    const nodeRuns = await this.#nodeRuns(newest, until);
    for (const { node, run, ts } of nodeRuns) {
      const list = runs.get(node) ?? [];
      if (list.every(({ id }) => id === null))
        runs.set(node, [...list, { id: null, run: run ?? 0, ts, rows: 0, cut: false }].slice(-3));
    }
    const reference = at !== null && last > at ? at : newest;
    const writing = await this.#writingNode(until);
    const told = new NodeRunIndex(nodeRuns);
    const choice = chooseRuns({ runs, earlier: new Map(), writing, reference }, told);
    const chosen = choice.nodes.map(({ node, index, complete }) => ({ node, complete, ...runs.get(node)![index]! }));
    const samples = await this.#samplesOf(chosen.flatMap(({ id }) => (id === null ? [] : [id])));
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
    const snapshot = { ts: Number.isFinite(ts) ? ts : newest, asked: at, nodes, stopped: choice.stopped };
    return { snapshot, reading: this.#imported };
  }

  async range(query: RangeQuery): Promise<{ range: RangeResult; reading: Reading }> {
    return { range: await databaseRange(this.#database, query), reading: this.#imported };
  }

  async series(query: SeriesQuery, onProgress?: ProgressListener): Promise<{ series: SeriesResult; reading: Reading }> {
    const processes = new ProcessRecord(await this.#allLives());
    const series =
      (this.#database.isKept ? await answerFromSeries(this.#database, query, processes) : null) ??
      (await databaseSeries(this.#database, query, processes, onProgress));
    return { series, reading: this.#imported };
  }

  async nodeSeries(): ReturnType<NodeStore['nodeSeries']> {
    return { series: await this.#allLives(), reading: EMPTY_READING };
  }

  async connectionFields(): ReturnType<NodeStore['connectionFields']> {
    const reading = this.#needs === 'connections' ? this.#imported : EMPTY_READING;
    return { rows: await databaseConnectionFields(this.#database), reading };
  }

  async measurements(): ReturnType<NodeStore['measurements']> {
    return { ...(await databaseMeasurements(this.#database)), reading: this.#imported };
  }

  #allLives(): Promise<NodeSeries[]> {
    this.#lives ??= databaseLives(this.#database);
    return this.#lives;
  }

  /**
   * Writes rows of `samples` to a file.
   *
   * @param runs of a snapshot; null for all runs from `since` to `until`
   * @returns how many rows there were
   */
  export(rows: RowsToExport, file: string): Promise<number> {
    return exportRows(this.#database, rows, file);
  }

  /** The last three runs of every node up to a time, oldest first. */
  async #lastRuns(until: number): Promise<Map<string, StoredCandidate[]>> {
    const rows = await this.#database.rows(
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

  /** What the nodes say of their runs in the last while before `newest`. */
  async #nodeRuns(newest: number, until: number): Promise<Measurement[]> {
    const rows = await this.#database.rows(
      `SELECT node, run, ts, variables_logged, resident_memory, zeek_version FROM stored.node_runs WHERE ts <= $1 AND ts >= $2 ORDER BY ts`,
      [until, newest - 86_400],
    );
    return rows.map(([node, run, ts, logged, resident, version]) => ({
      node: String(node),
      run: Number(run),
      ts: Number(ts),
      boot: null,
      duration: 0,
      longestPause: null,
      variablesSeen: null,
      variablesLogged: numberOrNull(logged),
      residentMemory: numberOrNull(resident),
      zeekVersion: version === null || version === undefined ? null : String(version),
    }));
  }

  /** The node of the last row imported, where its log was still being written then and nothing later is asked for. */
  async #writingNode(until: number): Promise<string | null> {
    const [row] = await this.#database.rows(
      `SELECT node FROM stored.runs WHERE (SELECT bool_or(writing) FROM stored.files WHERE kind = 'my_stats') AND ts <= $1
       ORDER BY run_id DESC LIMIT 1`,
      [until],
    );
    return row === undefined ? null : String(row[0]);
  }

  /** In the order of the log. */
  async #samplesOf(runs: readonly number[]): Promise<Map<number, Sample[]>> {
    const samples = new Map<number, Sample[]>(runs.map((run) => [run, []]));
    if (runs.length === 0) return samples;
    // Names are the same in every row: taking them over row by row costs more than all the rest.
    const variables = new Map(
      (await this.#database.rows('SELECT variable_id, module_name, variable FROM stored.variables')).map(
        ([id, moduleName, variable]) => [id, { moduleName: String(moduleName), variable: String(variable) }],
      ),
    );
    const units = new Map(
      (await this.#database.rows('SELECT unit_id, unit FROM stored.units')).map(([id, unit]) => [id, String(unit)]),
    );
    const chunks = this.#database.chunks(
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

/** Without logs there is nothing to import, nor the code that reads them to be loaded. */
async function imports(database: Database, paths: readonly string[], ...how: [boolean, ProgressListener?, Needs?]) {
  if (paths.length === 0) return EMPTY_READING;
  const { importLogs } = await import('./ingest.ts');
  return importLogs(database, paths, ...how);
}
