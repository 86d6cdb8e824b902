/** `my-stats runs`: what the measurements cost each node. */

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
import { addNodeOptions, type NodeFlags, readNodes } from '../selection.ts';
import type { Surroundings } from '../surroundings.ts';

type RunsFlags = SourceFlags & OutputFlags & NodeFlags;

const EXAMPLES = [
  ['my-stats runs /opt/zeek/logs/current', 'what measuring costs each node'],
  ["my-stats runs --node 'worker-*' LOGS", 'only the workers'],
  ['my-stats runs --csv LOGS > runs.csv', 'for a spreadsheet'],
] as const;

const MORE = `
Reads my_stats_node.log or, if there is none, the lines that the collector
writes to cluster.log. A PATTERN is a name, a glob such as 'worker-*', or a
regular expression between slashes; the option may be repeated.
`;

export function addRunsCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('runs')
    .summary('what each measurement cost, per node')
    .description('Shows how long the measurements took on every node, and how long they held up the process.');
  addOutputOptions(addSourceOptions(addNodeOptions(command)))
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (logs: string[], flags: RunsFlags) => {
      const options = { ...readSource(logs, flags), nodes: readNodes(flags) };
      const [{ runs }, { runsReport }] = await Promise.all([
        import('../../app/runs.ts'),
        import('../../report/answers/runs.ts'),
      ]);
      await answer(surroundings, flags, (progress) => runs({ ...options, ...progress }), runsReport);
    });
}
