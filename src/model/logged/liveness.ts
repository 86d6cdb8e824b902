/** When a node that reported counts as stopped. */

/** A node that misses three runs has stopped; half an interval more allows for jitter. */
const MISSED_RUNS = 3.5;
/** Zeek's cluster stops and restarts its processes one after another, which takes about this long, in seconds. */
const RESTART = 60;
/** The collector's default, for nodes of which no two runs are known, in seconds. */
const DEFAULT_INTERVAL = 60;

/** How long a node that runs every `interval` seconds can be silent before it counts as stopped, in seconds. */
export function patience(interval: number): number {
  return Math.max(RESTART, MISSED_RUNS * interval);
}

/** The middle one of intervals between runs, in seconds; the collector's default where there are none. */
export function usualInterval(intervals: readonly number[]): number {
  const sorted = intervals.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? DEFAULT_INTERVAL;
}
