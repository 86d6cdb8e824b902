/** Every variable on every node at one time: what exports and pictures are made of. */

import type { ByteRange } from './bytes.ts';
import type { Attribution } from './description.ts';
import type { Reading } from './reading.ts';
import type { StoppedNode, Unit } from './sample.ts';
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
  /** Null where nobody can say. */
  readonly bytes: ByteRange | null;
  /** Where it is declared; null where nobody can say. */
  readonly from: Attribution | null;
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
