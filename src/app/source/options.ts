/** What the use cases take. */

import type { DiffDivisor } from '../../model/answers/diff.ts';
import type { GrowthPivot } from '../../model/answers/growth.ts';
import type { SizeUnit, TopPivot, TopSort } from '../../model/answers/top.ts';
import type { NameFilter, NameFilters } from '../../model/name-filter.ts';
import type { ProgressListener } from '../../model/progress.ts';

/** Where the rows come from. */
export interface SourceOptions {
  /** Logs, folders of logs, globs, or `-` for standard input; none for the logs of this machine, where they usually are. */
  readonly paths: readonly string[];
  /** Makes the first row that cannot be read an error. */
  readonly strict: boolean;
  /** Keeps what is found in logs that do not change any more below `XDG_CACHE_HOME`, and answers from it; false by default. */
  readonly cache?: boolean;
  /** The column that says which sensor a row is of; null, or nothing, for those that are usual. */
  readonly sensorColumn?: string | null;
  readonly onProgress?: ProgressListener;
}

export interface TopOptions extends SourceOptions {
  readonly by: TopPivot;
  /** Null for bytes, or what the log counts where no log says what the variables' types are. */
  readonly unit: SizeUnit | null;
  readonly filters: NameFilters;
  readonly packages: readonly NameFilter[];
  /** Folders of scripts that the nodes run: they tell the versions of packages. */
  readonly scripts: readonly string[];
  /** As the user wrote them, see `parseTime`; `at` excludes the other two. */
  readonly at: string | null;
  readonly since: string | null;
  readonly until: string | null;
  /** Judges growth of a snapshot however much there is to read; else only where that is little. */
  readonly growth?: boolean | undefined;
  /** Null sorts by size (or last). Names sort ascending, all else descending. */
  readonly sort: TopSort | null;
  /** Rows a section shows at most; null for all. */
  readonly limit: number | null;
}

/** `paths` may be empty: logs tell what the answers do not. */
export interface AskOptions
  extends SourceOptions,
    Pick<TopOptions, 'by' | 'unit' | 'filters' | 'packages' | 'scripts' | 'sort' | 'limit'> {
  /** `HOST:PORT`, or a whole address. */
  readonly url: string;
  /** The name of the node to ask; null for all. */
  readonly node: string | null;
  /** Seconds to wait for answers. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

export interface WatchOptions extends Omit<SourceOptions, 'onProgress'> {
  readonly filters: NameFilters;
  readonly packages: readonly NameFilter[];
  /** Seconds that history goes back; 0 for none. */
  readonly window: number;
}

export interface GrowthOptions extends SourceOptions {
  readonly by: GrowthPivot;
  readonly filters: NameFilters;
  /** As the user wrote them, see `parseTime`. */
  readonly since: string | null;
  readonly until: string | null;
  /** Bytes a process may have; null for no limit. */
  readonly memory: number | null;
  /** Rows a section shows at most; null for all. */
  readonly limit: number | null;
}

/** Which two things are compared: paths, times and nodes as the user wrote them. */
export type DiffSides =
  | { readonly kind: 'times'; readonly before: string; readonly after: string }
  | { readonly kind: 'logs'; readonly before: string; readonly after: string }
  | { readonly kind: 'nodes'; readonly before: string; readonly after: string; readonly at: string | null }
  | { readonly kind: 'boots'; readonly node: string };

/** `paths` are of both sides; for two logs they are not used. */
export interface DiffOptions extends SourceOptions {
  readonly sides: DiffSides;
  readonly by: TopPivot;
  /** Null for bytes, or what the log counts where no log of one side says what the variables' types are. */
  readonly unit: SizeUnit | null;
  readonly per: DiffDivisor | null;
  readonly filters: NameFilters;
  readonly packages: readonly NameFilter[];
  /** Rows a section shows at most; null for all. */
  readonly limit: number | null;
}

