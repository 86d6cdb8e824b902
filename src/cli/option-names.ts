/** Errors speak of options as the API calls them, in backticks; on the command line they have other names. */

import type { Command, CommandGroup } from './command.ts';

/**
 * A message with the flags a user would type: those of the command that was given, and else of one that has the option.
 *
 * @param name of the command; null where none was given
 */
export function nameFlags(message: string, groups: readonly CommandGroup[], name: string | null): string {
  const commands = groups.flatMap((group) => group.commands);
  const given = commands.filter((command) => command.name === name);
  const flags = new Map([...commands, ...given].flatMap(flagsOf));
  return message.replace(/`([a-zA-Z]+)`/g, (quoted, option: string) => flags.get(option) ?? quoted);
}

function flagsOf({ options }: Command): [key: string, flag: string][] {
  return Object.entries(options).map(([key, { flags }]) => [key, /--[a-z-]+/.exec(flags)![0]]);
}
