/** The user's own questions. */

import { DuckDBListValue, DuckDBStructValue, type DuckDBValue } from '@duckdb/node-api';
import type { QueryColumn, QueryResult, QueryValue } from '../../model/answers/query.ts';
import { nothingSelected } from '../../model/errors/catalogue.ts';
import { createMatcher, type NameFilter } from '../../model/names.ts';
import type { ProgressListener } from '../../model/progress.ts';
import { discover, type LogChoice } from '../finding/discover.ts';
import { LOADED_LOGS, NEEDED_LOGS } from '../finding/needs.ts';
import { Database, toldOfQuery } from './database.ts';
import { loadLogs } from './load-logs.ts';
import { TABLES_OF_NODES } from './schema.ts';

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
      return { columns, rows: result.getRows().map((row) => row.map(plain)), reading };
    } catch (error) {
      throw toldOfQuery(error, database.temporary);
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
function plain(value: DuckDBValue): QueryValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof DuckDBListValue) return value.items.map(plain);
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, plain(entry)]));
  return String(value);
}
