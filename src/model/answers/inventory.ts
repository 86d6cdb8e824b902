/** Every variable on every node at one time: what exports and pictures are made of. */

import type { Entry } from '../entry.ts';
import type { Reading } from '../logged/reading.ts';
import type { StoppedNode } from '../logged/sample.ts';
import type { TopNode, TopResult } from './top.ts';

export interface InventoryResult {
  /** The first and last run that was counted, seconds since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly filters: TopResult['filters'];
  /** Sorted by node; a node's in the order of its log. */
  readonly rows: readonly Entry[];
  readonly nodes: readonly TopNode[];
  readonly stopped: readonly StoppedNode[];
  readonly reading: Reading;
}
