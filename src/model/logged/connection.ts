/** What connections hold in their fields: rows of `my_stats_connection.log`, and the answer of `connections`. */

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
  /**
   * Connections that later runs no longer look into, to make room for others, and their part of `entries`; 0 where the
   * log does not say.
   */
  readonly connectionsDropped: number;
  readonly entriesDropped: number;
  /** The connection with the most entries in the field; null where the log names none. */
  readonly largest: LargestConnection | null;
}

export interface LargestConnection {
  readonly uid: string;
  /** Between whom it is; null where the log does not say. */
  readonly endpoints: ConnectionEndpoints | null;
  readonly entries: number;
  /** In the unit of the field. */
  readonly size: number | null;
  /** What runs in it, such as `dce_rpc` and `smb`. */
  readonly service: readonly string[];
  /** Seconds since it began. */
  readonly age: number | null;
}

/** As in Zeek's `conn_id`. */
export interface ConnectionEndpoints {
  readonly origHost: string;
  readonly origPort: number;
  readonly respHost: string;
  readonly respPort: number;
  /** `tcp`, `udp`, `icmp` or `unknown_transport`. */
  readonly proto: string;
}

/** As in `192.0.2.7:49152 -> [2001:db8::1]:443 tcp`. */
export function formatEndpoints({ origHost, origPort, respHost, respPort, proto }: ConnectionEndpoints): string {
  const end = (host: string, port: number) => `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return `${end(origHost, origPort)} -> ${end(respHost, respPort)} ${proto}`;
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
