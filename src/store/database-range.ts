/** The range query in SQL; `RangeScan` gives the same answer from the logs themselves. */

import type { RangeQuery, RangeResult } from '../model/range.ts';
import type { Database } from './database.ts';
import { selectedNodes, selectedVariables } from './selection.ts';

const KEYS = { module: 'module_name', variable: 'variable', node: 'node' } as const;

export async function databaseRange(database: Database, query: RangeQuery): Promise<RangeResult> {
  const { by, filters, since, until } = query;
  const variables = await selectedVariables(database, filters);
  const nodes = await selectedNodes(database, filters);
  const runs = `SELECT run_id, node, ts, boot, run, row_number() OVER (PARTITION BY node ORDER BY ts, run_id) AS number,
      count(*) OVER (PARTITION BY node) AS runs
    FROM stored.runs WHERE ts >= $1 AND ts <= $2 ${nodes === null ? '' : `AND node IN (${nodes.map((_, i) => `$${i + 3}`).join(', ') || 'NULL'})`}`;
  const values = [since ?? -1e300, until ?? 1e300, ...(nodes ?? [])];
  const some = variables === null ? '' : `WHERE variable_id IN (${variables.join(', ') || 'NULL'})`;
  const groups = await database.rows(
    `WITH selected AS (${runs}),
     totals AS (
       SELECT run_id, ${by === 'node' ? "''" : KEYS[by]} AS key, unit_id,
         sum(size) FILTER (NOT isnan(size)) AS size, sum(entries) FILTER (NOT isnan(entries)) AS entries,
         count(*) FILTER (isnan(size)) AS unmeasured
       FROM stored.samples JOIN stored.variables USING (variable_id) ${some} GROUP BY ALL
     )
     SELECT node, CASE WHEN ${by === 'node'} THEN node ELSE key END, unit,
       sum(size) FILTER (number = 1), sum(size) FILTER (number = runs), max(COALESCE(size, 0)), sum(size) / any_value(runs),
       arg_max(entries, number) FILTER (entries IS NOT NULL), sum(unmeasured), key, unit_id
     FROM totals JOIN selected USING (run_id) JOIN stored.units USING (unit_id) GROUP BY node, key, unit, unit_id`,
    values,
  );
  const names = await database.rows(
    `WITH selected AS (${runs})
     SELECT DISTINCT node, ${by === 'node' ? "''" : KEYS[by]}, unit_id, variable
     FROM stored.samples JOIN selected USING (run_id) JOIN stored.variables USING (variable_id) ${some}`,
    values,
  );
  const variablesOf = new Map<string, string[]>();
  for (const [node, key, unit, variable] of names) {
    const id = JSON.stringify([node, key, unit]);
    const list = variablesOf.get(id);
    if (list === undefined) variablesOf.set(id, [String(variable)]);
    else list.push(String(variable));
  }
  const nodeRows = await database.rows(
    `SELECT node, count(*), count(DISTINCT boot), min(ts), max(ts) FROM (${runs}) GROUP BY node ORDER BY node`,
    values,
  );
  return {
    nodes: nodeRows.map(([node, count, boots, firstTs, lastTs]) => ({
      node: String(node),
      runs: Number(count),
      boots: Number(boots),
      firstTs: Number(firstTs),
      lastTs: Number(lastTs),
    })),
    groups: groups.map(([node, key, unit, first, last, max, mean, entries, unmeasured, rawKey, unitId]) => ({
      node: String(node),
      key: String(key),
      unit: String(unit),
      first: Number(first ?? 0),
      last: Number(last ?? 0),
      max: Number(max ?? 0),
      mean: Number(mean ?? 0),
      entries: entries === null || entries === undefined ? null : Number(entries),
      variables: (variablesOf.get(JSON.stringify([node, rawKey, unitId])) ?? []).sort(),
      unmeasured: Number(unmeasured),
    })),
  };
}
