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
  ['my-stats sql --csv "from samples" LOGS > samples.csv', 'everything, for a spreadsheet'],
] as const;

export function addSqlCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('sql')
    .summary('any other question, in SQL')
    .description('Answers a query in the SQL of DuckDB. Tables and columns are described in docs/commands/sql.md.')
    .argument('<query>', 'one SQL query');
  addOutputOptions(addSourceOptions(command))
    .addHelpText('after', helpFooter(EXAMPLES))
    .action(async (query: string, logs: string[], flags: SourceFlags & OutputFlags) => {
      const options = { ...readSource(logs, flags), query };
      const [{ sql }, { sqlReport }] = await Promise.all([import('../../app/sql.ts'), import('../../report/sql.ts')]);
      await answer(surroundings, flags, (progress) => sql({ ...options, ...progress }), sqlReport);
    });
}
