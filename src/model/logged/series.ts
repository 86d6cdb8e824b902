/**
 * Series: how sizes went over the runs of a node, in a bounded number of points however long the logs are.
 *
 * A **stretch** is what can be compared: runs of one node, of one boot, on one clock. A restart begins another, and so
 * does a clock that is set back. The time of a stretch is cut into buckets of 2^n seconds, counted from the epoch, with
 * n as small as keeps them to `SERIES_BUCKETS`; each bucket that has a run is a point of all series of the stretch.
 */

import type { NameFilters } from '../names.ts';
import type { Unit } from './sample.ts';

/** The most points a series has. */
export const SERIES_BUCKETS = 256;

export interface SeriesQuery {
  readonly filters: NameFilters;
  /** First and last instant, seconds since the epoch; null for the beginning and the end of the logs. */
  readonly since: number | null;
  readonly until: number | null;
}

export interface Stretch {
  readonly node: string;
  /** When the process started, seconds since the epoch, as `my_stats_node.log` says; null where nothing does. */
  readonly boot: number | null;
  /** What separates it from the node's runs before it: nothing (it is the first), a restart, a clock that was set. */
  readonly begins: 'first' | 'restart' | 'clock-set-back' | 'clock-set-ahead';
  readonly firstRun: number;
  readonly lastRun: number;
  /** Seconds since the epoch. */
  readonly firstTs: number;
  readonly lastTs: number;
  /** Different runs that were logged. */
  readonly runs: number;
  /** Per point: the time of its last run, in ascending order, and how many runs it has. */
  readonly ts: Float64Array;
  readonly runsPerPoint: Float64Array;
}

/**
 * When the process of a stretch began, by the time of its rows, seconds since the epoch. With a trace that is the
 * packets' time, while `boot` is by the system's clock, and later.
 */
export function findBeginning({ boot, firstTs }: Pick<Stretch, 'boot' | 'firstTs'>): number {
  return boot !== null && boot <= firstTs ? boot : firstTs;
}

/**
 * What a series is about: a variable of a script, something the node says of its process in `my_stats_node.log`, or a field
 * of connections in `my_stats_connection.log`.
 */
export type SeriesSource = 'variable' | 'process' | 'connection';

export interface Series {
  /** Index into the answer's stretches. */
  readonly stretch: number;
  readonly source: SeriesSource;
  /** The variable's name; of a process `resident_memory` or `duration`; of connections the field, as `http_state.pending`. */
  readonly key: string;
  /** Empty where it is no variable. */
  readonly moduleName: string;
  readonly unit: Unit;
  /** Per point, of the last run in it that logged the series: NaN where none did, or nothing was measured. */
  readonly size: Float64Array;
  readonly entries: Float64Array;
  /** Per point, of all its runs: the smallest and the largest number of entries, or of size where there are none. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

export interface SeriesResult {
  /** By node, and in the order of their time. */
  readonly stretches: readonly Stretch[];
  readonly series: readonly Series[];
}
