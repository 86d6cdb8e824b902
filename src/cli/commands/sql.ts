/** `my-stats sql`: any question, in SQL. */

import type { Command } from 'commander';
import { answer } from '../answer.ts';
import {
  addOutputOptions,
  addSourceOptions,
  helpFooter,
  type OutputFlags,
  readSource,
  type SourceFlags,
} from '../options.ts';
import type { Surroundings } from '../surroundings.ts';

const EXAMPLES = [
  ['my-stats sql "select count(*) from samples" LOGS', 'how many rows there are'],
  [
    'my-stats sql "select variable, max(size) from samples where unit = \'objects\' group by variable" LOGS',
    'the largest each variable has been',
  ],
  [
    `my-stats sql --csv "select ts, node, size from samples where variable = 'Log::filters'" LOGS > filters.csv`,
    'one variable over time, for a spreadsheet',
  ],
] as const;

/** The public views, column by column; the tests compare them with what the database says. */
export const TABLES = {
  samples: ['ts', 'run', 'node', 'boot', 'module_name', 'variable', 'size', 'unit', 'entries'],
  runs: [
    'node',
    'boot',
    'run',
    'ts',
    'rows',
    'duration',
    'longest_pause',
    'variables_seen',
    'variables_logged',
    'resident_memory',
    'zeek_version',
  ],
  boots: ['node', 'boot', 'runs', 'first', 'last'],
  variables: ['node', 'boot', 'module_name', 'variable', 'var_type', 'script', 'expiry', 'record_fields'],
  files: ['path', 'kind', 'rows', 'skipped', 'first'],
} as const;

const MORE = `
Tables:
${Object.entries(TABLES).map(describeTable).join('\n')}

size is in unit (bytes, objects, characters, unknown): do not add different ones
`;

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

export function addSqlCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('sql')
    .summary('any other question, in SQL')
    .description('Answers a query in the SQL of DuckDB. docs/commands/sql.md says more.')
    .argument('<query>', 'one SQL query');
  addOutputOptions(addSourceOptions(command))
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (query: string, logs: string[], flags: SourceFlags & OutputFlags) => {
      const options = { ...readSource(logs, flags), query };
      const [{ sql }, { sqlReport }] = await Promise.all([import('../../app/sql.ts'), import('../../report/sql.ts')]);
      await answer(surroundings, flags, (progress) => sql({ ...options, ...progress }), sqlReport);
    });
}
