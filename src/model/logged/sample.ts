/**
 * What the logs measure: samples, grouped into runs, of nodes.
 *
 * A run is one measurement by one node. Its counter starts again at every boot, so a run is identified by
 * (node, boot, run); nodes do not run at the same instant.
 */

/**
 * The unit a log states for a size. `bytes` and `objects` are the log contract's, `characters` is the length of a
 * pattern's or string's text; `unknown` is a log that names none. Other texts are kept as they are: units are never
 * added together, so a unit this version does not know still gets a total of its own.
 */
export type Unit = 'bytes' | 'objects' | 'characters' | 'unknown' | (string & {});

/** One row of `my_stats.log`: one variable in one run of one node. */
export interface Sample {
  /** What stands before `::` in the variable's name, `GLOBAL` if nothing does. */
  readonly moduleName: string;
  readonly variable: string;
  /** In `unit`; null where the collector did not measure it. */
  readonly size: number | null;
  readonly unit: Unit;
  /** Elements of a table, set or vector; null for what is no container. */
  readonly entries: number | null;
}

/** One measurement by one node. */
interface Run {
  readonly node: string;
  /** The collector's counter, 1 for the first run of a boot. */
  readonly run: number;
  /** When it was made, seconds since the epoch. */
  readonly ts: number;
}

/** One run and its samples. */
export interface NodeRun extends Run {
  /** False where the run was still being written and no complete one was at hand. */
  readonly complete: boolean;
  /** Bytes of memory of the process at that run, and its version of Zeek; null where no log says. */
  readonly residentMemory: number | null;
  readonly zeekVersion: string | null;
  readonly samples: readonly Sample[];
}

/** A node that has reported, but no longer does at the time asked for. */
export interface StoppedNode {
  readonly node: string;
  /** Its last run that was found, seconds since the epoch. */
  readonly lastSeen: number;
}

/** The latest complete run of every node at a point in time. */
export interface Snapshot {
  /** The newest run in it, seconds since the epoch. */
  readonly ts: number;
  /** The time asked for; null for the newest there is. */
  readonly asked: number | null;
  /** Sorted by name. Nodes that stopped reporting are not among them. */
  readonly nodes: readonly NodeRun[];
  readonly stopped: readonly StoppedNode[];
}

/** The name of a node that gives none: Zeek's own word for a process that is not part of a cluster. */
export const STANDALONE_NODE = 'zeek';

/** A variable's module as the collector names it: all before the first `::`, or `GLOBAL`. */
export function readModule(variable: string): string {
  const end = variable.indexOf('::');
  return end > 0 ? variable.slice(0, end) : 'GLOBAL';
}
