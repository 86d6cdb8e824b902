/** `my-stats connections`: which field of which connection holds what. */

import type { Command } from 'commander';
import type { NameFilter } from '../../model/name-filter.ts';
import { answer } from '../answer.ts';
import {
  addOutputOptions,
  addSourceOptions,
  collectFilter,
  helpFooter,
  type OutputFlags,
  parseLimit,
  readFormat,
  readSource,
  type SourceFlags,
} from '../options.ts';
import { addNodeOptions, type NodeFlags, readNodes } from '../selection.ts';
import type { Surroundings } from '../surroundings.ts';

interface ConnectionsFlags extends SourceFlags, OutputFlags, NodeFlags {
  readonly field?: readonly NameFilter[];
  readonly limit?: number;
}

/** Rows a table shows; data for programs is complete unless it is limited. */
const TABLE_ROWS = 20;

const EXAMPLES = [
  ['my-stats connections /opt/zeek/logs/current', 'the fields with the most entries'],
  ["my-stats connections --field 'dce_rpc*' LOGS", 'only these fields'],
  ['my-stats connections --json LOGS', 'for a program'],
] as const;

const MORE = `
Reads my_stats_connection.log, which the collector makes from a sample of the
connections that carried many packets. A PATTERN is a name, a glob such as
'smb*', or a regular expression between slashes; options may be repeated.
`;

export function addConnectionsCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('connections')
    .summary('which field of which connection holds what')
    .description('Shows the fields of connection records that hold entries, in the last run of every node.')
    .option('--field <pattern>', 'only these fields', collectFilter)
    .option('-n, --limit <n>', `rows (table: ${TABLE_ROWS}, else all)`, parseLimit);
  addOutputOptions(addSourceOptions(addNodeOptions(command)))
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (paths: string[], flags: ConnectionsFlags) => {
      const source = readSource(paths, flags);
      const limit = flags.limit ?? (readFormat(flags) === 'table' ? TABLE_ROWS : null);
      const { field: fields = [] } = flags;
      const [{ connections }, { connectionsReport }] = await Promise.all([
        import('../../app/connections.ts'),
        import('../../report/answers/connections.ts'),
      ]);
      const options = { ...source, nodes: readNodes(flags), fields, limit };
      await answer(surroundings, flags, (progress) => connections({ ...options, ...progress }), connectionsReport);
    });
}
