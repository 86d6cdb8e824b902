/** `my-stats diff`: what is different between two times, logs, nodes or boots. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { DiffSides } from '../../app/source/options.ts';
import type { DiffDivisor } from '../../model/answers/diff.ts';
import type { SizeUnit, TopPivot } from '../../model/answers/top.ts';
import { conflictingOptions } from '../../model/errors/catalogue.ts';
import { answer } from '../answer.ts';
import {
  addOutputOptions,
  addSourceOptions,
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

interface DiffFlags extends SourceFlags, OutputFlags, NameFlags, PackageFlags {
  readonly by: TopPivot;
  readonly at?: readonly string[];
  readonly nodes?: readonly [string, string];
  readonly boots?: string;
  readonly per?: DiffDivisor;
  readonly unit?: SizeUnit;
  readonly limit?: number;
  readonly all?: boolean;
}

const EXAMPLES = [
  ['my-stats diff --at -1d --at -0s LOGS', 'yesterday and now'],
  ['my-stats diff monday/ tuesday/', 'two folders of logs'],
  ['my-stats diff --nodes worker-1,worker-2 LOGS', 'two nodes'],
  ['my-stats diff --boots worker-1 LOGS', 'before and after a restart'],
  ['my-stats diff --by variable --per connections --at -1h --at -0s LOGS', 'in relation to traffic'],
] as const;

const MORE = `
--boots compares the last boot of a node with the one before, both at the age
that the younger of them has reached.

A PATTERN is a name, a glob such as 'HTTP*', or a regular expression between
slashes, found anywhere in the name. A TIME is 2026-11-24T03:50 (UTC),
2026-11-24T03:50+01:00, seconds since 1970, or -2h (s, m, h, d) before the end of
the logs.
`;

export function addDiffCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('diff')
    .summary('what appeared, disappeared, grew and shrank between two times, logs, nodes or boots')
    .description(
      'Shows what is different between two logs or folders of logs, two times of the same logs, two nodes, or two ' +
        'boots of a node: what appeared, disappeared, grew and shrank.',
    )
    .addOption(pivotOption())
    .addOption(new Option('--at <time>', 'a time to compare; give it twice').argParser(collectText))
    .addOption(new Option('--nodes <a,b>', 'the two nodes to compare').argParser(parsePair).conflicts('boots'))
    .addOption(new Option('--boots <node>', 'compare the last two boots of this node').conflicts(['at', 'nodes']))
    .addOption(
      new Option('--per <what>', 'divide by the live connections of the nodes, from my_stats_node.log').choices([
        'connections',
      ]),
    )
    .addOption(unitOption());
  addPackageOption(addNameOptions(command))
    .option('-n, --limit <n>', `rows per unit (table: ${TABLE_ROWS}, else all)`, parseLimit)
    .addOption(new Option('--all', 'all rows').conflicts('limit'));
  addOutputOptions(addSourceOptions(command))
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (logs: string[], flags: DiffFlags) => {
      const source = readSource(logs, flags);
      const sides = sidesOf(logs, flags);
      const [{ diff }, { diffReport }] = await Promise.all([
        import('../../app/diff.ts'),
        import('../../report/answers/diff.ts'),
      ]);
      const { by, per = null, unit = null, package: packages = [] } = flags;
      const options = {
        ...source,
        sides,
        by,
        per,
        unit,
        packages,
        filters: readNames(flags),
        limit: rowLimit(flags, flags.limit),
      };
      await answer(surroundings, flags, (progress) => diff({ ...options, ...progress }), diffReport);
    });
}

function collectText(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function parsePair(text: string): readonly [string, string] {
  const names = text.split(',').map((name) => name.trim());
  const [a, b] = names;
  if (names.length !== 2 || !a || !b) throw new InvalidArgumentError('Give two names with a comma between them.');
  return [a, b];
}

/** @throws ExpectedError where it is not clear which two things are meant */
function sidesOf(logs: readonly string[], { at = [], nodes, boots }: DiffFlags): DiffSides {
  if (boots !== undefined) return { kind: 'boots', node: boots };
  if (nodes !== undefined) {
    if (at.length > 1)
      throw conflictingOptions('two nodes are compared at one time', 'Give --at once, or leave it out');
    return { kind: 'nodes', before: nodes[0], after: nodes[1], at: at[0] ?? null };
  }
  const [first, second] = at;
  if (first !== undefined) {
    if (second === undefined || at.length > 2) throw conflictingOptions('two times are needed', 'Give --at twice');
    return { kind: 'times', before: first, after: second };
  }
  const [before, after] = logs;
  if (before === undefined || after === undefined || logs.length > 2)
    throw conflictingOptions(
      `${logs.length === 1 ? 'one log' : `${logs.length} logs`} and nothing to tell what to compare`,
      'Give two logs or folders, or --at twice, --nodes or --boots',
    );
  return { kind: 'logs', before, after };
}
