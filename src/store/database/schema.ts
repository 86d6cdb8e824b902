/**
 * The database's layout.
 *
 * The views are public (docs/commands/sql.md): they are what `my-stats sql` is for and change only with notice. The
 * tables behind them, in the schema `stored`, are not.
 */

import { CONNECTIONS, isText, type LogKind, NODE_RUNS, VARIABLES } from '../../format/log-kind.ts';

/** A table that holds the rows of a log as they are: texts first, then numbers, each with its position in a row. */
export interface StoredLog {
  readonly kind: LogKind;
  readonly table: string;
  readonly texts: readonly StoredColumn[];
  readonly numbers: readonly StoredColumn[];
}

type StoredColumn = LogKind['columns'][number] & { readonly position: number };

function storeLog(kind: LogKind, table: string): StoredLog {
  const columns = kind.columns.map((column, position) => ({ ...column, position }));
  const isTextual = (column: StoredColumn) => isText(column.kind);
  return { kind, table, texts: columns.filter(isTextual), numbers: columns.filter((column) => !isTextual(column)) };
}

const STORED_NODE_RUNS = storeLog(NODE_RUNS, 'node_runs');
/** The logs beside `my_stats.log`. */
export const STORED_LOGS = [
  STORED_NODE_RUNS,
  storeLog(CONNECTIONS, 'connection_fields'),
  storeLog(VARIABLES, 'descriptions'),
];

function createTable({ table, texts, numbers }: StoredLog): string {
  const columns = [
    ...texts.map(({ name }) => `${name} VARCHAR`),
    ...numbers.map(({ name }) => `${name} DOUBLE NOT NULL`),
  ];
  return `CREATE TABLE stored.${table} (${columns.join(', ')});`;
}

/** Numbers are stored as doubles, NaN being unset: that is what reader and answers have. The views say it in SQL. */
const time = (name: string, as = name) =>
  `CASE WHEN isnan(${name}) THEN NULL ELSE make_timestamp(CAST(${name} * 1e6 AS BIGINT)) END AS ${as}`;
/** The nearest double to the largest count lies just above it. */
const counted = (name: string) =>
  `CASE WHEN isnan(${name}) THEN NULL WHEN ${name} >= 18446744073709551615 THEN 18446744073709551615 ELSE CAST(${name} AS UBIGINT) END`;
const count = (name: string, as = name) => `${counted(name)} AS ${as}`;
/** Lists are texts of JSON; one that is unset is empty. */
const list = (name: string) => `CAST(CAST(COALESCE(${name}, '[]') AS JSON) AS VARCHAR[]) AS ${name}`;
const seconds = (name: string, as = name) => `CASE WHEN isnan(${name}) THEN NULL ELSE ${name} END AS ${as}`;

const nodeColumns = STORED_NODE_RUNS.numbers
  .filter(({ name }) => !['ts', 'run', 'boot'].includes(name))
  .map(({ name, kind }) => (kind === 'interval' ? seconds(name) : count(name)))
  .join(', ');

export const CREATE_TABLES = `
CREATE SCHEMA stored;
CREATE TABLE stored.files (
  path VARCHAR NOT NULL, kind VARCHAR NOT NULL, row_count DOUBLE NOT NULL, skipped DOUBLE NOT NULL, first_ts DOUBLE NOT NULL
);
CREATE TABLE stored.runs (
  run_id UINTEGER NOT NULL, node VARCHAR NOT NULL, run UBIGINT NOT NULL, ts DOUBLE NOT NULL, row_count UINTEGER NOT NULL,
  boot DOUBLE
);
CREATE TABLE stored.variables (variable_id UINTEGER NOT NULL, module_name VARCHAR NOT NULL, variable VARCHAR NOT NULL);
CREATE TABLE stored.units (unit_id USMALLINT NOT NULL, unit VARCHAR NOT NULL);
-- Sizes are whole numbers; as doubles they are taken over from the reader by one copy, NaN being unset.
CREATE TABLE stored.samples (
  run_id UINTEGER NOT NULL, variable_id UINTEGER NOT NULL, unit_id USMALLINT NOT NULL, size DOUBLE NOT NULL, entries DOUBLE NOT NULL
);
${STORED_LOGS.map(createTable).join('\n')}
`;

/** Those that say of a row which node wrote it; samples say it by their run. */
export const TABLES_OF_NODES = ['runs', 'node_runs', 'connection_fields', 'descriptions'] as const;

