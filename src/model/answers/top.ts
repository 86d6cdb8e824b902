/** The answer of `top`: what holds the memory, grouped. Produced by analysis, written by report. */

import type { ByteRange, BytesMethod } from '../bytes.ts';
import type { Reading } from '../logged/reading.ts';
import type { StoppedNode, Unit } from '../logged/sample.ts';

/** What rows can be grouped by: what the log says, or where variables are declared and what they are. */
export const TOP_PIVOTS = ['module', 'variable', 'node', 'sensor', 'package', 'script', 'type'] as const;
export type TopPivot = (typeof TOP_PIVOTS)[number];

/**
 * What sizes are shown in. `bytes`: as Zeek reported them, or estimated. `objects`: what the log counts, whatever that
 * is (objects, characters, bytes). `entries`: elements of containers.
 */
export const SIZE_UNITS = ['bytes', 'objects', 'entries'] as const;
export type SizeUnit = (typeof SIZE_UNITS)[number];

/** Sizes over a span of time, summed over the nodes. */
export interface TopSpan {
  /** Sum over nodes of the total in the node's first run in the span. */
  readonly first: number;
  readonly last: number;
  /** Sum over nodes of each node's largest run: an upper bound where nodes peak at different times. */
  readonly max: number;
  readonly mean: number;
}

export interface TopRow {
  /** The pivot's value: a module, variable, node, package, script or type. */
  readonly group: string;
  /** Over all nodes, in the unit of the section; in a span the last run's. */
  readonly size: number;
  /** Between what and what the size lies; null where it is not in bytes. */
  readonly bytes: ByteRange | null;
  /** How its bytes were obtained, least certain last; empty where it is not in bytes. */
  readonly methods: readonly BytesMethod[];
  /** Versions of the package, where rows are packages and it is known. */
  readonly versions: readonly string[];
  /** Of the section's total; 0 where that is 0. */
  readonly share: number;
  /** The node on which it is largest, with its size there. */
  readonly largestNode: { readonly node: string; readonly size: number };
  /** As `growth` says it, in the unit of the section; null where it does not grow, or that was not judged. */
  readonly perHour: number | null;
  /** Sum of the entries of its containers; null if it has none. */
  readonly entries: number | null;
  /** Distinct variables. */
  readonly variables: number;
  /** Nodes on which it was logged. */
  readonly nodes: number;
  /** Rows (variable on a node) whose size was not measured and so is not in `size`. */
  readonly unmeasured: number;
  /** Only when asked over a span. */
  readonly span: TopSpan | null;
}

/** All rows in one unit: units are never added together. */
export interface TopSection {
  readonly unit: Unit;
  /** Sum of all groups' sizes, those not shown included. */
  readonly total: number;
  /** The range of the total; null where it is not in bytes. */
  readonly totalBytes: ByteRange | null;
  readonly rows: readonly TopRow[];
  /** Groups left out by the limit, and what they come to. */
  readonly hidden: { readonly groups: number; readonly size: number };
}

export interface TopNode {
  readonly node: string;
  /** The run that was counted (the last of a span). */
  readonly run: number | null;
  readonly ts: number;
  readonly complete: boolean;
  /** Runs and boots seen in a span; null for a snapshot. */
  readonly runs: number | null;
  readonly boots: number | null;
  /** Bytes of memory of the process at that run; null where the log does not say. */
  readonly residentMemory: number | null;
  /** The share of it that is explained at least, 0 to 1; null where estimates are too wide to say, absent where nobody asked. */
  readonly explained?: number | null;
  readonly zeekVersion: string | null;
}

export type TopSort = 'size' | 'name' | 'entries' | 'variables' | 'growth' | 'first' | 'last' | 'max' | 'mean';

/** Whether growth was judged: it takes enough runs, and the whole history, which a snapshot does without where it is long. */
type TopGrowth = 'judged' | 'too-short' | 'too-long' | 'not-asked';

export interface TopResult {
  readonly by: TopPivot;
  readonly unit: SizeUnit;
  /** `snapshot`: the last complete run of every node. `span`: all runs in between. */
  readonly mode: 'snapshot' | 'span';
  /** The first and last run that was counted, seconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** Filters as the user wrote them. */
  readonly filters: {
    readonly module: readonly string[];
    readonly variable: readonly string[];
    readonly node: readonly string[];
    readonly package: readonly string[];
  };
  readonly sort: TopSort;
  readonly growth: TopGrowth;
  /** Largest unit section first: bytes, objects, then the rest by name. */
  readonly sections: readonly TopSection[];
  readonly nodes: readonly TopNode[];
  /** Nodes that stopped reporting before `to`. A snapshot does not count them; a span counts the runs they made. */
  readonly stopped: readonly StoppedNode[];
  /** Variables whose bytes are a guess: no type is known of them, or none that is understood. */
  readonly guessed: readonly { readonly variable: string; readonly type: string | null }[];
  readonly reading: Reading;
}
