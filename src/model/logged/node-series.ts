/** What `my_stats_node.log` says of a process over time: one series per life of a node. */

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
