/**
 * The series query on a database. The runs are few and put together here, by the same rules as those of logs; the rows
 * are many and put into points in SQL, some million rows at a time, so that neither side holds much.
 */

import { DOUBLE, type DuckDBDataChunk, type DuckDBValue, UINTEGER } from '@duckdb/node-api';
import { nameMatcher } from '../model/name-filter.ts';
import type { ProgressListener } from '../model/progress.ts';
import type { SeriesQuery, SeriesResult } from '../model/series.ts';
import type { Database } from './database.ts';
import type { ProcessRecord } from './process-record.ts';
import { beginRun, bucketOf, emptySegment, mergePoint, type Segment } from './segment.ts';
import { type OpenStretch, SeriesMerge, seriesIn } from './series-merge.ts';
import { follows } from './series-scan.ts';

const SLICE_ROWS = 4_000_000;

/** A run, and the segment it is of. */
interface PlacedRun {
  readonly id: number;
  readonly run: number;
  /** Its time, or the latest before it in its segment. */
  readonly ts: number;
  readonly rows: number;
  readonly segment: number;
}

export async function databaseSeries(
  database: Database,
  query: SeriesQuery,
  processes: ProcessRecord,
  onProgress?: ProgressListener,
): Promise<SeriesResult> {
  const variables = await selectedVariables(database, query);
  const { runs, segments } = await placedRuns(database, query);
  const merge = new SeriesMerge();
  const stretches = merge.add(segments);
  merge.stretches();
  await createRunPoints(database, runs, stretches);
  const series = new SeriesNumbers(merge.stretches(), variables, await unitNames(database));
  const total = runs.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  for (const slice of slicesOf(runs)) {
    const chunks = database.chunks(
      `SELECT stretch, point, variable_id, unit_id, arg_max(size, run), arg_max(entries, run),
         min(CASE WHEN isnan(entries) THEN size ELSE entries END), max(CASE WHEN isnan(entries) THEN size ELSE entries END)
       FROM stored.samples JOIN run_points USING (run_id)
       WHERE run_id >= ${slice.from} AND run_id <= ${slice.to} AND NOT (isnan(size) AND isnan(entries))
       GROUP BY ALL`,
    );
    for await (const chunk of chunks) series.add(chunk);
    done += slice.rows;
    onProgress?.({ phase: 'querying', done, total });
  }
  await database.connection.run('DROP TABLE run_points');
  return merge.result(processes);
}

async function placedRuns(
  database: Database,
  { filters, since, until }: SeriesQuery,
): Promise<{ runs: PlacedRun[]; segments: Segment[] }> {
  const wanted = nameMatcher(filters.node);
  const runs: PlacedRun[] = [];
  const segments: Segment[] = [];
  const open = new Map<string, number>();
  const rows = await database.rows(
    'SELECT run_id, node, run, ts, row_count FROM stored.runs WHERE ts >= $1 AND ts <= $2 ORDER BY run_id',
    [since ?? -1e300, until ?? 1e300],
  );
  for (const [id, name, counter, time, count] of rows) {
    const node = String(name);
    if (!wanted(node)) continue;
    const run = Number(counter);
    const ts = Number(time);
    let segment = open.get(node);
    if (segment === undefined || !follows(run, ts, segments[segment]!)) {
      segment = segments.push(emptySegment(node, run, ts)) - 1;
      open.set(node, segment);
    }
    beginRun(segments[segment]!, run, ts);
    runs.push({ id: Number(id), run, ts: segments[segment]!.lastTs, rows: Number(count), segment });
  }
  return { runs, segments };
}

