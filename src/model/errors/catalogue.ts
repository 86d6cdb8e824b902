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

/** What is wrong, where, and what the user can do. */
interface Complaint extends ErrorPlace {
  readonly what: string;
  readonly cure: string;
}

/**
 * An error that is told in the same words wherever it occurs. The mark lets the build leave out those that a bundle, such
 * as the page's program, never tells.
 *
 * @param code stable, for programs
 */
/* @__NO_SIDE_EFFECTS__ */
export function defineError<Facts extends readonly unknown[]>(
  code: string,
  describe: (...facts: Facts) => Complaint,
): (...facts: Facts) => ExpectedError {
  return (...facts) => {
    const { what, cure, ...place } = describe(...facts);
    return new ExpectedError(code, place, what, cure);
  };
}

const LOGS = 'Give a log, a folder of logs such as /opt/zeek/logs/current, or - for standard input';

export const missingPath = defineError('missing-path', (file: string) => ({
  file,
  what: 'no such file or folder',
  cure: 'Check the path',
}));

export const notAFolder = defineError('not-a-folder', (file: string) => ({
  file,
  what: 'is no folder',
  cure: 'Give the folder that the files are in',
}));

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
export const noPaths = defineError('no-logs-given', (unreadable: readonly string[]) => {
  const hidden = unreadable.length === 0 ? '' : `; ${unreadable.join(' and ')} cannot be looked at`;
  return {
    what: `no logs given, and none found in this folder or where zeekctl, Security Onion, Malcolm and distributions keep them${hidden}`,
    cure: `${LOGS}, or set MY_STATS_LOGS`,
  };
});

export const noTerminal = defineError('no-terminal', () => ({
  what: 'watch needs a terminal, for its keys and its screen',
  cure: 'Without one, use top, or top --since -10m',
}));

export const nothingMatches = defineError('no-match', (pattern: string) => ({
  file: pattern,
  what: 'matches no file',
  cure: 'Check the pattern',
}));

/** @param folder null for all that was given */
export const noSuchLog = defineError('no-such-log', (folder: string | null, wanted: readonly string[]) => ({
  ...(folder === null ? {} : { file: folder }),
  what: `no ${wanted.join(' or ')} found`,
  cure: 'Check that the my_stats package is loaded on the nodes and that this is where its logs are',
}));

export const noSensorColumn = defineError('no-sensor-column', (column: string) => ({
  what: `no log has the column ${column}`,
  cure: 'Give the name of the column that says which sensor a row is of, or leave `sensorColumn` out',
}));

/** The code of an error that passes with the next measurement. */
export const JUST_ROTATED = 'just-rotated';

/** @param newest the folder with the last of them, `parent` the one with all */
export const justRotated = defineError(
  JUST_ROTATED,
  (folder: string, names: readonly string[], newest: string, parent: string) => ({
    file: folder,
    what: `no ${names.join(' or ')} was written here since the last rotation; those before are in ${newest}`,
    cure: `Give ${parent} to have all, or wait for the next measurement`,
  }),
);

export const logsElsewhere = defineError(
  'no-such-log',
  (folder: string, names: readonly string[], found: readonly string[]) => {
    const places = found.join(' and ');
    return {
      file: folder,
      what: `no ${names.join(' or ')} found; there is one in ${places}`,
      cure: `Give ${places} instead`,
    };
  },
);

export const emptyLog = defineError('empty-log', (file: string) => ({
  file,
  what: 'holds no rows yet',
  cure: 'Wait for the first measurement, 10 s after Zeek starts',
}));

export const noRunAt = defineError('no-run-at', (time: string, first: string, last: string) => ({
  what: `no run at ${time}; the logs hold ${first} to ${last}`,
  cure: 'Choose a time within them',
}));

/**
 * @param close names that may have been meant
 * @param isElsewhere whether the names as such are there
 */
export const nothingSelected = defineError(
  'nothing-selected',
  (what: string, close: readonly string[] = [], isElsewhere = false) => ({
    what: `nothing matches ${what}`,
    cure:
      close.length > 0
        ? `Names close to it: ${[...new Set(close)].join(', ')}`
        : isElsewhere
          ? 'These names are in the logs, but not together, or not at the time asked for'
          : 'Run it without the filter to see the names there are',
  }),
);

/** @param skipped rows of the logs that could not be read, and the first of them */
export const noMeasurement = defineError('no-measurement', (skipped: number, first: string | null) => {
  const why =
    skipped === 0
      ? ''
      : `: ${skipped === 1 ? '1 row' : `${skipped} rows`} could not be read${first === null ? '' : ` (${first})`}`;
  return {
    what: `no row of these logs tells of a measurement${why}`,
    cure: 'Give my_stats_node.log, or a cluster.log of nodes that load my_stats, as Zeek wrote it',
  };
});

