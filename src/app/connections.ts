import { closeNames } from '../analysis/close-names.ts';
import { type ConnectionsQuestion, connectionsOfNodes } from '../analysis/connections.ts';
import { nothingSelected } from '../model/errors/catalogue.ts';
import type { ConnectionsResult } from '../model/logged/connection.ts';
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
  const result = connectionsOfNodes(rows, options);
  const asked = filterWords(options);
  if (result.rows.length === 0 && rows.length > 0 && asked !== '') {
    const close = [
      ...options.nodes.flatMap(({ text }) =>
        closeNames(
          text,
          rows.map(({ node }) => node),
        ),
      ),
      ...options.fields.flatMap(({ text }) =>
        closeNames(
          text,
          rows.map(({ field }) => field),
        ),
      ),
    ];
    throw nothingSelected(asked, close);
  }
  return { ...result, reading };
}

function filterWords({ nodes, fields }: ConnectionsQuestion): string {
  const words = Object.entries({ node: nodes, field: fields }).filter(([, filters]) => filters.length > 0);
  return words.map(([name, filters]) => `${name} ${filters.map(({ text }) => text).join(' or ')}`).join(', ');
}
