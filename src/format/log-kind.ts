/**
 * The logs this program reads, and the columns it takes from each. A log may have more columns and any order; a
 * column that is not required reads as unset where it is missing.
 */

/**
 * How a column is read into a row's slot (a number): `time` as seconds since the epoch, `interval` as seconds, `count`
 * as itself, `bool` as 1 or 0, `string` as its id in the pool, `list` (a set or vector of strings) as the id of its texts
 * as a JSON array. Unset is NaN, or -1 for strings and lists.
 */
export type ColumnKind = 'time' | 'interval' | 'count' | 'bool' | 'string' | 'list';

/** True for columns whose slot is an id in the pool. */
export function isText(kind: ColumnKind): boolean {
  return kind === 'string' || kind === 'list';
}

export interface LogColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** A log without this column cannot be read as this kind. */
  readonly required: boolean;
  /** A row in which it is unset is still a row. */
  readonly optional: boolean;
  /**
   * What its value changes with, where the same values come again and again and are worth remembering (`variable`: from
   * row to row, in much the same order in every run); null where each row has its own, or new ones come as often as a
   * run does.
   */
  readonly recursWith: string | null;
}

export interface LogKind<Name extends string = string> {
  /** Zeek's own name of it: the `#path`, and what its file's name starts with. */
  readonly name: string;
  readonly columns: readonly LogColumn[];
  /** Where each column is in a row. */
  readonly at: { readonly [name in Name]: number };
  /** Columns by which a log that does not state its path (JSON) is recognised; no two kinds share a set. */
  readonly signature: readonly Name[];
  /** True where the signature's columns must be all there are: their names are too common to tell anything else. */
  readonly alone?: boolean;
}

/** `name:kind`, then `?` where a required column may be unset in a row, then `=` and what it recurs with. */
const COLUMN = /^(\w+):(\w+)(\?)?(?:=(\w+))?$/;

/** The names among texts of columns with spaces between them. */
type NameIn<Text extends string> = Text extends `${infer Head} ${infer Tail}`
  ? NameIn<Head> | NameIn<Tail>
  : Text extends `${infer Name}:${string}`
    ? Name
    : never;

function declareLog<const Required extends string, const Optional extends string = never>(
  name: string,
  signature: readonly NameIn<Required | Optional>[],
  required: Required,
  ...optional: readonly Optional[]
): LogKind<NameIn<Required | Optional>> {
  const columns = [...parseColumns(required, true), ...optional.flatMap((text) => parseColumns(text, false))];
  const at = Object.fromEntries(columns.map((column, i) => [column.name, i]));
  return { name, columns, at: at as LogKind<NameIn<Required | Optional>>['at'], signature };
}

function parseColumns(text: string, required: boolean): LogColumn[] {
  return text.split(' ').map((word) => {
    const [, name, kind, mayBeUnset, recursWith] = COLUMN.exec(word) as unknown as [
      string,
      string,
      ColumnKind,
      string?,
      string?,
    ];
    const recursAlone = isText(kind) || kind === 'bool' ? name : null;
    const optional = !required || mayBeUnset !== undefined;
    return { name, kind, required, optional, recursWith: recursWith ?? recursAlone };
  });
}

/** One row per variable and run. The first six are the origin's; see the log contract in docs/architecture.md. */
export const SAMPLES = declareLog(
  'my_stats',
  ['ts', 'run', 'variable'],
  'ts:time run:count variable:string size:count?',
  'node:string module_name:string=variable unit:string entries:count',
);

export const SAMPLE = SAMPLES.at;

/** One row per node and run. */
export const NODE_RUNS = declareLog(
  'my_stats_node',
  ['ts', 'run', 'boot', 'duration'],
  'ts:time run:count',
  'node:string boot:time duration:interval longest_pause:interval variables_seen:count variables_logged:count',
  'resident_memory:count zeek_version:string trigger:string peak_memory:count connections:count timers:count',
  'events_pending:count reassembly_bytes:count variables_not_measured:count tcp_connections:count',
  'udp_connections:count icmp_connections:count fragments:count files:count dns_pending:count dns_cached:count',
  'matcher_states:count matcher_bytes:count threads:count peer_messages_queued:count connections_sampled:count',
  'cpu_time:interval longest_cpu_time:interval anonymous_memory:count swapped_memory:count memory_limit:count',
);

