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

export interface LogKind {
  /** Zeek's own name of it: the `#path`, and what its file's name starts with. */
  readonly name: string;
  readonly columns: readonly LogColumn[];
  /** Columns by which a log that does not state its path (JSON) is recognised; no two kinds share a set. */
  readonly signature: readonly string[];
  /** True where the signature's columns must be all there are: their names are too common to tell anything else. */
  readonly alone?: boolean;
}

/** `name:kind`, then `?` where a required column may be unset in a row, then `=` and what it recurs with. */
const COLUMN = /^(\w+):(\w+)(\?)?(?:=(\w+))?$/;

function columns(required: string, optional: string): LogColumn[] {
  const parse = (text: string, isRequired: boolean) =>
    text
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => {
        const [, name, kind, mayBeUnset, recursWith] = COLUMN.exec(word) as unknown as [
          string,
          string,
          ColumnKind,
          string?,
          string?,
        ];
        const optional = !isRequired || mayBeUnset !== undefined;
        return {
          name,
          kind,
          required: isRequired,
          optional,
          recursWith: recursWith ?? (isText(kind) || kind === 'bool' ? name : null),
        };
      });
  return [...parse(required, true), ...parse(optional, false)];
}

/** One row per variable and run. The first six are the origin's; see the log contract in docs/architecture.md. */
export const SAMPLES: LogKind = {
  name: 'my_stats',
  columns: columns(
    'ts:time run:count variable:string size:count?',
    'node:string module_name:string=variable unit:string entries:count',
  ),
  signature: ['ts', 'run', 'variable'],
};

/** Positions of the columns of `SAMPLES` in a row. */
export const SAMPLE = { ts: 0, run: 1, variable: 2, size: 3, node: 4, moduleName: 5, unit: 6, entries: 7 } as const;

/** One row per node and run. */
export const NODE_RUNS: LogKind = {
  name: 'my_stats_node',
  columns: columns(
    'ts:time run:count',
    'node:string boot:time duration:interval longest_pause:interval variables_seen:count variables_logged:count resident_memory:count zeek_version:string ' +
      'trigger:string peak_memory:count connections:count timers:count events_pending:count reassembly_bytes:count ' +
      'variables_not_measured:count tcp_connections:count udp_connections:count icmp_connections:count fragments:count ' +
      'files:count dns_pending:count dns_cached:count matcher_states:count matcher_bytes:count threads:count ' +
      'peer_messages_queued:count connections_sampled:count cpu_time:interval longest_cpu_time:interval ' +
      'anonymous_memory:count swapped_memory:count memory_limit:count',
  ),
  signature: ['ts', 'run', 'boot', 'duration'],
};

export const NODE_RUN = {
  ts: 0,
  run: 1,
  node: 2,
  boot: 3,
  duration: 4,
  longestPause: 5,
  variablesSeen: 6,
  variablesLogged: 7,
  residentMemory: 8,
  zeekVersion: 9,
  trigger: 10,
  peakMemory: 11,
  connections: 12,
  timers: 13,
  eventsPending: 14,
  reassemblyBytes: 15,
  variablesNotMeasured: 16,
  tcpConnections: 17,
  udpConnections: 18,
  icmpConnections: 19,
  fragments: 20,
  files: 21,
  dnsPending: 22,
  dnsCached: 23,
  matcherStates: 24,
  matcherBytes: 25,
  threads: 26,
  peerMessagesQueued: 27,
  connectionsSampled: 28,
  cpuTime: 29,
  longestCpuTime: 30,
  anonymousMemory: 31,
  swappedMemory: 32,
  memoryLimit: 33,
} as const;

/** One row per field of connection records, node and run. */
export const CONNECTIONS: LogKind = {
  name: 'my_stats_connection',
  columns: columns(
    'ts:time run:count field:string entries:count',
    'node:string boot:time var_type:string connections_live:count connections_sampled:count ' +
      'connections_with_field:count size:count unit:string size_complete:bool largest_entries:count ' +
      'largest_size:count largest_uid:string largest_age:interval largest_service:list largest_orig_h:string ' +
      'largest_orig_p:count largest_resp_h:string largest_resp_p:count largest_proto:string connections_dropped:count ' +
      'entries_dropped:count',
  ),
  signature: ['ts', 'run', 'field', 'entries'],
};

export const CONNECTION = {
  ts: 0,
  run: 1,
  field: 2,
  entries: 3,
  node: 4,
  boot: 5,
  type: 6,
  live: 7,
  sampled: 8,
  withField: 9,
  size: 10,
  unit: 11,
  sizeComplete: 12,
  largestEntries: 13,
  largestSize: 14,
  largestUid: 15,
  largestAge: 16,
  largestService: 17,
  largestOrigHost: 18,
  largestOrigPort: 19,
  largestRespHost: 20,
  largestRespPort: 21,
  largestProto: 22,
  connectionsDropped: 23,
  entriesDropped: 24,
} as const;

/** Zeek's own log of its cluster framework, into which the collector writes what a measurement took. */
export const CLUSTER: LogKind = {
  name: 'cluster',
  columns: columns('ts:time message:string', 'node:string'),
  signature: ['ts', 'message', 'node'],
};

export const CLUSTER_ROW = { ts: 0, message: 1, node: 2 } as const;

/** One row per variable and life of a process; a later row of the same variable holds. */
export const VARIABLES: LogKind = {
  name: 'my_stats_variable',
  columns: columns(
    'variable:string',
    'ts:time node:string boot:time module_name:string var_type:string script:string expiry:string record_fields:list ' +
      'pattern_states:count pattern_classes:count pattern_origin:string contents:list most_entries:count',
  ),
  signature: ['variable', 'var_type', 'boot'],
};

export const VARIABLE = {
  variable: 0,
  ts: 1,
  node: 2,
  boot: 3,
  moduleName: 4,
  type: 5,
  script: 6,
  expiry: 7,
  recordFields: 8,
  patternStates: 9,
  patternClasses: 10,
  patternOrigin: 11,
  contents: 12,
  mostEntries: 13,
} as const;

/** Zeek's own log of the scripts it loaded, one per row, indented by how deep they were loaded from another. */
export const LOADED_SCRIPTS: LogKind = {
  name: 'loaded_scripts',
  columns: columns('name:string', ''),
  signature: ['name'],
  alone: true,
};

/** All kinds, the more specific signatures first. */
export const LOG_KINDS: readonly LogKind[] = [SAMPLES, NODE_RUNS, CONNECTIONS, VARIABLES, CLUSTER, LOADED_SCRIPTS];

/** The kind that Zeek calls `path`, or null. */
export function kindOfPath(path: string): LogKind | null {
  return LOG_KINDS.find((kind) => kind.name === path) ?? null;
}

/** The kind whose signature is among the names of a row's columns, or null. */
export function kindOfColumns(names: ReadonlySet<string>): LogKind | null {
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
