/** The user's own questions. */

import { DuckDBListValue, DuckDBStructValue, type DuckDBValue } from '@duckdb/node-api';
import type { ProgressListener } from '../model/progress.ts';
import type { QueryColumn, QueryResult, QueryValue } from '../model/query.ts';
import { EMPTY_READING } from '../model/reading.ts';
import { Database, toldOfQuery } from './database.ts';
import { importLogs } from './ingest.ts';

const NUMERIC = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*)$/;

/**
 * Runs SQL over the public views, after importing the logs given.
 *
 * @param path of the database; null for one in memory
 * @throws ExpectedError for a query that fails, and as `importLogs`
 */
export async function runSql(
  path: string | null,
  paths: readonly string[],
  query: string,
  strict: boolean,
  onProgress?: ProgressListener,
): Promise<QueryResult> {
  const database = await Database.open(path, paths.length > 0 || path === null);
  try {
    const reading = paths.length > 0 ? await importLogs(database, paths, strict, onProgress) : EMPTY_READING;
    onProgress?.({ phase: 'querying', done: 0, total: 0 });
    try {
      const result = await database.connection.runAndReadAll(query);
      const columns: QueryColumn[] = result.deduplicatedColumnNames().map((name, i) => {
        const type = result.columnType(i).toString();
        return { name, type, numeric: NUMERIC.test(type) };
      });
      return { columns, rows: result.getRows().map((row) => row.map(plain)), reading };
    } catch (error) {
      throw toldOfQuery(error, database.path);
    }
  } finally {
    await database.close();
  }
}

/** Numbers as numbers where they are exact, everything that JSON does not have as text. */
function plain(value: DuckDBValue): QueryValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof DuckDBListValue) return value.items.map(plain);
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, plain(entry)]));
  return String(value);
}
