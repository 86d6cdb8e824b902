/** Answers from a database. */

import { emptyDatabase } from '../model/errors.ts';
import type { NodeSeries } from '../model/node-series.ts';
import type { ProgressListener } from '../model/progress.ts';
import type { RangeQuery, RangeResult } from '../model/range.ts';
import { EMPTY_READING, type Reading } from '../model/reading.ts';
import type { Snapshot } from '../model/sample.ts';
import type { SeriesQuery, SeriesResult } from '../model/series.ts';
import { Database } from './database.ts';
import { databaseConnectionFields, databaseKnowledge, databaseLives, databaseMeasurements } from './database-nodes.ts';
import { databaseRange } from './database-range.ts';
import { databaseSeries } from './database-series.ts';
import { databaseExtent, databaseSnapshot } from './database-snapshot.ts';
import { exportRows, type RowsToExport } from './export-rows.ts';
import type { Extent, NodeKnowledge, NodeStore, Store } from './interface.ts';
import type { Needs } from './needs.ts';
import { ProcessRecord } from './process-record.ts';
import { answerFromSeries } from './stored-series.ts';

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
    return { knowledge: await databaseKnowledge(this.#database), reading: EMPTY_READING };
  }

  extent(): Promise<Extent> {
    return databaseExtent(this.#database);
  }

  async snapshot(at: number | null): Promise<{ snapshot: Snapshot; reading: Reading }> {
    return { snapshot: await databaseSnapshot(this.#database, at), reading: this.#imported };
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
}

/** Without logs there is nothing to import, nor the code that reads them to be loaded. */
async function imports(database: Database, paths: readonly string[], ...how: [boolean, ProgressListener?, Needs?]) {
  if (paths.length === 0) return EMPTY_READING;
  const { importLogs } = await import('./ingest.ts');
  return importLogs(database, paths, ...how);
}
