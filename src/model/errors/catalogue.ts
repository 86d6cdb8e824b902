/**
 * The catalogue of expected errors: each says what is wrong, in which file and line, and what to do about it.
 *
 * All of them end the program with exit code 2 and one line on standard error, never with a stack trace. Anything
 * that is not in here is a defect of ours.
 */

export interface ErrorPlace {
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
}

export class ExpectedError extends Error {
  /** Stable, for programs: `missing-path`, `corrupt-gzip`, … */
  readonly code: string;
  readonly place: ErrorPlace;
  /** What the user can do. */
  readonly cure: string;

  constructor(code: string, place: ErrorPlace, what: string, cure: string) {
    super(what);
    this.name = 'ExpectedError';
    this.code = code;
    this.place = place;
    this.cure = cure;
  }

  /** `FILE:LINE: what is wrong` */
  get complaint(): string {
    const { file, line } = this.place;
    const where = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
    return where + this.message;
  }

  /** `FILE:LINE: what is wrong. What to do.` */
  get oneLine(): string {
    return `${this.complaint}. ${this.cure}.`;
  }
}

const LOGS = 'Give a log, a folder of logs such as /opt/zeek/logs/current, or - for standard input';

export function missingPath(file: string): ExpectedError {
  return new ExpectedError('missing-path', { file }, 'no such file or folder', 'Check the path');
}

export function notAFolder(file: string): ExpectedError {
  return new ExpectedError('not-a-folder', { file }, 'is no folder', 'Give the folder that the files are in');
}

/** The code of errors that the next file would meet as well. */
export const LIMIT_REACHED = 'system-limit';

/** What the system says most, in words, and what helps. */
const SYSTEM_REASONS: Readonly<Record<string, readonly [what: string, cure: string, code?: string]>> = {
  ENOENT: ['it is gone, or a link to nothing', 'Check the path'],
  ELOOP: ['its links lead in a circle', 'Mend or remove the link'],
  EMFILE: ['this process may open no more files', 'Raise the limit: ulimit -n 1024', LIMIT_REACHED],
  ENFILE: ['the system can open no more files', 'Try again when fewer are open', LIMIT_REACHED],
  EISDIR: ['it is a folder', 'Give a file in it'],
  ENXIO: ['it is a pipe, a socket or a device', LOGS],
};

/** @param reason the system's code, or words */
export function unreadablePath(file: string, reason: string): ExpectedError {
  const [what, cure, code = 'unreadable-path'] = SYSTEM_REASONS[reason] ?? [reason, 'Check its permissions'];
  return new ExpectedError(code, { file }, `cannot be read (${what})`, cure);
}

/** @param unreadable usual places at which logs may be, but nobody here may look */
export function noPaths(unreadable: readonly string[]): ExpectedError {
  const hidden = unreadable.length === 0 ? '' : `; ${unreadable.join(' and ')} cannot be looked at`;
  return new ExpectedError(
    'no-logs-given',
    {},
    `no logs given, and none found in this folder or where zeekctl, Security Onion, Malcolm and distributions keep them${hidden}`,
    `${LOGS}, or set MY_STATS_LOGS`,
  );
}

export function noTerminal(): ExpectedError {
  return new ExpectedError(
    'no-terminal',
    {},
    'watch needs a terminal, for its keys and its screen',
    'Without one, use top, or top --since -10m',
  );
}

export function nothingMatches(pattern: string): ExpectedError {
  return new ExpectedError('no-match', { file: pattern }, 'matches no file', 'Check the pattern');
}

/** @param folder null for all that was given */
export function noSuchLog(folder: string | null, wanted: readonly string[]): ExpectedError {
  return new ExpectedError(
    'no-such-log',
    folder === null ? {} : { file: folder },
    `no ${wanted.join(' or ')} found`,
    'Check that the my_stats package is loaded on the nodes and that this is where its logs are',
  );
}

export function noSensorColumn(column: string): ExpectedError {
  return new ExpectedError(
    'no-sensor-column',
    {},
    `no log has the column ${column}`,
    'Give the name of the column that says which sensor a row is of, or leave `sensorColumn` out',
  );
}

