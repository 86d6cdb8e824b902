/** The answer of `growth`: which variables grow, how, how fast, and what will hurt first. */

import type { ByteRange } from '../bytes.ts';
import type { Reading } from '../logged/reading.ts';
import type { Unit } from '../logged/sample.ts';
import type { SeriesSource } from '../logged/series.ts';
import type { NameFilters } from '../names.ts';

/** Hours from now: at the fastest, as is likely, and at the slowest; null for never. */
export interface TimeLeft {
  readonly low: number;
  readonly likely: number;
  readonly high: number | null;
}

/**
 * @param limit bytes the process may have, of which it has `used`
 * @param perHour bytes
 * @returns null where there is no telling
 */
export function computeTimeLeft(limit: number | null, used: number | null, perHour: ByteRange | null): TimeLeft | null {
  if (limit === null || used === null || perHour === null || perHour.likely <= 0) return null;
  const left = Math.max(0, limit - used);
  const { low, likely, high } = perHour;
  return { low: left / high, likely: left / likely, high: low > 0 ? left / low : null };
}

/**
 * How a size went. `plateau`: rose, and then stayed (a warm-up). `sawtooth`: fills and is emptied again and again.
 * `rhythm`: follows the time of day. `step`: rose at once, and stayed. `line`: rises in a straight line. `accelerating`:
 * rises ever faster. `varying`: none of these. `unclear`: there is not enough data to tell.
 */
export type GrowthShape =
  | 'flat'
  | 'plateau'
  | 'sawtooth'
  | 'rhythm'
  | 'step'
  | 'line'
  | 'accelerating'
  | 'falling'
  | 'varying'
  | 'unclear';

/**
 * `growing`: no end of it is in sight. `stepped`: rose at once and stayed. `watch`: rises, but what rises so may be no
 * leak; `why` says what it may be. `fine`: neither. `unclear`: not enough data.
 */
export type GrowthVerdict = 'growing' | 'stepped' | 'watch' | 'fine' | 'unclear';

/**
 * Why a rise is only watched: it may be the rhythm of a day, of which too little is seen; several variables of the node
 * rise alike, or one as live connections do, as with more traffic; entries are not as old yet as their expiry; a warm-up is not over; in an earlier boot
 * of the node it ended by itself, above where it is now; it has come to next to nothing yet.
 */
export type WatchReason =
  | 'part-of-a-day'
  | 'like-others'
  | 'with-traffic'
  | 'before-expiry'
  | 'filling'
  | 'as-before'
  | 'little';

export type Confidence = 'high' | 'medium' | 'low';

/** The trend of one series. Rates are per hour, in the unit of what was measured. */
export interface SeriesTrend {
  readonly shape: GrowthShape;
  readonly verdict: GrowthVerdict;
  readonly why: WatchReason | null;
  /** When what now holds began, seconds since the epoch: with the rise, with the step. */
  readonly since: number;
  /** Sen's slope since then, with the bounds of 95 % confidence; null where nothing rises. */
  readonly perHour: { readonly low: number; readonly likely: number; readonly high: number } | null;
  /** From the test of Mann and Kendall and from how well the curve fits; null where nothing rises. */
  readonly confidence: Confidence | null;
  /** How much it rose over what was looked at. */
  readonly rise: number;
  /** Where a warm-up ends that is not over; else null. */
  readonly plateau: number | null;
  /** How often it rose at once; 0 where it did not end so. */
  readonly steps: number;
  /** True where it never shrank between two points. */
  readonly neverShrank: boolean;
  /** Restarts of the process over which it went on; 0 where all of it is in one life. */
  readonly restarts: number;
  /** True where it grew until the last restart, and what came since is too short to tell otherwise. */
  readonly isOfEarlierLife: boolean;
}

/** What a variable's declaration says about how long entries stay. */
export interface DeclaredExpiry {
  /** As declared: `&create_expire=1.0 day`. */
  readonly text: string;
  readonly kind: 'create' | 'read' | 'write';
  readonly seconds: number;
}

/** One variable (or measure of the process, or field of connections) in one stretch of runs of one node. */
export interface GrowthSeries {
  readonly source: SeriesSource;
  readonly variable: string;
  readonly moduleName: string;
  readonly package: string | null;
  readonly script: string | null;
  readonly line: number | null;
  readonly node: string;
  /** Index into the answer's stretches. */
  readonly stretch: number;
  readonly unit: Unit;
  /** What the trend is of: entries, or the size in `unit`. */
  readonly measure: 'entries' | 'size';
  readonly trend: SeriesTrend;
  /** The last value of each; null where there is none. */
  readonly now: { readonly size: number | null; readonly entries: number | null; readonly bytes: ByteRange | null };
  /** Growth in the unit of the log, per hour; null where it does not grow or the size is not known. */
  readonly sizePerHour: number | null;
  /** Growth in bytes per hour, where bytes are known or can be estimated. */
  readonly bytesPerHour: ByteRange | null;
  readonly expiry: DeclaredExpiry | null;
  /** True where it grows on after its entries' time is over. */
  readonly expiryFails: boolean;
  /** Hours until its process reaches its limit; null where there is no telling. */
  readonly hoursToLimit: number | null;
}