/** @param close names like it, the closest first */
export const noSuchVariable = defineError('no-such-variable', (variable: string, close: readonly string[]) => ({
  what: `no variable ${variable} in these logs`,
  cure:
    close.length > 0
      ? `Names close to it: ${close.join(', ')}`
      : 'List the names there are: my-stats top --by variable --all LOGS',
}));

/** @param kind null where it does not say */
export const otherKindOfLog = defineError(
  'other-kind-of-log',
  (file: string, kind: string | null, wanted: readonly string[]) => ({
    file,
    what: kind === null ? `holds no rows of ${wanted.join(' or ')}` : `is a ${kind} log, not ${wanted.join(' or ')}`,
    cure: `Give ${wanted.join(' or ')} instead`,
  }),
);

export const notALog = defineError('not-a-log', (file: string, line: number) => ({
  file,
  line,
  what: 'is neither a Zeek log in TSV (no #fields header) nor JSON',
  cure: 'Give a log as Zeek wrote it',
}));

/** @param more rows that cannot be read either */
export const noReadableRow = defineError(
  'no-readable-row',
  (file: string, line: number, reason: string, more: number) => {
    const others = more === 0 ? '' : `, nor ${more === 1 ? 'the other one' : `the ${more} others`}`;
    return { file, line, what: `this row cannot be read (${reason})${others}`, cure: 'Give the log as Zeek wrote it' };
  },
);

/** The code of an error about a file that holds no log as it is. */
export const FOREIGN_FILE = 'foreign-file';

export const foreignFile = defineError(FOREIGN_FILE, (file: string, what: string, cure: string) => ({
  file,
  what,
  cure,
}));

export const cutOffBeforeRows = defineError('cut-off-before-rows', (file: string, reason: string) => ({
  file,
  what: `ends before its first row (${reason})`,
  cure: 'Copy it again, or leave it out; if it is still being compressed, wait until it is complete',
}));

export const systemLimit = defineError(LIMIT_REACHED, (what: string, cure: string) => ({ what, cure }));

export const missingColumns = defineError(
  'missing-columns',
  (file: string, line: number, kind: string, columns: readonly string[]) => ({
    file,
    line,
    what: `a ${kind} log without the column${columns.length > 1 ? 's' : ''} ${columns.join(', ')}`,
    cure: 'Give a log with them; a log filter of the site may have removed them',
  }),
);

export const columnType = defineError(
  'column-type',
  (file: string, line: number, column: string, type: string, expected: readonly string[]) => ({
    file,
    line,
    what: `column ${column} is declared as ${type}, where other logs and this program have ${expected.join(' or ')}`,
    cure: 'Leave this file out, or find out which log filter of the site changes the type',
  }),
);

export const badHeader = defineError('bad-header', (file: string, line: number, what: string) => ({
  file,
  line,
  what,
  cure: 'Give the log as Zeek wrote it',
}));

export const corruptCompression = defineError(
  'corrupt-compression',
  (file: string, format: string, reason: string) => ({
    file,
    what: `cannot be decompressed as ${format} (${reason})`,
    cure: 'Copy it again, or leave it out; if it is still being written, wait until it is complete',
  }),
);

export const missingDuckdb = defineError('no-duckdb', () => ({
  what: 'sql needs DuckDB, which is not installed beside my-stats',
  cure: 'In the folder of my-stats: npm install @duckdb/node-api',
}));

export const missingDecompressor = defineError(
  'missing-decompressor',
  (file: string, program: string, debianPackage: string) => ({
    file,
    what: `is compressed with ${program}, and there is no program ${program} on the PATH`,
    cure: `Install ${program} (Debian: ${debianPackage}), or compress the log with gzip or zstd`,
  }),
);

export const expandsTooMuch = defineError('expands-too-much', (file: string, most: number) => ({
  file,
  what: `becomes more than ${most} times as long when decompressed, which no log does`,
  cure: 'Leave it out; if it is a log all the same, decompress it first',
}));

export const skippedRow = defineError('skipped-row', (file: string, line: number | null, reason: string) => ({
  ...(line === null ? { file } : { file, line }),
  what: reason,
  cure: 'Mend or remove the row, or leave out `strict` to skip and count such rows',
}));

export const noScripts = defineError('no-scripts', (folder: string) => ({
  file: folder,
  what: 'holds neither Zeek scripts nor packages of zkg',
  cure: 'Give an installation such as /opt/zeek, a folder of scripts, or the clone of a package',
}));