/** The code of an error that passes with the next measurement. */
export const JUST_ROTATED = 'just-rotated';

/** @param newest the folder with the last of them, `parent` the one with all */
export function justRotated(folder: string, names: readonly string[], newest: string, parent: string): ExpectedError {
  return new ExpectedError(
    JUST_ROTATED,
    { file: folder },
    `no ${names.join(' or ')} was written here since the last rotation; those before are in ${newest}`,
    `Give ${parent} to have all, or wait for the next measurement`,
  );
}

export function logsElsewhere(folder: string, names: readonly string[], found: readonly string[]): ExpectedError {
  const places = found.join(' and ');
  return new ExpectedError(
    'no-such-log',
    { file: folder },
    `no ${names.join(' or ')} found; there is one in ${places}`,
    `Give ${places} instead`,
  );
}

export function emptyLog(file: string): ExpectedError {
  return new ExpectedError(
    'empty-log',
    { file },
    'holds no rows yet',
    'Wait for the first measurement, 10 s after Zeek starts',
  );
}

export function noRunAt(time: string, first: string, last: string): ExpectedError {
  return new ExpectedError(
    'no-run-at',
    {},
    `no run at ${time}; the logs hold ${first} to ${last}`,
    'Choose a time within them',
  );
}

/**
 * @param close names that may have been meant
 * @param isElsewhere whether the names as such are there
 */
export function nothingSelected(what: string, close: readonly string[] = [], isElsewhere = false): ExpectedError {
  return new ExpectedError(
    'nothing-selected',
    {},
    `nothing matches ${what}`,
    close.length > 0
      ? `Names close to it: ${[...new Set(close)].join(', ')}`
      : isElsewhere
        ? 'These names are in the logs, but not together, or not at the time asked for'
        : 'Run it without the filter to see the names there are',
  );
}

/** @param skipped rows of the logs that could not be read, and the first of them */
export function noMeasurement(skipped: number, first: string | null): ExpectedError {
  const why =
    skipped === 0
      ? ''
      : `: ${skipped === 1 ? '1 row' : `${skipped} rows`} could not be read${first === null ? '' : ` (${first})`}`;
  return new ExpectedError(
    'no-measurement',
    {},
    `no row of these logs tells of a measurement${why}`,
    'Give my_stats_node.log, or a cluster.log of nodes that load my_stats, as Zeek wrote it',
  );
}

/** @param close names like it, the closest first */
export function noSuchVariable(variable: string, close: readonly string[]): ExpectedError {
  return new ExpectedError(
    'no-such-variable',
    {},
    `no variable ${variable} in these logs`,
    close.length > 0
      ? `Names close to it: ${close.join(', ')}`
      : 'List the names there are: my-stats top --by variable --all LOGS',
  );
}

/** @param kind null where it does not say */
export function otherKindOfLog(file: string, kind: string | null, wanted: readonly string[]): ExpectedError {
  return new ExpectedError(
    'other-kind-of-log',
    { file },
    kind === null ? `holds no rows of ${wanted.join(' or ')}` : `is a ${kind} log, not ${wanted.join(' or ')}`,
    `Give ${wanted.join(' or ')} instead`,
  );
}

export function notALog(file: string, line: number): ExpectedError {
  return new ExpectedError(
    'not-a-log',
    { file, line },
    'is neither a Zeek log in TSV (no #fields header) nor JSON',
    'Give a log as Zeek wrote it',
  );
}

/** @param more rows that cannot be read either */
export function noReadableRow(file: string, line: number, reason: string, more: number): ExpectedError {
  const others = more === 0 ? '' : `, nor ${more === 1 ? 'the other one' : `the ${more} others`}`;
  return new ExpectedError(
    'no-readable-row',
    { file, line },
    `this row cannot be read (${reason})${others}`,
    'Give the log as Zeek wrote it',
  );
}

/** The code of an error about a file that holds no log as it is. */
export const FOREIGN_FILE = 'foreign-file';

export function foreignFile(file: string, what: string, cure: string): ExpectedError {
  return new ExpectedError(FOREIGN_FILE, { file }, what, cure);
}

