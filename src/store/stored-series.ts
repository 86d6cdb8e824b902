/**
 * The series of all runs, kept in the database as the series scan makes them: the next question reads some thousand
 * points and not the rows. An import goes on with them where the one before ended, just as a scan goes on from piece to
 * piece, so the answers are those of the logs.
 */

import { BLOB, DOUBLE, type DuckDBAppender, DuckDBBlobValue, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { nameMatcher } from '../model/name-filter.ts';
import type { SeriesQuery, SeriesResult, Stretch } from '../model/series.ts';
import type { Database } from './database.ts';
import type { ProcessRecord } from './process-record.ts';
import { pointsOf, putPoints, type Segment } from './segment.ts';
import { type OpenStretch, SeriesMerge, seriesIn } from './series-merge.ts';

/** Stretches that lie before the last one of their node: so many may wait in memory to be written. */
const MOST_WAITING = 64;

interface StoredStretch {
  readonly id: number;
  readonly segment: Segment;
  readonly begins: Stretch['begins'];
  readonly repeated: number;
}

/** All stretches, in their order; without their series. */
async function storedStretches(database: Database): Promise<StoredStretch[]> {
  const rows = await database.rows(
    `SELECT stretch_id, node, begins, repeated, first_run, last_run, first_ts, last_ts, runs, level, buckets, ts, runs_per_point
     FROM stored.stretches ORDER BY rowid`,
  );
  return rows.map(([id, node, begins, ...rest]) => {
    const [repeated, firstRun, lastRun, firstTs, lastTs, runs, level] = rest.map(Number);
    const [buckets, ts, runsPerPoint] = rest.slice(7).map((blob) => Array.from(doublesOf(blob)));
    const segment: Segment = {
      node: String(node),
      firstRun: firstRun!,
      firstTs: firstTs!,
      lastRun: lastRun!,
      lastTs: lastTs!,
      runs: runs!,
      level: level!,
      buckets: buckets!,
      ts: ts!,
      runsPerPoint: runsPerPoint!,
      names: [],
      values: [],
    };
    return { id: Number(id), segment, begins: String(begins) as Stretch['begins'], repeated: repeated! };
  });
}

/**
 * The answer to a question about all runs.
 *
 * @returns null where it is about some of them, or what is kept does not tell: then the rows must be asked
 */
export async function answerFromSeries(
  database: Database,
  { filters, since, until }: SeriesQuery,
  processes: ProcessRecord,
): Promise<SeriesResult | null> {
  const wantsNode = nameMatcher(filters.node);
  const stored = (await storedStretches(database)).filter(({ segment: { node } }) => wantsNode(node));
  const isWhole = ({ segment: { firstTs, lastTs } }: StoredStretch) =>
    (since === null || since <= firstTs) && (until === null || until >= lastTs);
  if (!stored.every(isWhole)) return null;
  // A series is kept under the module it was first logged with.
  if (filters.module.length > 0 && (await hasAmbiguousModules(database))) return null;
  const merge = new SeriesMerge();
  const stretches = new Map<number, OpenStretch>();
  for (const { id, segment, begins, repeated } of stored) stretches.set(id, merge.restore(segment, begins, repeated));
  const wantsModule = nameMatcher(filters.module);
  const wantsVariable = nameMatcher(filters.variable);
  const names = await database.rows('SELECT DISTINCT module_name, variable FROM stored.series');
  const wanted = names.filter(([module, variable]) => wantsModule(String(module)) && wantsVariable(String(variable)));
  const isAll = wanted.length === names.length;
  const modules = new Set(wanted.map(([module, variable]) => `${module} ${variable}`));
  const rows = database.chunks(
    `SELECT stretch_id, module_name, variable, unit, points FROM stored.series ${isAll ? '' : 'WHERE list_contains($1, variable)'}`,
    isAll ? [] : [listValue(wanted.map(([, variable]) => String(variable)))],
    isAll ? [] : [LIST(VARCHAR)],
  );
  for await (const chunk of rows) {
    const columns = Array.from({ length: 5 }, (_, i) => chunk.getColumnValues(i));
    for (let row = 0; row < chunk.rowCount; row++) {
      const [id, module, variable, unit, points] = columns.map((column) => column[row]);
      const stretch = stretches.get(Number(id));
      if (stretch === undefined || !(isAll || modules.has(`${module} ${variable}`))) continue;
      putSeries(stretch, String(module), String(variable), String(unit), points);
    }
  }
  return merge.result(processes);
}

async function hasAmbiguousModules(database: Database): Promise<boolean> {
  const rows = await database.rows(
    'SELECT 1 FROM stored.variables GROUP BY variable HAVING count(DISTINCT module_name) > 1 LIMIT 1',
  );
  return rows.length > 0;
}

function putSeries(stretch: OpenStretch, moduleName: string, key: string, unit: string, points: unknown): void {
  putPoints(stretch.segment, seriesIn(stretch, { source: 'variable', key, moduleName, unit }), doublesOf(points));
}

/** The series during an import. */
export class StoredSeries {
  readonly #database: Database;
  readonly #merge = new SeriesMerge();
  readonly #ids = new Map<OpenStretch, number>();
  /** Those whose series are only in the database. */
  readonly #unloaded = new Set<OpenStretch>();
  /** Those whose series are to be written. */
  readonly #changed = new Set<OpenStretch>();
  #nextId = 0;

  private constructor(database: Database) {
    this.#database = database;
  }

  static async load(database: Database): Promise<StoredSeries> {
    const series = new StoredSeries(database);
    for (const { id, segment, begins, repeated } of await storedStretches(database)) {
      const stretch = series.#merge.restore(segment, begins, repeated);
      series.#ids.set(stretch, id);
      series.#unloaded.add(stretch);
      series.#nextId = Math.max(series.#nextId, id + 1);
    }
    return series;
  }

  /** Takes segments in the order of the logs. They are used up. */
  async add(segments: readonly Segment[]): Promise<void> {
    for (const segment of segments) {
      const target = this.#merge.targetOf(segment);
      if (target !== null && this.#unloaded.has(target)) await this.#loadSeries(target);
      for (const stretch of this.#merge.add([segment])) this.#changed.add(stretch);
    }
    await this.#writeEarlier();
  }

  async save(): Promise<void> {
    await this.#write([...this.#changed]);
    await this.#database.connection.run('DELETE FROM stored.stretches');
    const appender = await this.#database.connection.createAppender('stretches', 'stored');
    for (const stretch of this.#merge.stretches()) appendStretch(appender, this.#idOf(stretch), stretch);
    appender.closeSync();
  }

  /** Nobody adds to a stretch again once there are later ones, or hardly: it need not stay in memory. */
  async #writeEarlier(): Promise<void> {
    if (this.#changed.size <= MOST_WAITING) return;
    const last = new Map<string, OpenStretch>();
    for (const stretch of this.#merge.stretches()) last.set(stretch.segment.node, stretch);
    const earlier = [...this.#changed].filter((stretch) => last.get(stretch.segment.node) !== stretch);
    if (earlier.length <= MOST_WAITING) return;
    await this.#write(earlier);
    for (const stretch of earlier) {
      stretch.segment.names.length = 0;
      stretch.segment.values.length = 0;
      stretch.index.clear();
      this.#unloaded.add(stretch);
      this.#changed.delete(stretch);
    }
  }

  async #write(stretches: readonly OpenStretch[]): Promise<void> {
    const known = stretches.flatMap((stretch) => this.#ids.get(stretch) ?? []);
    if (known.length > 0)
      await this.#database.connection.run(`DELETE FROM stored.series WHERE stretch_id IN (${known.join(', ')})`);
    const appender = await this.#database.connection.createAppender('series', 'stored');
    for (const stretch of stretches) {
      const id = this.#idOf(stretch);
      stretch.segment.names.forEach(({ moduleName, key, unit }, series) => {
        appender.appendUInteger(id);
        for (const text of [moduleName, key, unit]) appender.appendVarchar(text);
        appender.appendBlob(bytesOf(pointsOf(stretch.segment, series)));
        appender.endRow();
      });
    }
    appender.closeSync();
  }

  async #loadSeries(stretch: OpenStretch): Promise<void> {
    const rows = await this.#database.rows(
      'SELECT module_name, variable, unit, points FROM stored.series WHERE stretch_id = $1 ORDER BY rowid',
      [this.#idOf(stretch)],
    );
    for (const [module, variable, unit, points] of rows)
      putSeries(stretch, String(module), String(variable), String(unit), points);
    this.#unloaded.delete(stretch);
  }

  #idOf(stretch: OpenStretch): number {
    let id = this.#ids.get(stretch);
    if (id === undefined) {
      id = this.#nextId++;
      this.#ids.set(stretch, id);
    }
    return id;
  }
}

function appendStretch(appender: DuckDBAppender, id: number, { segment, begins, repeated }: OpenStretch): void {
  const { node, firstRun, lastRun, firstTs, lastTs, runs, level, buckets, ts, runsPerPoint } = segment;
  appender.appendUInteger(id);
  appender.appendVarchar(node);
  appender.appendVarchar(begins);
  for (const value of [repeated, firstRun, lastRun, firstTs, lastTs, runs, level]) appender.appendValue(value, DOUBLE);
  for (const list of [buckets, ts, runsPerPoint])
    appender.appendValue(new DuckDBBlobValue(bytesOf(Float64Array.from(list))), BLOB);
  appender.endRow();
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function doublesOf(blob: unknown): Float64Array<ArrayBuffer> {
  return new Float64Array(Uint8Array.from((blob as DuckDBBlobValue).bytes).buffer);
}
