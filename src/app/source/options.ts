/**
 * Options of the use cases. Each use case declares its own by what they are if nobody says, from which their types follow;
 * those that several take are declared here.
 */

import type { SizeUnit, TopPivot, TopSort } from '../../model/answers/top.ts';
import { type NameFilter, type NameFilters, NO_FILTERS, parseNameFilter } from '../../model/names.ts';
import type { ProgressListener } from '../../model/progress.ts';

/** Names, globs or regular expressions between slashes, see `parseNameFilter`: any of them may match; none matches all. */
type Names = readonly (string | NameFilter)[];

/** Where the rows come from. */
export const SOURCE = {
  /**
   * Logs, folders of logs, globs, or `-` for standard input; none for the logs of this machine, where they usually are. Or
   * the address of an engine that has their metrics, alone.
   */
  paths: [] as readonly string[],
  /** Makes the first row that cannot be read an error. */
  strict: false as boolean,
  /** Keeps what is found in logs that do not change any more below `XDG_CACHE_HOME`, and answers from it. */
  cache: false as boolean,
  /** The column that says which sensor a row is of, instead of those that are usual. */
  sensorColumn: null as string | null,
  onProgress: undefined as ProgressListener | undefined,
};

/** Which variables on which nodes. */
export const CHOICE = {
  filters: NO_FILTERS as { readonly [Field in keyof NameFilters]?: Names | undefined },
  packages: [] as Names,
};

export const NODES = { nodes: [] as Names };

/** Times as `parseTime` takes them, such as `2026-11-24T03:50` or `-2h` before the end of the logs. */
export const SPAN = { since: null as string | null, until: null as string | null };

/** A time as `parseTime` takes it, instead of the newest there is. */
export const MOMENT = { at: null as string | null };

/** Folders of scripts that the nodes run: they tell types, packages, their versions, declared expiry, and lines. */
export const SCRIPTS = { scripts: [] as readonly string[] };

/** Rows a section shows at most, instead of all. */
export const LIMIT = { limit: null as number | null };

/** Bytes a process may have, where the logs do not say or are wrong. */
export const MEMORY = { memory: null as number | null };

export const GROUPS = {
  by: 'module' as TopPivot,
  /** Bytes if nobody says, or what the log counts where no log says what the variables' types are. */
  unit: null as SizeUnit | null,
};

/** Size (or last) if nobody says. Names sort ascending, all else descending. */
export const SORT = { sort: null as TopSort | null };

/** What a caller gives: all of it may be left out, undefined or null. */
export type Given<Declared> = { readonly [Name in keyof Declared]?: Declared[Name] | null | undefined };

/** Options with all that was left out. */
export type Complete<Declared> = { readonly [Name in keyof Declared]: Declared[Name] };

/** The same once all names are read. */
export type Read<Declared> = {
  readonly [Name in keyof Declared]: Name extends 'filters'
    ? NameFilters
    : Name extends 'packages' | 'nodes' | 'fields'
      ? readonly NameFilter[]
      : Declared[Name];
};

export function completeOptions<Declared extends object>(
  declared: Declared,
  given: Given<Declared>,
): Complete<Declared> {
  const names = Object.keys(declared) as (keyof Declared)[];
  return Object.fromEntries(names.map((name) => [name, given[name] ?? declared[name]])) as Complete<Declared>;
}

/** @throws ExpectedError for a regular expression that cannot be used */
export function readOptions<Declared extends typeof SOURCE>(
  declared: Declared,
  given: Given<Declared>,
): Read<Declared> {
  const options = completeOptions<Declared & Partial<typeof CHOICE & typeof NODES & { fields: Names }>>(
    declared,
    given,
  );
  const { filters, packages, nodes, fields } = options;
  return {
    ...options,
    ...(filters && {
      filters: {
        module: readNames(filters.module),
        variable: readNames(filters.variable),
        node: readNames(filters.node),
      },
    }),
    ...(packages && { packages: readNames(packages) }),
    ...(nodes && { nodes: readNames(nodes) }),
    ...(fields && { fields: readNames(fields) }),
  } as Read<Declared>;
}

function readNames(names: Names = []): readonly NameFilter[] {
  return names.map((name) => (typeof name === 'string' ? parseNameFilter(name) : name));
}
