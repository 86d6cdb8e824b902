/** Arguments and options that commands share, and how their values are read. */

import { InvalidArgumentError } from 'commander';
import { SIZE_UNITS, TOP_PIVOTS } from '../model/answers/top.ts';
import { conflictingOptions } from '../model/errors/catalogue.ts';
import { combineNodeFilters, type NameFilter, type NameFilters, parseNameFilter } from '../model/names.ts';
import { parseBytes } from '../model/quantity.ts';
import { declareArgument, declareOption, type SharedChoice } from './command.ts';

/** Twenty days: timers of Node that are to wait longer than 2^31 ms do not wait at all. */
const MOST_SECONDS = 20 * 86_400;

/** Bytes. */
const LEAST_MEMORY = 1e6;

/** Rows a table shows per unit; data for programs is complete unless it is limited. */
export const TABLE_ROWS = 20;

export const LOGS = declareArgument(
  '[logs...]',
  'logs, folders of logs, globs, - for standard input, or an https:// address of Prometheus; none: where they usually are',
);

export const STRICT = {
  strict: declareOption('--strict', 'stop at the first row or file that cannot be read, instead of leaving it out'),
};

export const SENSOR_COLUMN = {
  sensorColumn: declareOption(
    '--sensor-column <name>',
    'the column that says which sensor a row is of (default: those usual, if any)',
  ),
};

export const SOURCE = {
  ...SENSOR_COLUMN,
  cache: declareOption('--no-cache', 'read all logs anew, and keep nothing of what is found in them'),
  ...STRICT,
};

export const COLOR = {
  color: declareOption('--color <when>', 'colour the table; auto: on a terminal, unless NO_COLOR is set', {
    choices: ['auto', 'always', 'never'],
    negation: 'the same as --color never',
  }),
};

const FORMATS = ['json', 'csv', 'tsv', 'markdown', 'junit'] as const;
export type Format = 'table' | (typeof FORMATS)[number];

/** The switch of a format, which excludes the others. */
export function declareFormat(format: (typeof FORMATS)[number], description: string) {
  const others = FORMATS.filter((other) => other !== format);
  return declareOption(`--${format}`, description, { conflicts: others.map((other) => `--${other}`) });
}

export const OUTPUT = {
  json: declareFormat('json', 'print JSON (docs/json.md)'),
  csv: declareFormat('csv', 'print CSV'),
  tsv: declareFormat('tsv', 'print tab-separated values'),
  ...COLOR,
};

const PATTERNS = { parse: parseNameFilter, isRepeated: true } as const;

export const VARIABLES = {
  modules: declareOption('--module <pattern>', 'only these modules', PATTERNS),
  variables: declareOption('--variable <pattern>', 'only these variables', PATTERNS),
};

export const NODES = {
  nodes: declareOption('--node <pattern>', 'only these nodes', PATTERNS),
  sensors: declareOption('--sensor <pattern>', 'only nodes of these sensors, where the logs are of several', PATTERNS),
};

export const NAMES = { ...VARIABLES, ...NODES };

export const PACKAGES = {
  packages: declareOption('--package <pattern>', 'only variables of these packages', PATTERNS),
};

export const FIELDS = { fields: declareOption('--field <pattern>', 'only these fields', PATTERNS) };

export const PIVOT = {
  by: declareOption('--by <what>', 'what to group by', { choices: TOP_PIVOTS, preset: 'module' }),
};

export const UNIT = {
  unit: declareOption('--unit <unit>', 'unit of sizes; objects: whatever the log counts (default: bytes)', {
    choices: SIZE_UNITS,
  }),
};

export const SCRIPTS = {
  scripts: declareOption('--scripts <folder>', 'read types, expiry, packages and line numbers from these scripts', {
    isRepeated: true,
  }),
};

export const LIMIT = {
  limit: declareOption('-n, --limit <n>', `rows per unit (table: ${TABLE_ROWS}, else all)`, { parse: parseLimit }),
};

export const ALL_ROWS = { all: declareOption('--all', 'all rows', { conflicts: ['--limit'] }) };

export const AT = { at: declareOption('--at <time>', 'as it was at this time') };

/** A moment or a span, not both. */
export const AT_OR_SPAN = {
  at: declareOption('--at <time>', 'as it was at this time', { conflicts: ['--since', '--until'] }),
};

export const SPAN = {
  since: declareOption('--since <time>', 'only runs from this time on'),
  until: declareOption('--until <time>', 'only runs up to this time'),
};

/** Values by the keys of the options above; which there are is up to the command. */
interface Chosen {
  readonly modules?: readonly NameFilter[] | undefined;
  readonly variables?: readonly NameFilter[] | undefined;
  readonly nodes?: readonly NameFilter[] | undefined;
  readonly sensors?: readonly NameFilter[] | undefined;
  readonly limit?: number | undefined;
  readonly all?: boolean | undefined;
}

/** What the options that commands share choose, as use cases take it. */
export function readChoice({
  modules = [],
  variables = [],
  nodes = [],
  sensors = [],
  ...chosen
}: Chosen): SharedChoice {
  const node = combineNodeFilters(nodes, sensors);
  const filters: NameFilters = { module: modules, variable: variables, node };
  const { limit = readFormat(chosen) === 'table' ? TABLE_ROWS : null, all = false } = chosen;
  return { filters, nodes: node, limit: all ? null : limit };
}

/** The format that was asked for: a table for people, if none was. */
export function readFormat(chosen: object): Format {
  return FORMATS.find((format) => (chosen as { readonly [Name in Format]?: unknown })[format]) ?? 'table';
}

/** @throws ExpectedError for what can be read only once, where it is read again and again */
export function refuseStandardInput(paths: readonly string[]): void {
  if (paths.includes('-')) throw conflictingOptions('standard input can be read only once', 'Give files or folders');
}

function parseLimit(text: string): number {
  if (!/^\d{1,15}$/.test(text) || Number(text) === 0) throw new InvalidArgumentError('Give a whole number from 1.');
  return Number(text);
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

export const PACKAGE_WORDS = {
  words: declareArgument('[packages...]', 'folders of packages, scripts, or names of packages that zkg has installed'),
};

export const ZEEK = {
  zeek: declareOption('--zeek <path>', 'the Zeek to run, or docker:IMAGE or podman:IMAGE (default: zeek on PATH)'),
};

/** A trace by its name, compressed or not: no package is called so. */
const TRACE = /\.(pcap|pcapng|cap)(\.(gz|zst|bz2|xz|lz4))?$/i;

/**
 * Tells traces from packages among the words that stand alone: a shell puts a list in the place of `--pcap *.pcap`, of
 * which the option takes only the first.
 */
export function readPackageWords(typed: {
  readonly words: readonly string[];
  readonly traces: readonly string[] | undefined;
}): { readonly packages: readonly string[]; readonly traces: readonly string[] } {
  const isTrace = (word: string) => TRACE.test(word);
  const { words, traces = [] } = typed;
  return { packages: words.filter((word) => !isTrace(word)), traces: [...traces, ...words.filter(isTrace)] };
}