export function cutOffBeforeRows(file: string, reason: string): ExpectedError {
  return new ExpectedError(
    'cut-off-before-rows',
    { file },
    `ends before its first row (${reason})`,
    'Copy it again, or leave it out; if it is still being compressed, wait until it is complete',
  );
}

export function systemLimit(what: string, cure: string): ExpectedError {
  return new ExpectedError(LIMIT_REACHED, {}, what, cure);
}

export function missingColumns(file: string, line: number, kind: string, columns: readonly string[]): ExpectedError {
  return new ExpectedError(
    'missing-columns',
    { file, line },
    `a ${kind} log without the column${columns.length > 1 ? 's' : ''} ${columns.join(', ')}`,
    'Give a log with them; a log filter of the site may have removed them',
  );
}

export function columnType(
  file: string,
  line: number,
  column: string,
  type: string,
  expected: readonly string[],
): ExpectedError {
  return new ExpectedError(
    'column-type',
    { file, line },
    `column ${column} is declared as ${type}, where other logs and this program have ${expected.join(' or ')}`,
    'Leave this file out, or find out which log filter of the site changes the type',
  );
}

export function badHeader(file: string, line: number, what: string): ExpectedError {
  return new ExpectedError('bad-header', { file, line }, what, 'Give the log as Zeek wrote it');
}

export function corruptCompression(file: string, format: string, reason: string): ExpectedError {
  return new ExpectedError(
    'corrupt-compression',
    { file },
    `cannot be decompressed as ${format} (${reason})`,
    'Copy it again, or leave it out; if it is still being written, wait until it is complete',
  );
}

export function missingDuckdb(): ExpectedError {
  return new ExpectedError(
    'no-duckdb',
    {},
    'sql needs DuckDB, which is not installed beside my-stats',
    'In the folder of my-stats: npm install @duckdb/node-api',
  );
}

export function missingDecompressor(file: string, program: string, debianPackage: string): ExpectedError {
  return new ExpectedError(
    'missing-decompressor',
    { file },
    `is compressed with ${program}, and there is no program ${program} on the PATH`,
    `Install ${program} (Debian: ${debianPackage}), or compress the log with gzip or zstd`,
  );
}

export function expandsTooMuch(file: string, most: number): ExpectedError {
  return new ExpectedError(
    'expands-too-much',
    { file },
    `becomes more than ${most} times as long when decompressed, which no log does`,
    'Leave it out; if it is a log all the same, decompress it first',
  );
}

export function skippedRow(file: string, line: number | null, reason: string): ExpectedError {
  return new ExpectedError(
    'skipped-row',
    line === null ? { file } : { file, line },
    reason,
    'Mend or remove the row, or leave out `strict` to skip and count such rows',
  );
}

export function noScripts(folder: string): ExpectedError {
  return new ExpectedError(
    'no-scripts',
    { file: folder },
    'holds neither Zeek scripts nor packages of zkg',
    'Give an installation such as /opt/zeek, a folder of scripts, or the clone of a package',
  );
}

export function invalidRegex(text: string, reason: string): ExpectedError {
  return new ExpectedError(
    'invalid-regex',
    {},
    `${text} is not a regular expression this program can use (${reason})`,
    'Check the expression, or use a glob such as HTTP*',
  );
}

export function invalidTime(text: string): ExpectedError {
  return new ExpectedError(
    'invalid-time',
    {},
    `"${text}" is not a time`,
    'Write it as 2026-11-24T03:50 (UTC), 2026-11-24T03:50+01:00, seconds since 1970, or -2h before the end of the logs',
  );
}

export function noSuchNode(node: string): ExpectedError {
  return new ExpectedError(
    'no-such-node',
    {},
    `there is no run of ${node} here`,
    'See the names there are with: my-stats top --by node LOGS',
  );
}

export function oneBootOnly(node: string): ExpectedError {
  return new ExpectedError(
    'one-boot-only',
    {},
    `${node} has one boot only in these logs`,
    'Give logs from before and after its restart',
  );
}

export function noConnections(side: string): ExpectedError {
  return new ExpectedError(
    'no-connections',
    {},
    `no log says how many connections were live (${side})`,
    'Give the my_stats_node.log of these runs as well, or leave out `per`',
  );
}