export const NODE_RUN = NODE_RUNS.at;

/** One row per field of connection records, node and run. */
export const CONNECTIONS = declareLog(
  'my_stats_connection',
  ['ts', 'run', 'field', 'entries'],
  'ts:time run:count field:string entries:count',
  'node:string boot:time var_type:string connections_live:count connections_sampled:count',
  'connections_with_field:count size:count unit:string size_complete:bool largest_entries:count',
  'largest_size:count largest_uid:string largest_age:interval largest_service:list largest_orig_h:string',
  'largest_orig_p:count largest_resp_h:string largest_resp_p:count largest_proto:string connections_dropped:count',
  'entries_dropped:count',
);

export const CONNECTION = CONNECTIONS.at;

/** Zeek's own log of its cluster framework, into which the collector writes what a measurement took. */
export const CLUSTER = declareLog('cluster', ['ts', 'message', 'node'], 'ts:time message:string', 'node:string');

export const CLUSTER_ROW = CLUSTER.at;

/** One row per variable and life of a process; a later row of the same variable holds. */
export const VARIABLES = declareLog(
  'my_stats_variable',
  ['variable', 'var_type', 'boot'],
  'variable:string',
  'ts:time node:string boot:time module_name:string var_type:string script:string expiry:string record_fields:list',
  'pattern_states:count pattern_classes:count pattern_origin:string contents:list most_entries:count',
);

export const VARIABLE = VARIABLES.at;

/** Zeek's own log of the scripts it loaded, one per row, indented by how deep they were loaded from another. */
export const LOADED_SCRIPTS: LogKind = { ...declareLog('loaded_scripts', ['name'], 'name:string'), alone: true };

/** All kinds, the more specific signatures first. */
export const LOG_KINDS: readonly LogKind[] = [SAMPLES, NODE_RUNS, CONNECTIONS, VARIABLES, CLUSTER, LOADED_SCRIPTS];

/** The kind that Zeek calls `path`, or null. */
export function findKind(path: string): LogKind | null {
  return LOG_KINDS.find((kind) => kind.name === path) ?? null;
}

/** The kind whose signature is among the names of a row's columns, or null. */
export function recognizeKind(names: ReadonlySet<string>): LogKind | null {
  // A site may add columns to all its logs (Log::default_ext_func); their names begin with an underscore.
  const count = [...names].filter((name) => !name.startsWith('_')).length;
  return (
    LOG_KINDS.find(({ signature, alone }) => {
      return signature.every((name) => names.has(name)) && (!alone || signature.length === count);
    }) ?? null
  );
}

/** The Zeek types each kind of column can be read from. */
export const ZEEK_TYPES: Readonly<Record<ColumnKind, readonly string[]>> = {
  time: ['time', 'string'],
  interval: ['interval', 'double'],
  count: ['count', 'int', 'port'],
  string: ['string', 'enum', 'addr'],
  bool: ['bool'],
  list: ['vector[string]', 'set[string]', 'vector[enum]', 'set[enum]'],
};

export type JsonRow = Readonly<Record<string, unknown>>;

/** What the packages that stream logs call the column with the log's name, and what other programs make of it. */
const PATH_COLUMNS = ['_path', '@path'] as const;
const PATH_IN_TEXT = /"[_@]path"\s*:\s*"([^"\\]*)"/;

/** The name of the log that a row says it is of; null where it does not. */
export function readPath(row: JsonRow): string | null {
  for (const name of PATH_COLUMNS) {
    const path = row[name];
    if (typeof path === 'string') return path;
  }
  return null;
}

/** The same of a line that has not been parsed. */
export function findPath(line: string): string | null {
  return PATH_IN_TEXT.exec(line)?.[1] ?? null;
}

/** The kind of a row; null for rows of logs this program does not read. */
export function chooseKind(row: JsonRow): LogKind | null {
  const path = readPath(row);
  // A site may write our stream under another name; its columns still tell.
  return (path === null ? null : findKind(path)) ?? recognizeKind(new Set(Object.keys(row)));
}
