/** `my-stats growth`: which variables grow without an end in sight. */

import { type Command, Option } from 'commander';
import type { GrowthPivot } from '../../model/answers/growth.ts';
import { answer } from '../answer.ts';
import {
  addOutputOptions,
  addSourceOptions,
  helpFooter,
  type OutputFlags,
  parseLimit,
  parseProcessMemory,
  readSource,
  type SourceFlags,
} from '../options.ts';
import { addNameOptions, type NameFlags, readNames, rowLimit, TABLE_ROWS } from '../selection.ts';
import type { Surroundings } from '../surroundings.ts';

interface GrowthFlags extends SourceFlags, OutputFlags, NameFlags {
  readonly by: GrowthPivot;
  readonly since?: string;
  readonly until?: string;
  readonly memory?: number;
  readonly limit?: number;
  readonly all?: boolean;
}

const PIVOTS: readonly GrowthPivot[] = ['variable', 'module', 'package', 'node', 'sensor', 'field'];

const EXAMPLES = [
  ['my-stats growth /opt/zeek/logs', 'what grows'],
  ['my-stats growth --memory 8G LOGS', 'and when a process is full'],
  ['my-stats growth --by package --since -1d LOGS', 'packages, in the last day'],
  ['my-stats growth --by field LOGS', 'fields of connections'],
  ["my-stats growth --variable 'Known::*' --json LOGS", 'for a program'],
] as const;

const MORE = `
A rise is a finding if no curve that stops rising explains it. Warm-ups to a
plateau, tables that are emptied now and then, and daily rhythms are not
findings. Slopes are those of Theil and Sen, tested after Mann and Kendall
(docs/commands/growth.md).

A PATTERN is a name, a glob such as 'HTTP*', or a regular expression between
slashes, found anywhere in the name. A SIZE is 8G, 512M or 1.5GiB. A TIME is
2026-11-24T03:50 (UTC), 2026-11-24T03:50+01:00, seconds since 1970, or -2h
(s, m, h, d) before the end of the logs.
`;

export function addGrowthCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('growth')
    .summary('which variables grow without an end in sight, and how fast')
    .description(
      'Shows which variables grow without an end in sight, how fast, and what will hurt first. Every node is judged ' +
        'by its last boot.',
    )
    .addOption(new Option('--by <what>', 'what to group by').choices(PIVOTS).default('variable'));
  addNameOptions(command)
    .option('--since <time>', 'only runs from this time on')
    .option('--until <time>', 'only runs up to this time')
    .option('--memory <size>', 'the memory a process may have; shows when it will be full', parseProcessMemory)
    .option('-n, --limit <n>', `rows per unit (table: ${TABLE_ROWS}, else all)`, parseLimit)
    .addOption(new Option('--all', 'all rows, and rises that are not findings').conflicts('limit'));
  addOutputOptions(addSourceOptions(command))
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (logs: string[], flags: GrowthFlags) => {
      const source = readSource(logs, flags);
      const [{ growth }, { growthReport }] = await Promise.all([
        import('../../app/growth.ts'),
        import('../../report/answers/growth.ts'),
      ]);
      const { by, since = null, until = null, memory = null, all = false } = flags;
      const limit = rowLimit(flags, flags.limit);
      const options = { ...source, by, filters: readNames(flags), since, until, memory, limit };
      await answer(surroundings, flags, (progress) => growth({ ...options, ...progress }), growthReport(all));
    });
}
