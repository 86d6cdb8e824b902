/**
 * What the use cases take. All of it may be left out, but what they cannot guess; undefined and null are left out, too.
 */

import type { DiffDivisor } from '../../model/answers/diff.ts';
import type { GrowthPivot } from '../../model/answers/growth.ts';
import type { SizeUnit, TopPivot, TopSort } from '../../model/answers/top.ts';
import { type NameFilter, type NameFilters, NO_FILTERS, parseNameFilter } from '../../model/name-filter.ts';
import type { ProgressListener } from '../../model/progress.ts';

type Maybe<Value> = Value | null | undefined;

/** Names, globs or regular expressions between slashes, see `parseNameFilter`: any of them may match; none matches all. */
type Names = readonly (string | NameFilter)[];

/** Where the rows come from. */
export interface SourceOptions {
  /** Logs, folders of logs, globs, or `-` for standard input; none for the logs of this machine, where they usually are. */
  readonly paths?: readonly string[] | undefined;
  /** Makes the first row that cannot be read an error. */
  readonly strict?: boolean | undefined;
  /** Keeps what is found in logs that do not change any more below `XDG_CACHE_HOME`, and answers from it. */
  readonly cache?: boolean | undefined;
  /** The column that says which sensor a row is of, instead of those that are usual. */
  readonly sensorColumn?: Maybe<string>;
  readonly onProgress?: ProgressListener | undefined;
}

/** Which variables on which nodes. */
interface ChoiceOptions {
  readonly filters?: { readonly [Field in keyof NameFilters]?: Names | undefined } | undefined;
  readonly packages?: Names | undefined;
}

interface NodeOptions {
  readonly nodes?: Names | undefined;
}

/** Times as `parseTime` takes them, such as `2026-11-24T03:50` or `-2h` before the end of the logs. */
interface SpanOptions {
  readonly since?: Maybe<string>;
  readonly until?: Maybe<string>;
}

interface MomentOptions {
  /** A time as `parseTime` takes it, instead of the newest there is. */
  readonly at?: Maybe<string>;
}

interface ScriptOptions {
  /** Folders of scripts that the nodes run: they tell packages, their versions, declared expiry, and lines. */
  readonly scripts?: readonly string[] | undefined;
}

interface LimitOptions {
  /** Rows a section shows at most, instead of all. */
  readonly limit?: Maybe<number>;
}

interface GroupOptions {
  /** `module` if nobody says. */
  readonly by?: TopPivot | undefined;
  /** Bytes if nobody says, or what the log counts where no log says what the variables' types are. */
  readonly unit?: Maybe<SizeUnit>;
  /** Size (or last) if nobody says. Names sort ascending, all else descending. */
  readonly sort?: Maybe<TopSort>;
}

/** `at` excludes the other two times. */
export interface TopOptions
  extends SourceOptions,
    ChoiceOptions,
    GroupOptions,
    ScriptOptions,
    MomentOptions,
    SpanOptions,
    LimitOptions {
  /** Judges growth of a snapshot however much there is to read, or never; if nobody says, where that is little. */
  readonly growth?: Maybe<boolean>;
}

/** Logs tell what the answers do not. */
export interface AskOptions extends SourceOptions, ChoiceOptions, GroupOptions, ScriptOptions, LimitOptions {
  /** `HOST:PORT`, or a whole address; `127.0.0.1:27759` if nobody says, which zeekctl and Zeek preset. */
  readonly url?: string | undefined;
  /** The name of the node to ask, instead of all. */
  readonly node?: Maybe<string>;
  /** Which sensor the cluster is, where the logs are of several. */
  readonly sensor?: Maybe<string>;
  /** Seconds to wait for answers; 10 if nobody says. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface WatchOptions extends Omit<SourceOptions, 'onProgress'>, ChoiceOptions {
  /** Seconds that history goes back; none if nobody says. */
  readonly window?: number | undefined;
}

export interface GrowthOptions extends SourceOptions, Pick<ChoiceOptions, 'filters'>, SpanOptions, LimitOptions {
  /** `variable` if nobody says. */
  readonly by?: GrowthPivot | undefined;
  /** Bytes a process may have. */
  readonly memory?: Maybe<number>;
}

/** Which two things are compared: paths, times and nodes as the user wrote them. */
export type DiffSides =
  | { readonly kind: 'times'; readonly before: string; readonly after: string }
  | { readonly kind: 'logs'; readonly before: string; readonly after: string }
  | { readonly kind: 'nodes'; readonly before: string; readonly after: string; readonly at: string | null }
  | { readonly kind: 'boots'; readonly node: string };

/** `paths` are of both sides; for two logs they are not used. */
export interface DiffOptions extends SourceOptions, ChoiceOptions, Omit<GroupOptions, 'sort'>, LimitOptions {
  readonly sides: DiffSides;
  readonly per?: Maybe<DiffDivisor>;
}

export interface CheckOptions extends SourceOptions, NodeOptions, ScriptOptions, MomentOptions {
  /** The budget file, instead of `my-stats.json` or `package.json` in the working directory. */
  readonly budget?: Maybe<string>;
  /** Compares with the sizes of now instead of the baseline. */
  readonly update?: boolean | undefined;
}