export interface CheckOptions extends SourceOptions {
  /** The budget file; null for `my-stats.json` or `package.json` in the working directory. */
  readonly budget: string | null;
  /** As the user wrote it, see `parseTime`; null for the newest there is. */
  readonly at: string | null;
  /** Compares with the sizes of now instead of the baseline. */
  readonly update: boolean;
  /** Folders of scripts that the nodes run: they tell packages, and where variables are declared. */
  readonly scripts: readonly string[];
}

export interface RunsOptions extends SourceOptions {
  readonly nodes: readonly NameFilter[];
}

export interface ConnectionsOptions extends SourceOptions {
  readonly nodes: readonly NameFilter[];
  readonly fields: readonly NameFilter[];
  /** Rows at most; null for all. */
  readonly limit: number | null;
}

export interface DoctorOptions extends SourceOptions {
  /** Folders of scripts that the nodes run: they tell what the logs do not, above all declared expiry. */
  readonly scripts: readonly string[];
  /** Bytes a process may have, where the logs do not say or are wrong. */
  readonly memory?: number | null;
  readonly nodes: readonly NameFilter[];
  /** As the user wrote them, see `parseTime`. */
  readonly since: string | null;
  readonly until: string | null;
}

/** What `estimate` takes: no logs, but what a log would say. */
export interface EstimateOptions {
  /** A type in Zeek's words, such as `table[addr] of set[string]`. */
  readonly type: string;
  /** Elements of a table, set or vector. */
  readonly entries: number | null;
  /** Zeek's count of objects, as `val_footprint()` gives it. */
  readonly footprint: number | null;
  /** The length of a string, or of a pattern's text. */
  readonly characters: number | null;
  /** The text of a pattern, as it stands between the slashes, of which states are counted. */
  readonly patternText?: string | null;
  /** The most elements it ever had; null takes it to be the most it has now. */
  readonly peakEntries: number | null;
  /** Such as `8.0`; null for any. */
  readonly zeekVersion: string | null;
  /** Texts of Zeek scripts that declare the types it names. */
  readonly scripts: readonly string[];
}

/** For `estimate --measure`. */
export interface MeasureOptions extends Pick<EstimateOptions, 'type' | 'entries' | 'peakEntries' | 'footprint'> {
  /** A path, `docker:IMAGE` or `podman:IMAGE`; null for `zeek` on PATH. */
  readonly zeek: string | null;
  /** Scripts that declare the types it names. */
  readonly scripts: readonly { readonly path: string; readonly text: string }[];
  /** Of strings, and of containers inside. */
  readonly shape: { readonly stringLength: number; readonly innerEntries: number };
  readonly signal?: AbortSignal;
}

export interface SqlOptions extends SourceOptions {
  readonly query: string;
  /** Lets the query read and write files, load extensions and change settings; false by default. */
  readonly allowFiles?: boolean;
}

export interface InventoryOptions extends SourceOptions {
  readonly filters: NameFilters;
  readonly packages: readonly NameFilter[];
  /** As the user wrote it, see `parseTime`; null for the newest there is. */
  readonly at: string | null;
}

/** Formats in which every logged row can be written. */
type RowFormat = 'csv' | 'parquet';

export interface RowsOptions extends InventoryOptions {
  readonly format: RowFormat;
  /** As the user wrote them; `at`, the snapshot only, excludes them. */
  readonly since: string | null;
  readonly until: string | null;
  /** How names are written, for formats that are read by people and spreadsheets. */
  readonly nameText: (name: string) => string;
}

export interface ExplainOptions extends SourceOptions {
  readonly variable: string;
  readonly nodes: readonly NameFilter[];
  /** Of the history, as the user wrote them, see `parseTime`; sizes are those of the last run up to `until`. */
  readonly since: string | null;
  readonly until: string | null;
  /** Installations, folders of scripts or clones of packages, see `readScripts`. */
  readonly scripts: readonly string[];
}
