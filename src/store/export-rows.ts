/** Rows of the view `samples` as files that other programs read: DuckDB writes them. */

import { cannotWrite } from '../model/errors.ts';
import type { NameFilters } from '../model/name-filter.ts';
import type { Database } from './database.ts';
import { selectedNodes, selectedVariables } from './selection.ts';

export interface RowsToExport {
  readonly format: 'csv' | 'parquet';
  readonly filters: NameFilters;
  /** Seconds since the epoch, both included; null for no bound. */
  readonly since: number | null;
  readonly until: number | null;
  /** Only these runs; null for all. */
  readonly runs: readonly { readonly node: string; readonly run: number; readonly ts: number }[] | null;
  /** How a name is written. */
  readonly nameText: (name: string) => string;
}

/** Everything that reads Parquet reads Zstandard; what it makes of rows is half of what DuckDB's default makes. */
const OPTIONS = {
  csv: 'FORMAT csv, HEADER true',
  parquet: 'FORMAT parquet, COMPRESSION zstd',
} as const;

/** Microseconds since the epoch as a time that says it is in UTC. */
const TIMES = {
  csv: (micros: string) => `strftime(make_timestamp(${micros}), '%Y-%m-%dT%H:%M:%S.%fZ')`,
  parquet: (micros: string) => `make_timestamptz(${micros})`,
} as const;

/**
 * @param file is written over
 * @returns how many rows were written
 * @throws ExpectedError where the file cannot be written
 */
export async function exportRows(database: Database, rows: RowsToExport, file: string): Promise<number> {
  const variables = await selectedVariables(database, rows.filters);
  const nodes = await selectedNodes(database, rows.filters);
  await writeNames(database, rows.nameText);
  const conditions = [
    variables === null ? [] : `s.variable_id IN (${variables.join(', ') || 'NULL'})`,
    nodes === null ? [] : `r.node IN (${nodes.map(quote).join(', ') || 'NULL'})`,
    rows.since === null ? [] : `r.ts >= ${rows.since}`,
    rows.until === null ? [] : `r.ts <= ${rows.until}`,
    rows.runs === null
      ? []
      : `(r.node, r.run, r.ts) IN (${rows.runs.map(({ node, run, ts }) => `(${quote(node)}, ${run}, ${ts})`).join(', ') || '(NULL, NULL, NULL)'})`,
  ].flat();
  const time = (column: string) => TIMES[rows.format](`CAST(r.${column} * 1e6 AS BIGINT)`);
  // The columns of the view, in its order.
  const query = `
    SELECT ${time('ts')} AS ts, r.run, n.text AS node, ${time('boot')} AS boot, m.text AS module_name, v.text AS variable,
      CASE WHEN isnan(s.size) THEN NULL ELSE CAST(s.size AS UBIGINT) END AS size, u.text AS unit,
      CASE WHEN isnan(s.entries) THEN NULL ELSE CAST(s.entries AS UBIGINT) END AS entries
    FROM stored.samples s JOIN stored.runs r USING (run_id) JOIN stored.variables d USING (variable_id)
      JOIN stored.units x USING (unit_id)
      JOIN written n ON n.name = r.node JOIN written m ON m.name = d.module_name
      JOIN written v ON v.name = d.variable JOIN written u ON u.name = x.unit
    ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
    ORDER BY r.ts, r.run_id, s.rowid`;
  try {
    const result = await database.rows(`COPY (${query}) TO ${quote(file)} (${OPTIONS[rows.format]})`);
    return Number(result[0]?.[0] ?? 0);
  } catch (error) {
    const message = (error as Error).message.split('\n')[0]!;
    if (/^IO Error/.test(message)) throw cannotWrite(file, message.replace(/^IO Error: /, ''));
    throw error;
  }
}

/** Every name there is, with the text it is written as. */
async function writeNames(database: Database, nameText: (name: string) => string): Promise<void> {
  await database.connection.run('CREATE OR REPLACE TEMP TABLE written (name VARCHAR NOT NULL, text VARCHAR NOT NULL)');
  const appender = await database.connection.createAppender('written', null, 'temp');
  const names = await database.rows(
    `SELECT node FROM stored.runs UNION SELECT module_name FROM stored.variables
     UNION SELECT variable FROM stored.variables UNION SELECT unit FROM stored.units`,
  );
  for (const [name] of names) {
    appender.appendVarchar(String(name));
    appender.appendVarchar(nameText(String(name)));
    appender.endRow();
  }
  appender.closeSync();
}

/** A text as a literal of SQL: COPY takes no bound values. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
