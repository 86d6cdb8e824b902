/** Every variable on every node at one time: what exports and pictures are made of. */

import type { ByteRange, BytesMethod } from '../bytes.ts';
import type { Attribution } from '../logged/description.ts';
import type { Reading } from '../logged/reading.ts';
import type { StoppedNode, Unit } from '../logged/sample.ts';
import type { TopNode, TopResult } from './top.ts';

/** One variable in the counted run of one node. */
export interface InventoryRow {
  readonly node: string;
  /** When the run was made, seconds since the epoch. */
  readonly ts: number;
  readonly moduleName: string;
  readonly variable: string;
  /** In `unit`, as logged; null where it was not measured. */
  readonly size: number | null;
  readonly unit: Unit;
  readonly entries: number | null;
  /** Null where nobody can say: the log's unit is not known, or no log tells types. */
  readonly bytes: ByteRange | null;
  readonly method: BytesMethod | null;
  /** In Zeek's words; null where the logs do not say. */
  readonly type: string | null;
  /** Where it is declared. */
  readonly from: Attribution;
}

export interface InventoryResult {
  /** The first and last run that was counted, seconds since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly filters: TopResult['filters'];
  /** Sorted by node; a node's in the order of its log. */
  readonly rows: readonly InventoryRow[];
  readonly nodes: readonly TopNode[];
  readonly stopped: readonly StoppedNode[];
  readonly reading: Reading;
}
