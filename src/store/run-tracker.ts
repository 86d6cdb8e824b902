/**
 * Tells which rows belong to one run. All rows of a run stand in the log after one another for its node (rows of
 * other nodes may stand between), with the same counter; in the log contract also with the same time, in the origin's
 * logs with times of a few milliseconds' difference.
 */

/** Rows of one node with the same counter that are further apart than this, in seconds, are of two boots. */
export const SAME_RUN_WITHIN = 5;

/** True where a row continues the run of the row before it, of the same node. */
export function sameRun(run: number, ts: number, previousRun: number, previousTs: number): boolean {
  return run === previousRun && Math.abs(ts - previousTs) < SAME_RUN_WITHIN;
}

/** True where a run cannot be of the boot of the run before it, of the same node: its counter did not go up. */
export function startsBoot(run: number, previousRun: number): boolean {
  return run <= previousRun;
}
