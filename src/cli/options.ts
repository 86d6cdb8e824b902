/** Options that commands share, and how their values are read. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { conflictingOptions } from '../model/errors/catalogue.ts';
import { type NameFilter, parseNameFilter } from '../model/name-filter.ts';
import { parseBytes } from '../model/quantity.ts';
import type { OutputFormat } from '../report/output.ts';
import type { ColorFlag } from './surroundings.ts';

/** Twenty days: timers of Node that are to wait longer than 2^31 ms do not wait at all. */
const MOST_SECONDS = 20 * 86_400;

/** Bytes. */
const LEAST_MEMORY = 1e6;

export interface SourceFlags {
  readonly strict?: boolean;
  readonly cache?: boolean;
  readonly sensorColumn?: string;
}

export interface OutputFlags {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly tsv?: boolean;
  readonly color?: ColorFlag;
}

/** `[LOGS...]`, `--no-cache` and `--strict`. */
export function addSourceOptions(command: Command): Command {
  const option = command.createOption('--no-cache', 'read all logs anew, and keep nothing of what is found in them');
  return addStrict(addLogs(command).addOption(option));
}

/** `[LOGS...]` and `--sensor-column`. */
export function addLogs(command: Command): Command {
  return command
    .argument('[logs...]', 'logs, folders of logs, globs, or - for standard input; none: where they usually are')
    .option('--sensor-column <name>', 'the column that says which sensor a row is of (default: those usual, if any)');
}

/** `--strict`. */
export function addStrict(command: Command): Command {
  return command.option('--strict', 'stop at the first row or file that cannot be read, instead of leaving it out');
}

/** `--json`, `--csv`, `--tsv` and colour. */
export function addOutputOptions(command: Command): Command {
  return command
    .addOption(new Option('--json', 'print JSON (docs/json.md)').conflicts(['csv', 'tsv']))
    .addOption(new Option('--csv', 'print CSV').conflicts(['json', 'tsv']))
    .addOption(new Option('--tsv', 'print tab-separated values').conflicts(['json', 'csv']))
    .addOption(
      new Option('--color <when>', 'colour the table; auto: on a terminal, unless NO_COLOR is set').choices([
        'auto',
        'always',
        'never',
      ]),
    )
    .option('--no-color', 'the same as --color never');
}

export function readSource(logs: readonly string[], flags: SourceFlags) {
  const { strict = false, cache = false, sensorColumn = null } = flags;
  return { paths: logs, strict, cache, sensorColumn };
}

/**
 * The same for commands that read again and again.
 *
 * @throws ExpectedError for what can be read only once
 */
export function readFiles(logs: readonly string[], flags: SourceFlags) {
  if (logs.includes('-')) throw conflictingOptions('standard input can be read only once', 'Give files or folders');
  return readSource(logs, flags);
}

export function readFormat(flags: OutputFlags): OutputFormat {
  if (flags.json) return 'json';
  if (flags.csv) return 'csv';
  return flags.tsv ? 'tsv' : 'table';
}

/** For options that may be given several times. */
export function collectFilter(text: string, before: readonly NameFilter[] = []): readonly NameFilter[] {
  return [...before, parseNameFilter(text)];
}

/** The same of plain texts, such as folders. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

export function parseLimit(text: string): number {
  if (!/^\d{1,15}$/.test(text) || Number(text) === 0) throw new InvalidArgumentError('Give a whole number from 1.');
  return Number(text);
}

/** An option that takes a number of seconds. */
export function secondsOption(flags: string, description: string, preset: number): Option {
  return new Option(flags, description).argParser(parseSeconds).default(preset);
}

export function parseSeconds(text: string): number {
  if (!/^\d{1,7}(\.\d{1,3})?$/.test(text)) throw new InvalidArgumentError('Give a number of seconds.');
  if (Number(text) > MOST_SECONDS) throw new InvalidArgumentError(`Give at most ${MOST_SECONDS} seconds.`);
  return Number(text);
}

/** What a process may have: no Zeek runs in so little that a unit was forgotten, or rows were meant. */
export function parseProcessMemory(text: string): number {
  const bytes = parseBytes(text);
  if (bytes < LEAST_MEMORY) throw new InvalidArgumentError('Give at least 1 MB, such as 8G; --limit takes rows.');
  return bytes;
}

/** The end of every command's help. */
export function helpFooter(examples: readonly (readonly [string, string])[], more = ''): string {
  const width = Math.max(...examples.map(([command]) => command.length));
  const wide = examples.some(([, what]) => width + what.length > 74);
  const lines = examples.map(([command, what]) => {
    return wide ? `  # ${what}\n  ${command}` : `  ${command.padEnd(width)}  ${what}`;
  });
  return `
Examples:
${lines.join('\n')}
${more}
Times are in UTC. Exit codes: 0 fine, 1 a check failed, 2 wrong usage or input.`;
}