export interface RunsOptions extends SourceOptions, NodeOptions {}

export interface ConnectionsOptions extends SourceOptions, NodeOptions, LimitOptions {
  readonly fields?: Names | undefined;
}

export interface DoctorOptions extends SourceOptions, NodeOptions, ScriptOptions, SpanOptions {
  /** Bytes a process may have, where the logs do not say or are wrong. */
  readonly memory?: Maybe<number>;
}

/** What `estimate` takes: no logs, but what a log would say. */
export interface EstimateOptions {
  /** A type in Zeek's words, such as `table[addr] of set[string]`. */
  readonly type: string;
  /** Elements of a table, set or vector. */
  readonly entries?: Maybe<number>;
  /** Zeek's count of objects, as `val_footprint()` gives it. */
  readonly footprint?: Maybe<number>;
  /** The length of a string, or of a pattern's text. */
  readonly characters?: Maybe<number>;
  /** The text of a pattern, as it stands between the slashes, of which states are counted. */
  readonly patternText?: Maybe<string>;
  /** The most elements it ever had, if that is more than it has now. */
  readonly peakEntries?: Maybe<number>;
  /** Such as `8.0`; any if nobody says. */
  readonly zeekVersion?: Maybe<string>;
  /** Texts of Zeek scripts that declare the types it names. */
  readonly scripts?: readonly string[] | undefined;
}

/** What `measure` takes, which fills a container in a real Zeek. */
export interface MeasureOptions extends Pick<EstimateOptions, 'type' | 'entries' | 'peakEntries' | 'footprint'> {
  /** A path, `docker:IMAGE` or `podman:IMAGE`, instead of `zeek` on PATH. */
  readonly zeek?: Maybe<string>;
  /** Scripts that declare the types it names. */
  readonly scripts?: readonly { readonly path: string; readonly text: string }[] | undefined;
  /** Of strings, and of containers inside; 15 and 4 if nobody says. */
  readonly shape?: { readonly stringLength: number; readonly innerEntries: number } | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface SqlOptions extends SourceOptions, NodeOptions {
  readonly query: string;
  /** Lets the query read and write files, load extensions and change settings. */
  readonly allowFiles?: boolean | undefined;
}

export interface InventoryOptions extends SourceOptions, ChoiceOptions, MomentOptions {}

/** Formats in which every logged row can be written. */
type RowFormat = 'csv' | 'parquet';

/** `at`, the snapshot only, excludes a span. */
export interface RowsOptions extends InventoryOptions, SpanOptions {
  readonly format: RowFormat;
  /** How names are written, for formats that are read by people and spreadsheets. */
  readonly nameText: (name: string) => string;
}

export interface ExplainOptions extends SourceOptions, NodeOptions, ScriptOptions, SpanOptions {
  /** With its module. Sizes are those of the last run up to `until`, the history is that of the span. */
  readonly variable: string;
}

/** What is always a name filter once it is read. */
interface ReadFilters {
  readonly filters: NameFilters;
  readonly packages: readonly NameFilter[];
  readonly nodes: readonly NameFilter[];
  readonly fields: readonly NameFilter[];
}

type Passed = 'onProgress' | 'signal';

/** Options with all that was left out. */
export type Complete<Options> = {
  readonly [Name in Exclude<keyof Options, Passed>]-?: Name extends keyof ReadFilters
    ? ReadFilters[Name]
    : Exclude<Options[Name], undefined>;
} & Pick<Options, Extract<keyof Options, Passed>>;

/** What to take for an option that was left out. */
const PRESETS = {
  paths: [],
  strict: false,
  cache: false,
  sensorColumn: null,
  filters: NO_FILTERS,
  packages: [],
  nodes: [],
  fields: [],
  scripts: [],
  at: null,
  since: null,
  until: null,
  limit: null,
  unit: null,
  sort: null,
  per: null,
  memory: null,
  node: null,
  sensor: null,
  budget: null,
  update: false,
  allowFiles: false,
  growth: null,
} as const satisfies ReadFilters & Record<string, unknown>;

/**
 * @param presets for the options that are this use case's own
 * @throws ExpectedError for a regular expression that cannot be used
 */
export function completeOptions<Options extends SourceOptions>(
  given: Options,
  presets: Omit<Complete<Options>, keyof typeof PRESETS>,
): Complete<Options> {
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => (value ?? null) !== null));
  const { filters, packages, nodes, fields, ...all } = { ...PRESETS, ...presets, ...known };
  return {
    ...all,
    filters: {
      module: readNames(filters.module),
      variable: readNames(filters.variable),
      node: readNames(filters.node),
    },
    packages: readNames(packages),
    nodes: readNames(nodes),
    fields: readNames(fields),
  } as unknown as Complete<Options>;
}

function readNames(names: Names = []): readonly NameFilter[] {
  return names.map((name) => (typeof name === 'string' ? parseNameFilter(name) : name));
}
