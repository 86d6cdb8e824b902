/** What can be completed, read from the table of commands, so that no completion script can fall behind its options. */

import type { CommandGroup, CommandOption } from '../command.ts';

export interface CompletedOption {
  /** `--by`, and `-h` where there is one. */
  readonly flags: readonly string[];
  readonly description: string;
  /** `none`: a switch. `files`: a file name. `free`: a value nobody can guess. */
  readonly value: 'none' | 'files' | 'free' | readonly string[];
  readonly repeatable: boolean;
}

export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** What stands where no option does: file names, or one of these. */
  readonly operands: 'files' | readonly string[];
}

export interface CompletedProgram {
  readonly name: string;
  readonly options: readonly CompletedOption[];
  readonly commands: readonly CompletedCommand[];
}

const HELP: CommandOption = { flags: '-h, --help', description: 'print this help' };
const VERSION: CommandOption = { flags: '-V, --version', description: 'print the version' };

export function describeProgram(groups: readonly CommandGroup[]): CompletedProgram {
  const commands = groups.flatMap((group) => group.commands);
  return {
    name: 'my-stats',
    options: [VERSION, HELP].flatMap(describeOption),
    commands: commands.map((command) => ({
      name: command.name,
      description: command.summary,
      options: [...Object.values(command.options), HELP].flatMap(describeOption),
      operands:
        (Object.values(command.arguments).find(({ choices }) => choices)?.choices as readonly string[]) ?? 'files',
    })),
  };
}

function describeOption({
  flags,
  description,
  choices,
  isRepeated = false,
  negation,
}: CommandOption): CompletedOption[] {
  const [, names = '', value] = /^([^<]*?)(?: <(.*)>)?$/.exec(flags) ?? [];
  const long = names.split(', ').reverse();
  const completed: CompletedOption = {
    flags: long,
    description,
    value: value === undefined ? 'none' : (choices ?? (value === 'file' ? 'files' : 'free')),
    repeatable: isRepeated,
  };
  if (negation === undefined) return [completed];
  const no = `--no-${long[0]!.slice(2)}`;
  return [completed, { flags: [no], description: negation, value: 'none', repeatable: false }];
}
