/** The answer of `runs`: what the measurements cost each node. */

import type { Reading } from '../logged/reading.ts';

export interface RunsRow {
  readonly node: string;
  /** Which log says so: `my_stats_node` or `cluster`. */
  readonly source: 'my_stats_node' | 'cluster';
  readonly runs: number;
  /** Lives of the process; null where the log cannot tell. */
  readonly boots: number | null;
  readonly firstTs: number;
  readonly lastTs: number;
  /** Seconds a measurement took. */
  readonly duration: {
    readonly median: number;
    readonly max: number;
    readonly maxTs: number;
    readonly last: number;
    readonly total: number;
  };
  /** Longest stretch the process was held, seconds, by a run before its end; null where the log does not say. */
  readonly longestPause: number | null;
  /** Share of the time between the first and the last run that went into measuring; null with fewer than two runs. */
  readonly busy: number | null;
  readonly variablesSeen: number | null;
  readonly variablesLogged: number | null;
  /** Bytes at the last run; null where the log does not say. */
  readonly residentMemory: number | null;
  readonly zeekVersion: string | null;
}

export interface RunsResult {
  readonly from: number;
  readonly to: number;
  readonly rows: readonly RunsRow[];
  readonly reading: Reading;
}
