/** What can be completed, read from the program itself, so that no completion script can fall behind its options. */

import type { Command, Option } from 'commander';

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

export function describeProgram(program: Command): CompletedProgram {
  return {
    name: program.name(),
    options: optionsOf(program),
    commands: program.commands.map((command) => ({
      name: command.name(),
      description: command.summary(),
      options: optionsOf(command),
      operands: command.registeredArguments.find((argument) => argument.argChoices)?.argChoices ?? 'files',
    })),
  };
}

function optionsOf(command: Command): CompletedOption[] {
  const help = command.createHelp();
  return help.visibleOptions(command).map((option) => ({
    flags: [option.long, option.short].filter((flag) => flag !== undefined && flag !== null),
    description: option.description,
    value: completedValue(option),
    repeatable: option.parseArg !== undefined,
  }));
}

function completedValue(option: Option): CompletedOption['value'] {
  if (!option.required && !option.optional) return 'none';
  if (option.argChoices !== undefined) return option.argChoices;
  return option.flags.includes('<file>') ? 'files' : 'free';
}