/** @param ofSensors whether nodes are of several sensors, so that rows say of which theirs is */
export function createViews(ofSensors: boolean): string {
  const node = (column: string) =>
    ofSensors ? `${column}, substr(${column}, instr(${column}, '@') + 1) AS sensor` : column;
  return `
-- What stands in two logs, or twice in one, is said once.
CREATE VIEW variables AS
SELECT DISTINCT ${node('node')}, ${time('boot')},
  COALESCE(module_name, NULLIF(regexp_extract(variable, '^(.+?)::', 1), ''), 'GLOBAL') AS module_name, variable, var_type, script, expiry,
  ${list('record_fields')}, ${count('pattern_states')}, ${count('pattern_classes')},
  CASE WHEN pattern_origin IN ('parsed', 'added') THEN pattern_origin END AS pattern_origin, ${list('contents')},
  ${count('most_entries')}
FROM stored.descriptions;

CREATE VIEW node_runs AS
SELECT DISTINCT ${node('node')}, ${time('boot')}, ${count('run')}, ${time('ts')}, zeek_version, trigger, ${nodeColumns}
FROM stored.node_runs;

CREATE VIEW connections AS
SELECT DISTINCT ${time('ts')}, ${count('run')}, ${node('node')}, ${time('boot')}, field, var_type,
  ${['connections_live', 'connections_sampled', 'connections_with_field', 'entries', 'size'].map((name) => count(name)).join(', ')},
  COALESCE(NULLIF(unit, ''), 'unknown') AS unit, isnan(size_complete) OR size_complete <> 0 AS size_complete, ${count('largest_entries')}, ${count('largest_size')},
  largest_uid, ${seconds('largest_age')}, CAST(CAST(largest_service AS JSON) AS VARCHAR[]) AS largest_service,
  largest_orig_h, ${count('largest_orig_p')}, largest_resp_h, ${count('largest_resp_p')}, largest_proto,
  ${['connections_dropped', 'entries_dropped'].map((name) => `COALESCE(${counted(name)}, 0) AS ${name}`).join(', ')}
FROM stored.connection_fields;

CREATE VIEW runs AS
SELECT ${node('r.node')}, make_timestamp(CAST(r.boot * 1e6 AS BIGINT)) AS boot, r.run, make_timestamp(CAST(r.ts * 1e6 AS BIGINT)) AS ts,
  r.row_count AS rows, ${seconds('n.duration', 'duration')}, ${seconds('n.longest_pause', 'longest_pause')},
  ${['variables_seen', 'variables_logged', 'resident_memory'].map((name) => count(`n.${name}`, name)).join(', ')},
  n.zeek_version
FROM stored.runs r LEFT JOIN (SELECT DISTINCT * FROM stored.node_runs) n ON n.node = r.node AND n.run = r.run AND abs(n.ts - r.ts) < 5;

CREATE VIEW boots AS
SELECT ${node('node')}, boot, count(*) AS runs, min(ts) AS first, max(ts) AS last FROM runs GROUP BY node, boot;

CREATE VIEW samples AS
SELECT make_timestamp(CAST(r.ts * 1e6 AS BIGINT)) AS ts, r.run, ${node('r.node')}, make_timestamp(CAST(r.boot * 1e6 AS BIGINT)) AS boot,
  v.module_name, v.variable,
  ${count('s.size', 'size')}, u.unit, ${count('s.entries', 'entries')}
FROM stored.samples s
JOIN stored.runs r USING (run_id) JOIN stored.variables v USING (variable_id) JOIN stored.units u USING (unit_id);

CREATE VIEW files AS
SELECT path, kind, CAST(row_count AS UBIGINT) AS rows, CAST(skipped AS UBIGINT) AS skipped,
  make_timestamp(CAST(first_ts * 1e6 AS BIGINT)) AS first
FROM stored.files;
`;
}

/**
 * Gives every run its boot: when that life of the process began. `my_stats_node.log` says so for a run of its own, or
 * for the runs of the node around it; without it a boot begins with the run at which the counter did not go up.
 */
export const ASSIGN_BOOTS = `
UPDATE stored.runs SET boot = known.boot FROM (
  WITH counted AS (
    SELECT run_id, node, ts, run,
      CASE WHEN run <= lag(run, 1, run) OVER (PARTITION BY node ORDER BY ts, run_id) THEN 1 ELSE 0 END AS starts
    FROM stored.runs
  ), numbered AS (
    SELECT *, sum(starts) OVER (PARTITION BY node ORDER BY ts, run_id ROWS UNBOUNDED PRECEDING) AS number FROM counted
  ), guessed AS (
    SELECT run_id, node, ts, min(ts) OVER (PARTITION BY node, number) AS boot FROM numbered
  ), told AS (
    SELECT DISTINCT node, boot FROM stored.node_runs WHERE NOT isnan(boot)
  )
  SELECT g.run_id, COALESCE(t.boot, g.boot) AS boot FROM guessed g ASOF LEFT JOIN told t ON t.node = g.node AND g.ts >= t.boot
) known
WHERE known.run_id = stored.runs.run_id AND stored.runs.boot IS DISTINCT FROM known.boot`;