/** A node on which a variable, or the memory of the process, is unlike on the others of its kind. */
export interface UnlikeEquals {
  readonly node: string;
  readonly source: SeriesSource;
  readonly variable: string;
  readonly moduleName: string;
  readonly unit: Unit;
  readonly measure: 'entries' | 'size';
  /** Its last value, and its growth per hour where it grows. */
  readonly value: number;
  readonly perHour: number | null;
  /** The others: how many, and what is usual and most among them. */
  readonly equals: { readonly nodes: number; readonly median: number; readonly largest: number };
}

/** What is said of the runs of a node. */
export interface GrowthStretch {
  readonly node: string;
  readonly boot: number | null;
  readonly begins: 'first' | 'restart' | 'clock-set-back' | 'clock-set-ahead';
  readonly firstTs: number;
  readonly lastTs: number;
  readonly runs: number;
  readonly missing: number;
  /** True for the stretch the node's answer is from: its last one that is long enough. */
  readonly judged: boolean;
  /** True for the node's last stretch. */
  readonly latest: boolean;
  /** How old the process was at the last run, in seconds: as it says, or as its runs' counter does. */
  readonly age: number;
}

/** What a node's memory does. */
export interface GrowthNode {
  readonly node: string;
  /** Bytes at the last run; null where no log says. */
  readonly residentMemory: number | null;
  readonly residentTrend: SeriesTrend | null;
  /** How long a measurement takes, run by run. */
  readonly measuringTrend: SeriesTrend | null;
  /** What is known of its variables' bytes, together. */
  readonly knownBytes: number;
  /** All growing variables with bytes, together. */
  readonly bytesPerHour: ByteRange | null;
  readonly growing: number;
  /** How fast its memory fills: by itself, or by what grows in it, whichever is more; null where nothing grows. */
  readonly fillsPerHour: ByteRange | null;
  /** Bytes it may have: as asked for, else as the node says; null where neither is known. */
  readonly limit: number | null;
  readonly timeLeft: TimeLeft | null;
}

export const GROWTH_PIVOTS = ['variable', 'module', 'package', 'node', 'sensor', 'field'] as const;
export type GrowthPivot = (typeof GROWTH_PIVOTS)[number];

/** Growing or stepped series of one group, over the nodes. */
export interface GrowthRow {
  readonly group: string;
  /** Of the worst series. */
  readonly shape: GrowthShape;
  readonly verdict: GrowthVerdict;
  readonly why: WatchReason | null;
  readonly confidence: Confidence | null;
  readonly since: number;
  /** What is declared and not in effect, of the worst series of which that is so. */
  readonly expiryFails: DeclaredExpiry | null;
  /** Indexes into the answer's series, the worst first. */
  readonly series: readonly number[];
  /** Different variables, and nodes, that grow. */
  readonly variables: number;
  readonly nodes: number;
  /** Nodes of the answer that have the group at all. */
  readonly ofNodes: number;
  readonly worstNode: string;
  /** Sums over the series. */
  readonly perHour: number | null;
  readonly bytesPerHour: ByteRange | null;
  readonly entriesPerHour: number | null;
  readonly now: number;
  readonly bytesNow: ByteRange | null;
  readonly hoursToLimit: number | null;
  /** What the worst series does to its node per hour: bytes, or a rough guess at them that is for the order only. */
  readonly weight: number;
}

/** Rows whose sizes are of one unit: units are never added together. */
export interface GrowthSection {
  readonly unit: Unit;
  readonly rows: readonly GrowthRow[];
  readonly hidden: number;
}

export interface GrowthResult {
  readonly by: GrowthPivot;
  readonly from: number;
  readonly to: number;
  readonly filters: { readonly [field in keyof NameFilters]: readonly string[] };
  /** Bytes a process may have; null for none. */
  readonly limit: number | null;
  /** What grows, the worst first; then what only may. */
  readonly sections: readonly GrowthSection[];
  readonly watched: readonly GrowthSection[];
  readonly unlike: readonly UnlikeEquals[];
  /** Fields of connections that grow on some node, whatever was asked for. */
  readonly growingFields: readonly string[];
  readonly nodes: readonly GrowthNode[];
  readonly stretches: readonly GrowthStretch[];
  readonly series: readonly GrowthSeries[];
  /** Series by what was found of them. */
  readonly counts: { readonly [verdict in GrowthVerdict]: number };
  /** Nodes that no longer report at the end. */
  readonly stopped: readonly { readonly node: string; readonly lastSeen: number }[];
  readonly reading: Reading;
}
