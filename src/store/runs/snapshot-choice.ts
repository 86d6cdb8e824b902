/** Chooses each node's last complete run, and tells nodes that have stopped from those that only run at other instants. */

import { type AgreedTime, chooseInterval, computePatience } from '../../model/clock.ts';
import type { StoppedNode } from '../../model/logged/sample.ts';
import type { KnownRun } from './run-tracker.ts';

export interface CandidateRun extends KnownRun {
  /** Rows read of it. */
  readonly rows: number;
  /** Rows that its node says it logged; null where nothing says so. */
  readonly logged: number | null;
  /** True where more rows of it may lie outside what was read. */
  readonly cut: boolean;
  /** True where it may still be written. */
  readonly writing: boolean;
}

export interface Choice<Run extends CandidateRun> {
  readonly nodes: readonly { readonly node: string; readonly run: Run; readonly complete: boolean }[];
  readonly stopped: readonly StoppedNode[];
}

/**
 * @param candidates per node, in the order in which they were; not empty
 * @param earlier nodes seen only before those runs, with when
 * @param reference the instant a node must still have reported by: the newest run, or the time asked for if the logs go on
 */
export function chooseRuns<Run extends CandidateRun>(
  candidates: ReadonlyMap<string, readonly Run[]>,
  earlier: ReadonlyMap<string, number>,
  reference: number,
  { offsets, patience: usual }: AgreedTime,
): Choice<Run> {
  const nodes: { node: string; run: Run; complete: boolean }[] = [];
  const stopped: StoppedNode[] = [...earlier].map(([node, lastSeen]) => ({ node, lastSeen }));
  for (const [node, list] of candidates) {
    const lastSeen = list.at(-1)!.ts;
    const limit = Math.max(usual, computePatience(findLastInterval(list) ?? 0));
    if (reference - (lastSeen - (offsets.get(node) ?? 0)) > limit) stopped.push({ node, lastSeen });
    else {
      const complete = list.findLast(isComplete);
      nodes.push({
        node,
        run: complete ?? list.findLast(({ cut }) => !cut) ?? list[0]!,
        complete: complete !== undefined,
      });
    }
  }
  const byName = (a: { node: string }, b: { node: string }) => (a.node < b.node ? -1 : 1);
  return { nodes: nodes.sort(byName), stopped: stopped.sort(byName) };
}

function isComplete({ rows, logged, cut, writing }: CandidateRun): boolean {
  if (cut) return false;
  return logged === null ? !writing : rows >= logged;
}

/** True where these runs answer without reading older logs: all nodes have a whole run, over more than a stop takes. */
export function reachesFarEnough(
  runs: readonly (readonly (KnownRun & { readonly cut: boolean })[])[],
  first: number,
  newest: number,
): boolean {
  if (!runs.every((list) => list.some(({ cut }) => !cut))) return false;
  const usual = chooseInterval(runs.map(findLastInterval).filter((interval) => interval !== null));
  return newest - first > computePatience(usual);
}

/** Between a node's last two runs of one boot, in seconds; null where it has only one. */
function findLastInterval(runs: readonly KnownRun[]): number | null {
  for (let i = runs.length - 1; i > 0; i--) {
    if (runs[i]!.run > runs[i - 1]!.run) return (runs[i]!.ts - runs[i - 1]!.ts) / (runs[i]!.run - runs[i - 1]!.run);
  }
  return null;
}
