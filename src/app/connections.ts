import { listConnections } from '../analysis/connections.ts';
import type { ConnectionsResult } from '../model/logged/connection.ts';
import { describeFilters } from '../model/names.ts';
import { nothingMatches } from './source/nothing-matches.ts';
import { type Given, LIMIT, NODES, readOptions, SOURCE } from './source/options.ts';
import { openLogs, refuseSkipped } from './source/source.ts';

const CONNECTIONS = { ...SOURCE, ...NODES, ...LIMIT, fields: NODES.nodes };

export type ConnectionsOptions = Given<typeof CONNECTIONS>;

/**
 * Which field of which connection holds what: the last run of every node in `my_stats_connection.log`. Logs of a
 * collector that found no field worth logging give no rows.
 *
 * @throws ExpectedError for paths or rows that cannot be used, and where the filters match nothing
 */
export async function connections(given: ConnectionsOptions = {}): Promise<ConnectionsResult> {
  const options = readOptions(CONNECTIONS, given);
  const store = await openLogs(options, 'connections');
  const { rows, reading } = await store.connectionFields();
  refuseSkipped(reading, options.strict);
  const result = listConnections(rows, options);
  const filters = { node: options.nodes, field: options.fields };
  if (result.rows.length === 0 && rows.length > 0 && describeFilters(filters) !== null)
    throw nothingMatches(filters, { node: rows.map(({ node }) => node), field: rows.map(({ field }) => field) });
  return { ...result, reading };
}
