/**
 * The database's layout.
 *
 * The views `samples`, `runs`, `boots`, `variables` and `files` are public (docs/commands/sql.md): they are what `my-stats sql` is
 * for and change only with notice. The tables behind them, in the schema `stored`, are not.
 */

/** Counts up whenever a database of this program can no longer be read by the one before. */
export const LAYOUT_VERSION = 2;

export const CREATE_LAYOUT = `
CREATE SCHEMA stored;
CREATE TABLE stored.layout (program VARCHAR NOT NULL, version INTEGER NOT NULL);
INSERT INTO stored.layout VALUES ('my_stats', ${LAYOUT_VERSION});

-- One row per log. "consumed" is in bytes of uncompressed text, up to the end of the last whole line.
CREATE TABLE stored.files (
  identity VARCHAR NOT NULL, kind VARCHAR NOT NULL, path VARCHAR NOT NULL, size DOUBLE NOT NULL, modified DOUBLE NOT NULL,
  consumed DOUBLE NOT NULL, lines DOUBLE NOT NULL, row_count DOUBLE NOT NULL, skipped DOUBLE NOT NULL,
  first_ts DOUBLE NOT NULL, writing BOOLEAN NOT NULL
);
CREATE TABLE stored.runs (
  run_id UINTEGER NOT NULL, node VARCHAR NOT NULL, run UBIGINT NOT NULL, ts DOUBLE NOT NULL, last_ts DOUBLE NOT NULL,
  row_count UINTEGER NOT NULL, boot DOUBLE
);
CREATE TABLE stored.variables (variable_id UINTEGER NOT NULL, module_name VARCHAR NOT NULL, variable VARCHAR NOT NULL);
CREATE TABLE stored.units (unit_id USMALLINT NOT NULL, unit VARCHAR NOT NULL);
-- Sizes are whole numbers; as doubles they are taken over from the reader by one copy, NaN being unset.
CREATE TABLE stored.samples (
  run_id UINTEGER NOT NULL, variable_id UINTEGER NOT NULL, unit_id USMALLINT NOT NULL, size DOUBLE NOT NULL, entries DOUBLE NOT NULL
);
CREATE TABLE stored.node_runs (
  node VARCHAR NOT NULL, run UBIGINT NOT NULL, ts DOUBLE NOT NULL, boot DOUBLE, duration DOUBLE NOT NULL, longest_pause DOUBLE,
  variables_seen UBIGINT, variables_logged UBIGINT, resident_memory UBIGINT, zeek_version VARCHAR
);

-- What a node said of a variable; of several rows of one boot the last holds. "record_fields" are a JSON array.
CREATE TABLE stored.descriptions (
  node VARCHAR NOT NULL, boot DOUBLE, module_name VARCHAR NOT NULL, variable VARCHAR NOT NULL, var_type VARCHAR,
  script VARCHAR, expiry VARCHAR, record_fields VARCHAR NOT NULL
);

CREATE TABLE stored.loaded_scripts (script VARCHAR NOT NULL);

CREATE VIEW variables AS
SELECT node, make_timestamp(CAST(boot * 1e6 AS BIGINT)) AS boot, module_name, variable, var_type, script, expiry,
  CAST(CAST(record_fields AS JSON) AS VARCHAR[]) AS record_fields
FROM stored.descriptions;

CREATE VIEW runs AS
SELECT r.node, make_timestamp(CAST(r.boot * 1e6 AS BIGINT)) AS boot, r.run, make_timestamp(CAST(r.ts * 1e6 AS BIGINT)) AS ts,
  r.row_count AS rows, n.duration, n.longest_pause, n.variables_seen, n.variables_logged, n.resident_memory, n.zeek_version
FROM stored.runs r LEFT JOIN stored.node_runs n ON n.node = r.node AND n.run = r.run AND abs(n.ts - r.ts) < 5;

CREATE VIEW boots AS
SELECT node, boot, count(*) AS runs, min(ts) AS first, max(ts) AS last FROM runs GROUP BY node, boot;

CREATE VIEW samples AS
SELECT make_timestamp(CAST(r.ts * 1e6 AS BIGINT)) AS ts, r.run, r.node, make_timestamp(CAST(r.boot * 1e6 AS BIGINT)) AS boot,
  v.module_name, v.variable,
  CASE WHEN isnan(s.size) THEN NULL ELSE CAST(s.size AS UBIGINT) END AS size, u.unit,
  CASE WHEN isnan(s.entries) THEN NULL ELSE CAST(s.entries AS UBIGINT) END AS entries
FROM stored.samples s
JOIN stored.runs r USING (run_id) JOIN stored.variables v USING (variable_id) JOIN stored.units u USING (unit_id);

CREATE VIEW files AS
SELECT path, kind, CAST(row_count AS UBIGINT) AS rows, CAST(skipped AS UBIGINT) AS skipped,
  make_timestamp(CAST(first_ts * 1e6 AS BIGINT)) AS first
FROM stored.files;
`;

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
    SELECT DISTINCT node, boot FROM stored.node_runs WHERE boot IS NOT NULL
  )
  SELECT g.run_id, COALESCE(t.boot, g.boot) AS boot FROM guessed g ASOF LEFT JOIN told t ON t.node = g.node AND g.ts >= t.boot
) known
WHERE known.run_id = stored.runs.run_id AND stored.runs.boot IS DISTINCT FROM known.boot`;
