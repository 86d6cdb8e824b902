/** `my-stats watch`: the sizes of a running cluster on the whole of a terminal, as they change. */

import { type Command, Option } from 'commander';
import type { TopPivot } from '../../model/answers/top.ts';
import { noTerminal } from '../../model/errors/catalogue.ts';
import { addSourceOptions, helpFooter, readFiles, type SourceFlags, secondsOption } from '../options.ts';
import {
  addNameOptions,
  addPackageOption,
  type NameFlags,
  type PackageFlags,
  pivotOption,
  readNames,
} from '../selection.ts';
import { type ColorFlag, type Surroundings, screenOf } from '../surroundings.ts';

interface WatchFlags extends SourceFlags, NameFlags, PackageFlags {
  readonly by: TopPivot;
  readonly every: number;
  readonly window: number;
  readonly color?: ColorFlag;
}

const EVERY_SECONDS = 5;
const WINDOW_SECONDS = 600;

const EXAMPLES = [
  ['my-stats watch /opt/zeek/logs/current', 'all nodes'],
  ["my-stats watch --node 'worker-*' --by variable LOGS", 'variables of workers'],
  ['my-stats watch --window 3600 LOGS', 'changes in an hour'],
] as const;

const MORE = `
Keys: the arrows move the cursor, enter goes into a module, variable or node,
escape goes back. m v n p s t group by module, variable, node, package, script,
type; u changes the unit, o the order, / finds names, space pauses reading, ?
shows help, q quits.
`;

export function addWatchCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('watch')
    .summary('what holds the memory, full screen in the terminal, as it changes')
    .description(
      'Shows the last complete run of every node, full screen in the terminal, with how sizes changed, and keeps reading the logs.',
    )
    .addOption(pivotOption())
    .addOption(secondsOption('--every <seconds>', 'time from one look at the logs to the next', EVERY_SECONDS))
    .addOption(secondsOption('--window <seconds>', 'how far changes go back', WINDOW_SECONDS));
  addPackageOption(addNameOptions(command));
  addSourceOptions(command)
    .addOption(
      new Option('--color <when>', 'colour the screen; auto: unless NO_COLOR is set').choices([
        'auto',
        'always',
        'never',
      ]),
    )
    .option('--no-color', 'the same as --color never')
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (logs: string[], flags: WatchFlags) => {
      const source = readFiles(logs, flags);
      const { terminal, interrupts } = surroundings;
      if (terminal === undefined) throw noTerminal();
      const { watchOnTerminal } = await import('../../tui/watch.ts');
      const { by, window, package: packages = [] } = flags;
      await watchOnTerminal(
        {
          ...{ ...source, by, packages, filters: readNames(flags) },
          every: Math.max(1, flags.every),
          window: Math.max(1, window),
          color: screenOf(surroundings, flags.color).color,
          signal: interrupts?.take(),
        },
        terminal,
      );
    });
}
