/** What analysis may ask of a store, wherever its rows are. */

import type { ConnectionField } from '../model/connection.ts';
import type { Descriptions } from '../model/description.ts';
import type { Measurement } from '../model/measurement.ts';
import type { NodeSeries } from '../model/node-series.ts';
import type { ProgressListener } from '../model/progress.ts';
import type { RangeQuery, RangeResult } from '../model/range.ts';
import type { Reading } from '../model/reading.ts';
import type { Snapshot } from '../model/sample.ts';
import type { SeriesQuery, SeriesResult } from '../model/series.ts';

/** The first and last row there is, seconds since the epoch. */
export interface Extent {
  readonly first: number;
  readonly last: number;
}

/** What is known of the nodes besides the sizes of their variables. */
export interface NodeKnowledge {
  readonly descriptions: Descriptions;
  /** The version of Zeek that each node ran last, where the logs say. */
  readonly zeekVersions: ReadonlyMap<string, string>;
  /** Paths of the scripts that any of them loaded, each once; none where there is no `loaded_scripts.log`. */
  readonly loadedScripts: readonly string[];
}

export interface SampleStore {
  /** From `my_stats_variable.log` and `my_stats_node.log`, as far as they are there. */
  knowledge(): Promise<{ readonly knowledge: NodeKnowledge; readonly reading: Reading }>;
  extent(): Promise<Extent>;
  /**
   * The latest complete run of every node, up to `at` (seconds since the epoch) or of all there is.
   *
   * @throws ExpectedError where there is no run up to then
   */
  snapshot(at: number | null): Promise<{ readonly snapshot: Snapshot; readonly reading: Reading }>;
  range(
    query: RangeQuery,
    onProgress?: ProgressListener,
  ): Promise<{ readonly range: RangeResult; readonly reading: Reading }>;
  /** How every variable's size went, and what the nodes say of their processes besides. */
  series(
    query: SeriesQuery,
    onProgress?: ProgressListener,
  ): Promise<{ readonly series: SeriesResult; readonly reading: Reading }>;
}

/** What the nodes say of their processes besides their variables. */
export interface NodeStore {
  /** Every life of every node, by node and time; none where there is no `my_stats_node.log`. */
  nodeSeries(): Promise<{ readonly series: readonly NodeSeries[]; readonly reading: Reading }>;
  /** All rows there are of fields of connections, in the order of the logs. */
  connectionFields(): Promise<{ readonly rows: readonly ConnectionField[]; readonly reading: Reading }>;
  /** What the measurements cost, from `my_stats_node.log`, or from `cluster.log` where there is none. */
  measurements(): Promise<{
    readonly source: 'my_stats_node' | 'cluster';
    readonly rows: readonly Measurement[];
    readonly reading: Reading;
  }>;
}

/**
 * Everything there is to ask. What is to be said of the rows of a log (how many, which were skipped) is said with the
 * first answer that took them, and not again.
 */
export interface Store extends SampleStore, NodeStore {
  close(): Promise<void>;
}
