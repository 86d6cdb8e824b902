/** Chooses each node's last complete run, and tells nodes that have stopped from those that only run at other instants. */

import { patience, usualInterval } from '../model/liveness.ts';
import type { StoppedNode } from '../model/sample.ts';
import type { NodeRunIndex } from './node-run-index.ts';

export interface CandidateRun {
  readonly run: number;
  readonly ts: number;
  /** Rows read of it. */
  readonly rows: number;
  /** True where more rows of it lie outside what was read. */
  readonly cut: boolean;
}

export interface Candidates {
  /** Per node, oldest first. */
  readonly runs: ReadonlyMap<string, readonly CandidateRun[]>;
  /** Nodes seen only before those runs, with when. */
  readonly earlier: ReadonlyMap<string, number>;
  /** The node whose last run may still be written. */
  readonly writing: string | null;
  /** The instant a node must still have reported by: the newest row, or the time asked for if the log goes on. */
  readonly reference: number;
}

export interface Choice {
  readonly nodes: readonly { readonly node: string; readonly index: number; readonly complete: boolean }[];
  readonly stopped: readonly StoppedNode[];
}

export function chooseRuns(candidates: Candidates, nodeRuns: NodeRunIndex): Choice {
  const { runs, earlier, writing, reference } = candidates;
  const usual = usualInterval([...runs.values()].map(lastInterval).filter((interval) => interval !== null));
  const nodes: { node: string; index: number; complete: boolean }[] = [];
  const stopped: StoppedNode[] = [...earlier].map(([node, lastSeen]) => ({ node, lastSeen }));
  for (const [node, list] of runs) {
    const lastSeen = list.at(-1)!.ts;
    if (reference - lastSeen > patience(Math.max(usual, lastInterval(list) ?? 0))) {
      stopped.push({ node, lastSeen });
      continue;
    }
    const complete = list.findLastIndex((candidate, i) => {
      if (candidate.cut) return false;
      const logged = nodeRuns.find(node, candidate.run, candidate.ts)?.variablesLogged ?? null;
      return logged === null ? !(node === writing && i === list.length - 1) : candidate.rows >= logged;
    });
    const index =
      complete >= 0
        ? complete
        : Math.max(
            0,
            list.findLastIndex((candidate) => !candidate.cut),
          );
    nodes.push({ node, index, complete: complete >= 0 });
  }
  const byName = (a: { node: string }, b: { node: string }) => (a.node < b.node ? -1 : 1);
  return { nodes: nodes.sort(byName), stopped: stopped.sort(byName) };
}

/** True where these runs answer without reading older logs: all nodes have a whole run, over more than a stop takes. */
export function reachesFarEnough(
  runs: ReadonlyMap<string, readonly CandidateRun[]>,
  first: number,
  newest: number,
): boolean {
  const lists = [...runs.values()];
  if (!lists.every((list) => list.some((candidate) => !candidate.cut))) return false;
  const usual = usualInterval(lists.map(lastInterval).filter((interval) => interval !== null));
  return newest - first > patience(usual);
}

/** Between a node's last two runs of one boot, in seconds; null where it has only one. */
function lastInterval(runs: readonly CandidateRun[]): number | null {
  for (let i = runs.length - 1; i > 0; i--) {
    if (runs[i]!.run > runs[i - 1]!.run) return (runs[i]!.ts - runs[i - 1]!.ts) / (runs[i]!.run - runs[i - 1]!.run);
  }
  return null;
}
