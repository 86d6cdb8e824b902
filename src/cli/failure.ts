/** What a failure looks like from outside: one line on standard error and an exit code. */

import { CommanderError } from 'commander';
import { translateError } from '../model/errors/system-errors.ts';
import { visible } from '../report/text/sanitize.ts';
import type { Command, CommandGroup } from './command.ts';

export const EXIT_FINE = 0;
export const EXIT_CHECK_FAILED = 1;
const EXIT_BAD_INPUT = 2;

interface Failure {
  /** Null where nothing is to be said: help was shown, or whoever read the output has gone. */
  readonly text: string | null;
  readonly exitCode: number;
}

/**
 * @param command the command that was given, for the pointer to its help; null where there was none
 * @param debug adds the stack of what should not have happened
 * @param groups the table of commands, whose flags stand for the options that an error names
 */
export function describeFailure(
  error: unknown,
  command: string | null,
  debug: boolean,
  groups: readonly CommandGroup[] = [],
): Failure {
  if (isBrokenPipe(error)) return { text: null, exitCode: EXIT_FINE };
  if (error instanceof CommanderError) return describeUsage(error, command);
  const expected = translateError(error);
  if (expected !== null) {
    const said = nameFlags(expected.oneLine, groups, command);
    return { text: `my-stats: ${visible(said)}`, exitCode: EXIT_BAD_INPUT };
  }
  const message = error instanceof Error ? error.message : String(error);
  const advice = debug ? '' : ' with what MY_STATS_DEBUG=1 adds to this';
  const line = `my-stats: this is a defect of my-stats, please report it${advice}: ${visible(message)}`;
  const stack = debug && error instanceof Error ? `\n${(error.stack ?? '').split('\n').map(visible).join('\n')}` : '';
  return { text: line + stack, exitCode: EXIT_BAD_INPUT };
}

/** True where the reader of our output ended first, as `head` does. */
export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

/** commander puts its suggestion on a second line; scripts and logs want one. */
function describeUsage(error: CommanderError, command: string | null): Failure {
  if (error.exitCode === 0) return { text: null, exitCode: EXIT_FINE };
  // Shown by commander already: the help, because no command was given.
  if (error.code === 'commander.help') return { text: null, exitCode: EXIT_BAD_INPUT };
  const [what = '', ...suggestion] = error.message.replace(/^error: /, '').split('\n');
  const said = [what.replace(/\.$/, ''), ...suggestion].filter((part) => part !== '').join(' ');
  const help = command === null ? 'my-stats --help' : `my-stats ${command} --help`;
  return { text: `my-stats: ${visible(said)}. See: ${help}`, exitCode: EXIT_BAD_INPUT };
}

/**
 * A message that speaks of options as the API calls them, in backticks, with the flags a user would type: those of the
 * command that was given, and else of one that has the option.
 *
 * @param name of the command; null where none was given
 */
export function nameFlags(message: string, groups: readonly CommandGroup[], name: string | null): string {
  const commands = groups.flatMap((group) => group.commands);
  const given = commands.filter((command) => command.name === name);
  const flags = new Map([...commands, ...given].flatMap(listFlags));
  return message.replace(/`([a-zA-Z]+)`/g, (quoted, option: string) => flags.get(option) ?? quoted);
}

function listFlags({ options }: Command): [key: string, flag: string][] {
  return Object.entries(options).map(([key, { flags }]) => [key, /--[a-z-]+/.exec(flags)![0]]);
}
