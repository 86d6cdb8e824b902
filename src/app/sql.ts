import type { QueryResult } from '../model/answers/query.ts';
import { conflictingOptions, missingDuckdb } from '../model/errors/catalogue.ts';
import { type Given, NODES, readOptions, SOURCE } from './source/options.ts';
import { refuseEngine, refuseSkipped } from './source/source.ts';

const SQL = {
  ...SOURCE,
  ...NODES,
  /** Lets the query read and write files, load extensions and change settings. */
  allowFiles: false as boolean,
};

export type SqlOptions = Given<typeof SQL> & { readonly query: string };

/**
 * Answers a question in SQL, over the views `samples`, `runs`, `boots`, `variables` and `files`.
 *
 * @throws ExpectedError for paths or rows that cannot be used, and for a query that fails
 */
export async function sql(given: SqlOptions): Promise<QueryResult> {
  const { query } = given;
  const options = readOptions(SQL, given);
  const { paths, strict, sensorColumn, nodes, allowFiles, onProgress } = options;
  if (query.trim() === '')
    throw conflictingOptions('the query is empty', 'Give one, such as: select * from samples limit 10');
  refuseEngine(paths);
  const { runSql } = await import('../store/database/sql.ts').catch(tellOfDuckdb);
  const result = await runSql(paths, query, { strict, sensorColumn, nodes, allowFiles }, onProgress);
  refuseSkipped(result.reading, strict);
  return result;
}

/** Its native part is beside the package, and beside the program that is one file only where somebody put it. */
function tellOfDuckdb(error: Error): never {
  throw /@duckdb/.test(error.message) && 'code' in error && /NOT_FOUND/.test(String(error.code))
    ? missingDuckdb()
    : error;
}
