/** Rows of the view `samples` as files that other programs read: DuckDB writes them. */

import type { ByteRange } from '../../model/bytes.ts';
import { cannotWrite, diskFull } from '../../model/errors.ts';
import type { NameFilters } from '../../model/name-filter.ts';
import type { Sample } from '../../model/sample.ts';
import { numberOrNull } from '../../model/unset.ts';
import { numbersOf, RowAppender } from './columns.ts';
import { type Database, isDiskFull, reasonOf } from './database.ts';
import type { OutputFile } from './output-file.ts';
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
  readonly rowKnowledge: RowKnowledge;
}

/** What rows carry besides what was logged. */
interface RowKnowledge {
  /** Null leaves out the rows of this variable. Variables of one `kind` weigh the same at the same sizes. */
  of(node: string, variable: string): RowOrigin | null;
  bytes(origin: RowOrigin, sample: Pick<Sample, 'variable' | 'size' | 'unit' | 'entries'>): ByteRange | null;
}

interface RowOrigin {
  readonly package: string | null;
  readonly script: string | null;
  readonly node: string;
  readonly kind: string;
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
 * @returns how many rows were written
 * @throws ExpectedError where the file cannot be written
 */
export async function exportRows(database: Database, rows: RowsToExport, file: OutputFile): Promise<number> {
  const variables = await selectedVariables(database, rows.filters);
  const nodes = await selectedNodes(database, rows.filters);
  const conditions = [
    variables === null ? [] : `s.variable_id IN (${variables.join(', ') || 'NULL'})`,
    nodes === null ? [] : `r.node IN (${nodes.map(quote).join(', ') || 'NULL'})`,
    rows.since === null ? [] : `r.ts >= ${rows.since}`,
    rows.until === null ? [] : `r.ts <= ${rows.until}`,
    rows.runs === null
      ? []
      : `(r.node, r.run, r.ts) IN (${rows.runs.map(({ node, run, ts }) => `(${quote(node)}, ${run}, ${ts})`).join(', ') || '(NULL, NULL, NULL)'})`,
  ].flat();
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  await writeNames(database, rows.nameText, await writeOrigins(database, where, rows.rowKnowledge));
  const time = (column: string) => TIMES[rows.format](`CAST(r.${column} * 1e6 AS BIGINT)`);
  // The columns of the view in its order, and then what is known besides.
  const query = `
    SELECT ${time('ts')} AS ts, r.run, n.text AS node, ${time('boot')} AS boot, m.text AS module_name, v.text AS variable,
      CASE WHEN isnan(s.size) THEN NULL ELSE CAST(s.size AS UBIGINT) END AS size, u.text AS unit,
      CASE WHEN isnan(s.entries) THEN NULL ELSE CAST(s.entries AS UBIGINT) END AS entries,
      p.text AS package, c.text AS script,
      ${['low', 'likely', 'high'].map((bound) => `CAST(round(w.${bound}) AS UBIGINT) AS bytes_${bound}`).join(', ')}
    FROM stored.samples s JOIN stored.runs r USING (run_id) JOIN stored.variables d USING (variable_id)
      JOIN stored.units x USING (unit_id)
      JOIN written n ON n.name = r.node JOIN written m ON m.name = d.module_name
      JOIN written v ON v.name = d.variable JOIN written u ON u.name = x.unit
      JOIN origins o ON o.node = r.node AND o.variable_id = s.variable_id
      LEFT JOIN written p ON p.name = o.package LEFT JOIN written c ON c.name = o.script
      LEFT JOIN weights w ON w.kind = o.kind AND w.unit_id = s.unit_id AND w.size = s.size AND w.entries = s.entries
    ${where}
    ORDER BY r.ts, r.node, r.run, d.variable, x.unit`;
  try {
    const result = await database.rows(`COPY (${query}) TO ${quote(file.writePath)} (${OPTIONS[rows.format]})`);
    return Number(result[0]?.[0] ?? 0);
  } catch (error) {
    const reason = reasonOf(error);
    if (isDiskFull(reason)) throw diskFull(file.path);
    if (/^IO Error/.test(reason)) throw cannotWrite(file.path, reason.replace(/^IO Error: /, ''));
    throw error;
  }
}

/** Every name there is, with the text it is written as. */
async function writeNames(
  database: Database,
  nameText: (name: string) => string,
  more: ReadonlySet<string>,
): Promise<void> {
  await database.connection.run('CREATE OR REPLACE TEMP TABLE written (name VARCHAR NOT NULL, text VARCHAR NOT NULL)');
  const appender = await database.connection.createAppender('written', null, 'temp');
  const names = await database.rows(
    `SELECT node FROM stored.runs UNION SELECT module_name FROM stored.variables
     UNION SELECT variable FROM stored.variables UNION SELECT unit FROM stored.units`,
  );
  for (const name of new Set([...names.map(([text]) => String(text)), ...more])) {
    appender.appendVarchar(name);
    appender.appendVarchar(nameText(name));
    appender.endRow();
  }
  appender.closeSync();
}

/**
 * Where every variable of every node that is exported is from, and what each size there is of it weighs, as tables to join
 * with.
 *
 * @returns packages and scripts
 */
async function writeOrigins(database: Database, where: string, knowledge: RowKnowledge): Promise<Set<string>> {
  const from = `FROM stored.samples s JOIN stored.runs r USING (run_id) ${where}`;
  const found = await database.rows(
    `SELECT node, variable_id, variable FROM (SELECT DISTINCT r.node, s.variable_id ${from}) JOIN stored.variables USING (variable_id)`,
  );
  const kinds = new Map<string, { readonly id: number; readonly origin: RowOrigin; readonly variable: string }>();
  const texts = new Set<string>();
  await database.connection.run(
    'CREATE OR REPLACE TEMP TABLE origins (node VARCHAR, package VARCHAR, script VARCHAR, variable_id DOUBLE, kind DOUBLE)',
  );
  const origins = new RowAppender(
    await database.connection.createAppender('origins', null, 'temp'),
    ['node', 'package', 'script'],
    ['variable_id', 'kind'],
  );
  for (const [name, id, text] of found) {
    const variable = String(text);
    const origin = knowledge.of(String(name), variable);
    if (origin === null) continue;
    const kind = kinds.get(origin.kind) ?? { id: kinds.size, origin, variable };
    kinds.set(origin.kind, kind);
    origins.add([String(name), origin.package, origin.script], [Number(id), kind.id]);
    for (const word of [origin.package, origin.script]) if (word !== null) texts.add(word);
  }
  origins.close();
  await writeWeights(database, where, knowledge, [...kinds.values()]);
  return texts;
}

async function writeWeights(
  database: Database,
  where: string,
  knowledge: RowKnowledge,
  kinds: readonly { readonly origin: RowOrigin; readonly variable: string }[],
): Promise<void> {
  const units = new Map(
    (await database.rows('SELECT unit_id, unit FROM stored.units')).map(([id, unit]) => [Number(id), String(unit)]),
  );
  await database.connection.run(
    'CREATE OR REPLACE TEMP TABLE sizes AS SELECT DISTINCT o.kind, CAST(s.unit_id AS DOUBLE) AS unit_id, s.size, s.entries ' +
      'FROM stored.samples s JOIN stored.runs r USING (run_id) ' +
      `JOIN origins o ON o.node = r.node AND o.variable_id = s.variable_id ${where}`,
  );
  const columns = ['kind', 'unit_id', 'size', 'entries', 'low', 'likely', 'high'];
  await database.connection.run(
    `CREATE OR REPLACE TEMP TABLE weights (${columns.map((name) => `${name} DOUBLE`).join(', ')})`,
  );
  const weights = new RowAppender(await database.connection.createAppender('weights', null, 'temp'), [], columns);
  for await (const chunk of database.chunks('SELECT kind, unit_id, size, entries FROM sizes')) {
    const [kind, unit, size, entries] = [0, 1, 2, 3].map((column) => numbersOf(chunk, column)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    for (let row = 0; row < chunk.rowCount; row++) {
      const { origin, variable } = kinds[kind[row]!]!;
      const sample = {
        variable,
        size: numberOrNull(size[row]!),
        unit: units.get(unit[row]!)!,
        entries: numberOrNull(entries[row]!),
      };
      const bytes = knowledge.bytes(origin, sample);
      if (bytes === null) continue;
      weights.add([], [kind[row]!, unit[row]!, size[row]!, entries[row]!, bytes.low, bytes.likely, bytes.high]);
    }
  }
  weights.close();
}

/** A text as a literal of SQL: COPY takes no bound values. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
