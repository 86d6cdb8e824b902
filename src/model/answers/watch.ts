/** What `watch` shows: every variable's size as it is, and as it was a while before, grouped as one looks at it. */

import type { ByteRange } from '../bytes.ts';
import type { Entry } from '../entry.ts';
import type { Unit } from '../logged/sample.ts';
import type { InventoryResult } from './inventory.ts';
import type { TopPivot } from './top.ts';

/** A variable on a node at one of its runs. */
export interface WatchPoint {
  /** Seconds since the epoch. */
  readonly ts: number;
  /** In the unit of its row; null where it was not measured. */
  readonly size: number | null;
  readonly entries: number | null;
  /** The likely value; null where its bytes are not known. */
  readonly bytes: number | null;
}

export interface WatchRow extends Entry {
  /** Within the window, in the order of time; the last one is the row itself. */
  readonly history: readonly WatchPoint[];
}

/** What one look at the logs found. */
export interface WatchFrame extends Omit<InventoryResult, 'rows' | 'filters'> {
  readonly rows: readonly WatchRow[];
  readonly memory: readonly WatchMemory[];
  /** Seconds back from `end` that history goes. */
  readonly window: number;
}

/** What sizes are shown in: `bytes`, `entries`, or as the log counts, in one of its units. */
export type WatchUnit = 'bytes' | 'entries' | Unit;

/** How the resident memory of a process went within the window. */
export interface WatchMemory {
  readonly node: string;
  /** Bytes the process may have; null where no log says. */
  readonly limit: number | null;
  readonly points: readonly { readonly ts: number; readonly bytes: number }[];
}

/** Columns: `node` is the one on which a group is largest. */
export type WatchSort = 'size' | 'change' | 'growth' | 'entries' | 'variables' | 'node' | 'resident' | 'name';

/** One step of going into a group: only what is of this module, on this node, … */
export interface WatchStep {
  readonly by: TopPivot;
  readonly group: string;
}

export interface WatchView {
  readonly by: TopPivot;
  /** Null for the first of those there are. */
  readonly unit: WatchUnit | null;
  readonly within: readonly WatchStep[];
  /** Only groups with this in their names, whatever the case; empty for all. */
  readonly text: string;
  readonly sort: WatchSort;
  readonly isReversed: boolean;
}

export interface WatchGroup {
  readonly group: string;
  /** In the unit of the answer, over all nodes. */
  readonly size: number;
  readonly bytes: ByteRange | null;
  /** Of what is looked at, 0 to 1. */
  readonly share: number;
  /** Since the beginning of the window, and the same per hour; null where there is but one run. */
  readonly change: number | null;
  readonly perHour: number | null;
  /** Over the window, in equal parts of it: the size at the end of each; null before there was any. */
  readonly history: readonly (number | null)[];
  readonly largestNode: { readonly node: string; readonly size: number };
  readonly entries: number | null;
  readonly variables: number;
  readonly nodes: number;
}

export interface WatchAnswer {
  readonly unit: WatchUnit;
  /** All there are, bytes first. */
  readonly units: readonly WatchUnit[];
  readonly groups: readonly WatchGroup[];
  /** The same of all groups that are shown; null where there is none. */
  readonly total: WatchGroup | null;
  /** Groups left out by `text`. */
  readonly hidden: number;
}