export const invalidRegex = defineError('invalid-regex', (text: string, reason: string) => ({
  what: `${text} is not a regular expression this program can use (${reason})`,
  cure: 'Check the expression, or use a glob such as HTTP*',
}));

export const invalidTime = defineError('invalid-time', (text: string) => ({
  what: `"${text}" is not a time`,
  cure: 'Write it as 2026-11-24T03:50 (UTC), 2026-11-24T03:50+01:00, seconds since 1970, or -2h before the end of the logs',
}));

export const noSuchNode = defineError('no-such-node', (node: string) => ({
  what: `there is no run of ${node} here`,
  cure: 'See the names there are with: my-stats top --by node LOGS',
}));

export const oneBootOnly = defineError('one-boot-only', (node: string) => ({
  what: `${node} has one boot only in these logs`,
  cure: 'Give logs from before and after its restart',
}));

export const noConnections = defineError('no-connections', (side: string) => ({
  what: `no log says how many connections were live (${side})`,
  cure: 'Give the my_stats_node.log of these runs as well, or leave out `per`',
}));

export const noLiveConnections = defineError('no-live-connections', (side: string) => ({
  what: `no connection was live (${side}), so nothing can be divided by their number`,
  cure: 'Choose another time or other nodes, or leave out `per`',
}));

export const badBudgets = defineError('bad-budgets', (file: string, line: number, what: string) => ({
  file,
  line,
  what,
  cure: 'Budgets are described in docs/commands/check.md',
}));

export const badBaseline = defineError('bad-baseline', (file: string, line: number, what: string) => ({
  file,
  line,
  what,
  cure: 'Restore it, or write a new one with `update`',
}));

export const noBudgets = defineError('no-budgets', (files: readonly string[]) => ({
  what: `no budgets found in ${files.join(' or ')}`,
  cure: 'Name the file with `budget`; docs/commands/check.md says what is in it',
}));

export const invalidSize = defineError('invalid-size', (text: string) => ({
  what: `"${text}" is not a size in bytes`,
  cure: 'Write it as 8G, 512 MB or 1.5GiB',
}));

export const conflictingOptions = defineError('conflicting-options', (what: string, cure: string) => ({ what, cure }));

export const badSql = defineError('bad-sql', (reason: string) => ({
  what: `the query failed: ${reason}`,
  cure: 'Tables and columns are listed by: my-stats sql --help',
}));

export const sqlReachesOut = defineError('sql-reaches-out', (reason: string) => ({
  what: `the query would reach out of the logs: ${reason}`,
  cure: 'Add `allowFiles` if you know the query and want it to read or write files',
}));

export const diskFull = defineError('disk-full', (file: string) => ({
  file,
  what: 'there is no room left on the disk',
  cure: 'Free some, or name another disk: for what is written by -o, for temporary files by TMPDIR',
}));

export const cannotWrite = defineError('cannot-write', (file: string, reason: string) => ({
  file,
  what: `cannot be written (${reason})`,
  cure: 'Check the folder and its permissions',
}));

export const wouldOverwrite = defineError('would-overwrite', (file: string) => ({
  file,
  what: 'is an input or a log, and is not written over',
  cure: 'Name another file with -o',
}));

export const binaryOnTerminal = defineError('binary-on-terminal', (format: string) => ({
  what: `${format} is no text, and is not printed on a terminal`,
  cure: 'Name a file with -o, or redirect the output',
}));

/** @param close what may have been meant */
export const notAType = defineError('not-a-type', (text: string, close: readonly string[] = []) => {
  const shown = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return {
    what: `"${shown}" is not a type of Zeek`,
    cure:
      close.length > 0
        ? `Close to it: ${close.join(', ')}`
        : "Write it as Zeek does, such as 'table[addr] of set[string]', in quotes",
  };
});

export const noPattern = defineError('conflicting-options', (type: string) => {
  const shown = type.length > 60 ? `${type.slice(0, 59)}…` : type;
  return { what: `\`patternText\` is of patterns, and ${shown} is none`, cure: 'Leave `patternText` out' };
});

export const estimateNeeds = defineError('estimate-needs', (type: string, option: string, what: string) => {
  const shown = type.length > 60 ? `${type.slice(0, 59)}…` : type;
  return { what: `${shown} can be of any size`, cure: `Say ${what} with ${option}` };
});

export const noSuchFinding = defineError('no-such-finding', (number: number, findings: number) => {
  const what = findings === 0 ? 'nothing was found' : `there are ${findings}`;
  return { what: `no finding has the number ${number}: ${what}`, cure: 'Without a number all are shown' };
});

export const pathForVariable = defineError('path-for-variable', (path: string) => ({
  what: `${path} stands where the name of a variable should`,
  cure: `Name one before it; these are there: my-stats top --by variable ${path}`,
}));
