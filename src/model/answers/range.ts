/** Sizes over a span of time: what the runs of each node come to for each group of variables. */

import type { ReportedSpan } from '../clock.ts';
import type { Unit } from '../logged/sample.ts';
import type { NameFilters } from '../names.ts';

/** What rows can be grouped by as they are read; see `TOP_PIVOTS` for what analysis knows besides. */
export type Pivot = 'module' | 'variable' | 'node';

export interface RangeQuery {
  readonly by: Pivot;
  readonly filters: NameFilters;
  /** First instant, seconds since the epoch; null for the beginning of the logs. */
  readonly since: number | null;
  /** Last instant, seconds since the epoch; null for the end of the logs. */
  readonly until: number | null;
  /** By how much the clocks of nodes are ahead of those of most, in seconds; none where all agree. */
  readonly offsets?: ReadonlyMap<string, number>;
}

/** One group of variables on one node, in one unit, over the runs of that node within the range. */
export interface RangeGroup {
  readonly node: string;
  /** The pivot's value: a module, a variable or a node. */
  readonly key: string;
  readonly unit: Unit;
  /** Total size in the node's first run within the range. A run in which nothing of the group was logged counts 0. */
  readonly first: number;
  /** The same in its last run. */
  readonly last: number;
  /** The largest total of any run. */
  readonly max: number;
  /** The average total of all its runs. */
  readonly mean: number;
  /** Entries in the last run that logged any; null if none did. */
  readonly entries: number | null;
  /** The distinct variables of the group that were logged. */
  readonly variables: readonly string[];
  /** Rows whose size was not measured. */
  readonly unmeasured: number;
}

/** The runs of one node within the range. */
export interface RangeNode {
  readonly node: string;
  readonly runs: number;
  readonly boots: number;
  /** Those of each process and clock, in the order in which they were. Not empty. */
  readonly spans: readonly ReportedSpan[];
}

export interface RangeResult {
  readonly nodes: readonly RangeNode[];
  readonly groups: readonly RangeGroup[];
}
