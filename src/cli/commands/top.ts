/** `my-stats top`: what holds the memory, by module, variable, node, package, script or type. */

import { type Command, Option } from 'commander';
import type { SizeUnit, TopPivot, TopSort } from '../../model/answers/top.ts';
import { conflictingOptions } from '../../model/errors/catalogue.ts';
import { answer } from '../answer.ts';
import {
  addOutputOptions,
  addSourceOptions,
  collect,
  helpFooter,
  type OutputFlags,
  parseLimit,
  readSource,
  type SourceFlags,
} from '../options.ts';
import {
  addNameOptions,
  addPackageOption,
  type NameFlags,
  type PackageFlags,
  pivotOption,
  readNames,
  rowLimit,
  TABLE_ROWS,
  unitOption,
} from '../selection.ts';
import type { Surroundings } from '../surroundings.ts';

interface TopFlags extends SourceFlags, OutputFlags, NameFlags, PackageFlags {
  readonly by: TopPivot;
  readonly unit?: SizeUnit;
  readonly range?: boolean;
  readonly growth?: boolean;
  readonly scripts?: readonly string[];
  readonly at?: string;
  readonly since?: string;
  readonly until?: string;
  readonly sort?: TopSort;
  readonly limit?: number;
  readonly all?: boolean;
}

const SORTS: readonly TopSort[] = ['size', 'name', 'entries', 'variables', 'growth', 'first', 'last', 'max', 'mean'];
const SPAN_SORTS: readonly TopSort[] = ['first', 'last', 'max', 'mean'];

const EXAMPLES = [
  ['my-stats top /opt/zeek/logs/current', 'largest modules'],
  ['my-stats top --by variable --module DomainTLD LOGS', 'its variables'],
  ['my-stats top --by node --module DomainTLD LOGS', 'its nodes'],
  ['my-stats top --by package --range LOGS', 'packages, with ranges'],
  ["my-stats top --at 2026-11-24T03:50 --node 'worker-*' LOGS", 'as it was then'],
  ['my-stats top --since -2h --sort max LOGS', 'the last two hours'],
] as const;

const MORE = `
A PATTERN is a name, a glob such as 'HTTP*', or a regular expression between
slashes, found anywhere in the name. Options that take one may be repeated: one
of the patterns has to match. Different options all have to match.

A TIME is 2026-11-24T03:50 (UTC), 2026-11-24T03:50+01:00, seconds since 1970, or
2h (s, m, h, d) before the end of the logs.

Sizes in bytes are estimates (≈) from the variables' types, elements and Zeek's
count of objects, unless Zeek reported bytes; --range shows their bounds. Where
no log says what the types are, sizes are what the log counts.

The table shows the ${TABLE_ROWS} largest groups of every unit, piped or not; --json,
--csv and --tsv give all of them.
`;

export function addTopCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('top')
    .summary('what holds the memory, by module, variable, node, package, script or type')
    .description(
      'Shows what holds the memory: the last complete run of every node, or all runs in a span of time. Sizes in ' +
        'different units are never added together.',
    )
    .addOption(pivotOption())
    .addOption(unitOption())
    .option('--range', 'also show the bounds of the estimates')
    .addOption(new Option('--growth', 'growth per hour, however long the logs are').conflicts(['since', 'until']));
  addNameOptions(command).option(
    '--scripts <folder>',
    'read package versions from here: a Zeek installation, scripts, or a clone',
    collect,
  );
  addPackageOption(command)
    .addOption(new Option('--at <time>', 'as it was at this time').conflicts(['since', 'until']))
    .option('--since <time>', 'all runs from this time on: first, last, largest and mean size')
    .option('--until <time>', 'all runs up to this time')
    .addOption(new Option('--sort <key>', 'first, last, max and mean need --since or --until').choices(SORTS))
    .option('-n, --limit <n>', `rows per unit (table: ${TABLE_ROWS}, else all)`, parseLimit)
    .addOption(new Option('--all', 'all rows').conflicts('limit'));
  addOutputOptions(addSourceOptions(command))
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (logs: string[], flags: TopFlags) => {
      const source = readSource(logs, flags);
      checkSort(flags);
      const [{ top }, { topReport }] = await Promise.all([
        import('../../app/top.ts'),
        import('../../report/answers/top.ts'),
      ]);
      const { by, unit = null, package: packages = [], scripts = [] } = flags;
      const { at = null, since = null, until = null, sort = null, growth } = flags;
      const options = {
        ...source,
        by,
        unit,
        packages,
        scripts,
        filters: readNames(flags),
        at,
        since,
        until,
        sort,
        growth,
        limit: rowLimit(flags, flags.limit),
      };
      await answer(
        surroundings,
        flags,
        (progress) => top({ ...options, ...progress }),
        topReport(flags.range ?? false),
      );
    });
}

function checkSort({ sort, since, until }: TopFlags): void {
  if (sort === undefined || !SPAN_SORTS.includes(sort) || since !== undefined || until !== undefined) return;
  throw conflictingOptions(`--sort ${sort} compares runs over a span of time`, 'Add --since or --until');
}
