/** What `my_stats_node.log` says of a process: of one run, and over time, one series per life of a node. */

/** The gauges of a process, by their names in the log. Bytes where the name says memory or bytes, else counts. */
export const NODE_GAUGES = [
  'resident_memory',
  'peak_memory',
  'anonymous_memory',
  'swapped_memory',
  'memory_limit',
  'connections',
  'tcp_connections',
  'udp_connections',
  'icmp_connections',
  'fragments',
  'reassembly_bytes',
  'files',
  'timers',
  'events_pending',
  'peer_messages_queued',
  'threads',
  'dns_pending',
  'dns_cached',
  'matcher_states',
  'matcher_bytes',
  'duration',
  'longest_pause',
  'cpu_time',
  'longest_cpu_time',
  'variables_seen',
  'variables_logged',
  'variables_not_measured',
  'connections_sampled',
] as const;

export type NodeGauge = (typeof NODE_GAUGES)[number];

/** The runs of one life of a node's process, in the order of time. */
export interface NodeSeries {
  readonly node: string;
  /** When the process started, seconds since the epoch; null where the log does not say. */
  readonly boot: number | null;
  /** As of the last run. */
  readonly zeekVersion: string | null;
  /** When each run was made, seconds since the epoch. */
  readonly ts: Float64Array;
  /** The counter of each run. */
  readonly run: Float64Array;
  /** One value per run, NaN where unset; durations, pauses and processor times in seconds. */
  readonly gauges: Readonly<Record<NodeGauge, Float64Array>>;
  /** Why each run was made: `interval`, `request` or, as the process ended and had closed its connections, `exit`. */
  readonly trigger: readonly (string | null)[];
}

/** What a run cost the node that made it: a row of `my_stats_node.log`, or the collector's line in `cluster.log`. */
export interface Measurement {
  /** When, seconds since the epoch. */
  readonly ts: number;
  readonly node: string;
  /** The run's counter; null in `cluster.log`, which does not name it. */
  readonly run: number | null;
  /** When the process started, seconds since the epoch; null where the log does not say. */
  readonly boot: number | null;
  /** How long the measurement took, seconds. */
  readonly duration: number;
  /** The longest the process was held at a stretch, seconds; null where the log does not say. */
  readonly longestPause: number | null;
  /** Made when the process ended, in one piece: there was nothing left that it could hold up. False where the log does not say. */
  readonly atExit: boolean;
  readonly variablesSeen: number | null;
  readonly variablesLogged: number | null;
  /** Bytes of resident memory at the time of the run. */
  readonly residentMemory: number | null;
  readonly zeekVersion: string | null;
}

/** Columns of numbers hold NaN where a log left one unset; single rows hold null. */
export function readNumber(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
