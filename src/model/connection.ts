/** What hangs on connections: rows of `my_stats_connection.log`, and the answer of `connections`. */

import type { Reading } from './reading.ts';
import type { Unit } from './sample.ts';

/** One field of connection records in one run of one node, from a sample of the node's connections. */
export interface ConnectionField {
  /** When, seconds since the epoch. */
  readonly ts: number;
  readonly run: number;
  readonly node: string;
  /** When the process started, seconds since the epoch; null where the log does not say. */
  readonly boot: number | null;
  /** As in `http_state.pending`. */
  readonly field: string;
  readonly type: string | null;
  /** Live connections, those looked into, and those of them with entries in the field. */
  readonly connectionsLive: number | null;
  readonly connectionsSampled: number | null;
  readonly connectionsWithField: number | null;
  /** In all connections that were looked into. */
  readonly entries: number;
  /** In `unit`; null where the log does not say. */
  readonly size: number | null;
  readonly unit: Unit;
  /** False where `size` is an estimate, or a lower bound. */
  readonly sizeComplete: boolean;
  /** The connection with the most entries in the field; null where the log names none. */
  readonly largest: LargestConnection | null;
}

export interface LargestConnection {
  readonly uid: string;
  readonly entries: number;
  /** In the unit of the field. */
  readonly size: number | null;
  /** What runs in it, such as `dce_rpc` and `smb`. */
  readonly service: readonly string[];
  /** Seconds since it began. */
  readonly age: number | null;
}

/** A field in the last run of a node that told of it, and how its largest connection grew until then. */
export interface ConnectionsRow extends ConnectionField {
  /** How fast its entries grew, per second, from the first run in which it was the largest; null with only one. */
  readonly largestEntriesPerSecond: number | null;
}

export interface ConnectionsResult {
  readonly from: number;
  readonly to: number;
  /** The fields with most entries first. */
  readonly rows: readonly ConnectionsRow[];
  /** Fields left out by the limit. */
  readonly hidden: number;
  readonly reading: Reading;
}
