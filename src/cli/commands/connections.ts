/** `my-stats connections`: which field of which connection holds what. */

import { FIELDS, LIMIT, LOGS, NODES, OUTPUT, SOURCE, TABLE_ROWS } from '../options.ts';
import { declareQuestion } from '../question.ts';

export const connectionsCommand = declareQuestion({
  name: 'connections',
  summary: 'which field of which connection holds what',
  description: 'Shows the fields of connection records that hold entries, in the last run of every node.',
  arguments: { paths: LOGS },
  options: {
    ...FIELDS,
    limit: { ...LIMIT.limit, description: `rows (table: ${TABLE_ROWS}, else all)` },
    ...NODES,
    ...SOURCE,
    ...OUTPUT,
  },
  examples: [
    ['my-stats connections /opt/zeek/logs/current', 'the fields with the most entries'],
    ["my-stats connections --field 'dce_rpc*' LOGS", 'only these fields'],
    ['my-stats connections --json LOGS', 'for a program'],
  ],
  more: `
Reads my_stats_connection.log, which the collector makes from a sample of the
connections that carried many packets.
`,
  parameters: [],
  ask: async (asked) => (await import('../../app/connections.ts')).connections(asked),
  report: async () => (await import('../../report/answers/connections.ts')).connectionsReport,
});
