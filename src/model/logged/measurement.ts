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