export function noLiveConnections(side: string): ExpectedError {
  return new ExpectedError(
    'no-live-connections',
    {},
    `no connection was live (${side}), so nothing can be divided by their number`,
    'Choose another time or other nodes, or leave out `per`',
  );
}

export function badBudgets(file: string, line: number, what: string): ExpectedError {
  return new ExpectedError('bad-budgets', { file, line }, what, 'Budgets are described in docs/commands/check.md');
}

export function badBaseline(file: string, line: number, what: string): ExpectedError {
  return new ExpectedError('bad-baseline', { file, line }, what, 'Restore it, or write a new one with `update`');
}

export function noBudgets(files: readonly string[]): ExpectedError {
  return new ExpectedError(
    'no-budgets',
    {},
    `no budgets found in ${files.join(' or ')}`,
    'Name the file with `budget`; docs/commands/check.md says what is in it',
  );
}

export function invalidSize(text: string): ExpectedError {
  return new ExpectedError('invalid-size', {}, `"${text}" is not a size in bytes`, 'Write it as 8G, 512 MB or 1.5GiB');
}

export function conflictingOptions(what: string, cure: string): ExpectedError {
  return new ExpectedError('conflicting-options', {}, what, cure);
}

export function badSql(reason: string): ExpectedError {
  return new ExpectedError(
    'bad-sql',
    {},
    `the query failed: ${reason}`,
    'Tables and columns are listed by: my-stats sql --help',
  );
}

export function sqlReachesOut(reason: string): ExpectedError {
  return new ExpectedError(
    'sql-reaches-out',
    {},
    `the query would reach out of the logs: ${reason}`,
    'Add `allowFiles` if you know the query and want it to read or write files',
  );
}

export function diskFull(file: string): ExpectedError {
  return new ExpectedError(
    'disk-full',
    { file },
    'there is no room left on the disk',
    'Free some, or name another disk: for what is written by -o, for temporary files by TMPDIR',
  );
}

export function cannotWrite(file: string, reason: string): ExpectedError {
  return new ExpectedError(
    'cannot-write',
    { file },
    `cannot be written (${reason})`,
    'Check the folder and its permissions',
  );
}

export function wouldOverwrite(file: string): ExpectedError {
  return new ExpectedError(
    'would-overwrite',
    { file },
    'is an input or a log, and is not written over',
    'Name another file with -o',
  );
}

export function binaryOnTerminal(format: string): ExpectedError {
  return new ExpectedError(
    'binary-on-terminal',
    {},
    `${format} is no text, and is not printed on a terminal`,
    'Name a file with -o, or redirect the output',
  );
}

/** @param close what may have been meant */
export function notAType(text: string, close: readonly string[] = []): ExpectedError {
  const shown = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return new ExpectedError(
    'not-a-type',
    {},
    `"${shown}" is not a type of Zeek`,
    close.length > 0
      ? `Close to it: ${close.join(', ')}`
      : "Write it as Zeek does, such as 'table[addr] of set[string]', in quotes",
  );
}

export function noPattern(type: string): ExpectedError {
  const shown = type.length > 60 ? `${type.slice(0, 59)}…` : type;
  return new ExpectedError(
    'conflicting-options',
    {},
    `\`patternText\` is of patterns, and ${shown} is none`,
    'Leave `patternText` out',
  );
}

export function estimateNeeds(type: string, option: string, what: string): ExpectedError {
  const shown = type.length > 60 ? `${type.slice(0, 59)}…` : type;
  return new ExpectedError('estimate-needs', {}, `${shown} can be of any size`, `Say ${what} with ${option}`);
}

export function noSuchFinding(number: number, findings: number): ExpectedError {
  const what = findings === 0 ? 'nothing was found' : `there are ${findings}`;
  return new ExpectedError(
    'no-such-finding',
    {},
    `no finding has the number ${number}: ${what}`,
    'Without a number all are shown',
  );
}

export function pathForVariable(path: string): ExpectedError {
  return new ExpectedError(
    'path-for-variable',
    {},
    `${path} stands where the name of a variable should`,
    `Name one before it; these are there: my-stats top --by variable ${path}`,
  );
}