/** Which point of which stretch every run is of, as a table to join with. */
async function createRunPoints(
  database: Database,
  runs: readonly PlacedRun[],
  stretches: readonly OpenStretch[],
): Promise<void> {
  await database.connection.run(
    'CREATE OR REPLACE TEMP TABLE run_points (run_id UINTEGER, stretch UINTEGER, point UINTEGER, run DOUBLE)',
  );
  const points = new Map<OpenStretch, Map<number, number>>();
  for (const stretch of new Set(stretches))
    points.set(stretch, new Map(stretch.segment.buckets.map((bucket, point) => [bucket, point])));
  const appender = await database.connection.createAppender('run_points', 'main', 'temp');
  for (const { id, run, ts, segment } of runs) {
    const stretch = stretches[segment]!;
    appender.appendValue(id, UINTEGER);
    appender.appendValue(stretch.number, UINTEGER);
    appender.appendValue(points.get(stretch)!.get(bucketOf(ts, stretch.segment.level))!, UINTEGER);
    appender.appendValue(run, DOUBLE);
    appender.endRow();
  }
  appender.closeSync();
}

/** Ranges of run ids, in order, of some million rows each. */
function slicesOf(runs: readonly PlacedRun[]): { from: number; to: number; rows: number }[] {
  const slices: { from: number; to: number; rows: number }[] = [];
  for (const { id, rows } of runs) {
    const last = slices.at(-1);
    if (last === undefined || last.rows + rows > SLICE_ROWS) slices.push({ from: id, to: id, rows });
    else {
      last.to = id;
      last.rows += rows;
    }
  }
  return slices;
}

interface VariableName {
  readonly moduleName: string;
  readonly variable: string;
}

/** Null for those that are filtered out. */
async function selectedVariables(database: Database, { filters }: SeriesQuery): Promise<(VariableName | null)[]> {
  const wantsModule = nameMatcher(filters.module);
  const wantsVariable = nameMatcher(filters.variable);
  const names: (VariableName | null)[] = [];
  for (const [id, module, name] of await database.rows(
    'SELECT variable_id, module_name, variable FROM stored.variables',
  )) {
    const moduleName = String(module);
    const variable = String(name);
    names[Number(id)] = wantsModule(moduleName) && wantsVariable(variable) ? { moduleName, variable } : null;
  }
  return names;
}

async function unitNames(database: Database): Promise<string[]> {
  const names: string[] = [];
  for (const [id, unit] of await database.rows('SELECT unit_id, unit FROM stored.units'))
    names[Number(id)] = String(unit);
  return names;
}

/** Puts the rows of the SQL answer into the stretches' segments. */
class SeriesNumbers {
  readonly #stretches: readonly OpenStretch[];
  readonly #variables: readonly (VariableName | null)[];
  readonly #units: readonly string[];
  readonly #known = new Map<number, number>();

  constructor(
    stretches: readonly OpenStretch[],
    variables: readonly (VariableName | null)[],
    units: readonly string[],
  ) {
    this.#stretches = stretches;
    this.#variables = variables;
    this.#units = units;
  }

  add(chunk: DuckDBDataChunk): void {
    const [stretch, point, variable, unit, size, entries, lowest, highest] = Array.from({ length: 8 }, (_, i) =>
      chunk.getColumnValues(i),
    ) as DuckDBValue[][];
    for (let row = 0; row < chunk.rowCount; row++) {
      const { segment } = this.#stretches[Number(stretch![row])]!;
      const series = this.#series(Number(stretch![row]), Number(variable![row]), Number(unit![row]));
      if (series < 0) continue;
      mergePoint(
        segment,
        series,
        Number(point![row]),
        Number(size![row]),
        Number(entries![row]),
        Number(lowest![row]),
        Number(highest![row]),
      );
    }
  }

  /** -1 for a variable that is filtered out. Modules apart, a variable of one name is one series. */
  #series(stretch: number, variable: number, unit: number): number {
    const id = (stretch * this.#variables.length + variable) * this.#units.length + unit;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const name = this.#variables[variable];
    let series = -1;
    if (name) {
      const { variable: key, moduleName } = name;
      series = seriesIn(this.#stretches[stretch]!, { source: 'variable', key, moduleName, unit: this.#units[unit]! });
    }
    this.#known.set(id, series);
    return series;
  }
}
