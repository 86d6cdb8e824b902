/** `my-stats sql`: any question, in SQL. */

import { declareArgument, declareOption } from '../command.ts';
import { LOGS, NODES, OUTPUT, SENSOR_COLUMN, STRICT } from '../options.ts';
import { declareQuestion } from '../question.ts';

/** The public views, column by column; the tests compare them with what the database says. */
export const TABLES = {
  samples: listWords('ts run node boot module_name variable size unit entries'),
  runs: listWords(
    'node boot run ts rows duration longest_pause variables_seen variables_logged resident_memory',
    'zeek_version',
  ),
  boots: listWords('node boot runs first last'),
  variables: listWords(
    'node boot module_name variable var_type script expiry record_fields pattern_states pattern_classes',
    'pattern_origin contents most_entries',
  ),
  node_runs: listWords(
    'node boot run ts zeek_version trigger duration longest_pause variables_seen variables_logged',
    'resident_memory peak_memory connections timers events_pending reassembly_bytes',
    'variables_not_measured tcp_connections udp_connections icmp_connections fragments files dns_pending',
    'dns_cached matcher_states matcher_bytes threads peer_messages_queued connections_sampled cpu_time',
    'longest_cpu_time anonymous_memory swapped_memory memory_limit',
  ),
  connections: listWords(
    'ts run node boot field var_type connections_live connections_sampled connections_with_field entries',
    'size unit size_complete largest_entries largest_size largest_uid largest_age largest_service',
    'largest_orig_h largest_orig_p largest_resp_h largest_resp_p largest_proto connections_dropped',
    'entries_dropped',
  ),
  files: listWords('path kind rows skipped first'),
};

export const sqlCommand = declareQuestion({
  name: 'sql',
  summary: 'any other question, in SQL',
  description: 'Answers a query in the SQL of DuckDB. docs/commands/sql.md says more.',
  arguments: { query: declareArgument('<query>', 'one SQL query'), paths: LOGS },
  options: {
    allowFiles: declareOption(
      '--allow-files',
      'let the query read and write files, load extensions and change settings',
    ),
    ...NODES,
    ...SENSOR_COLUMN,
    ...STRICT,
    ...OUTPUT,
  },
  examples: [
    ['my-stats sql "select count(*) from samples" LOGS', 'how many rows there are'],
    [
      'my-stats sql "select variable, max(size) from samples where unit = \'objects\' group by variable" LOGS',
      'the largest size each variable has had',
    ],
    [
      `my-stats sql --csv "select ts, node, size from samples where variable = 'Log::filters'" LOGS > filters.csv`,
      'one variable over time, for a spreadsheet',
    ],
  ],
  more: `
Tables:
${Object.entries(TABLES).map(describeTable).join('\n')}

size is in unit (bytes, objects, characters, unknown): never add different units
`,
  ask: async (asked) => (await import('../../app/sql.ts')).sql(asked),
  report: async () => (await import('../../report/answers/sql.ts')).sqlReport,
});

/** The columns in lines of 80. */
function describeTable([name, columns]: [string, readonly string[]]): string {
  const lines = [`  ${name.padEnd(9)} `];
  for (const [i, column] of columns.entries()) {
    const text = i === columns.length - 1 ? column : `${column}, `;
    if (lines.at(-1)!.length + text.trimEnd().length > 80) lines.push(' '.repeat(12));
    lines.push(lines.pop()! + text);
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}

function listWords(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '));
}
