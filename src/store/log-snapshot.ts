/** The last runs of all nodes, from what was read of the logs' ends. */

import type { Measurement } from '../model/measurement.ts';
import type { NodeRun, Sample, Snapshot } from '../model/sample.ts';
import { NodeRunIndex } from './node-run-index.ts';
import type { RecentRuns } from './recent-runs.ts';
import { type CandidateRun, chooseRuns } from './snapshot-choice.ts';
import type { RecentRun } from './snapshot-scan.ts';

/**
 * The last complete run of every node.
 *
 * @param found the last runs up to the time asked for
 * @param nodeRuns what the nodes say of these, and what nodes say that logged no variable
 * @param at up to when, seconds since the epoch; null for the end
 */
export function snapshotOf(found: RecentRuns, nodeRuns: readonly Measurement[], at: number | null): Snapshot {
  const until = at ?? Number.POSITIVE_INFINITY;
  const runs = withSilentNodes(found.runs, nodeRuns, until);
  const index = new NodeRunIndex(nodeRuns);
  const choice = chooseRuns(
    {
      runs: candidatesOf(runs),
      earlier: new Map([...found.earlier].filter(([node]) => !runs.has(node))),
      writing: found.writing,
      reference: found.passed && at !== null ? at : found.newest,
    },
    index,
  );
  const nodes: NodeRun[] = choice.nodes.map(({ node, index: chosen, complete }) => {
    const { run, ts, samples } = runs.get(node)![chosen]!;
    const { residentMemory = null, zeekVersion = null } = index.find(node, run, ts) ?? {};
    return { node, run, ts, complete, residentMemory, zeekVersion, samples };
  });
  const ts = nodes.reduce((latest, node) => Math.max(latest, node.ts), Number.NEGATIVE_INFINITY);
  return { ts: Number.isFinite(ts) ? ts : found.newest, asked: at, nodes, stopped: choice.stopped };
}

/** The runs as the choice among them sees them. */
export function candidatesOf(runs: RecentRuns['runs']): Map<string, readonly CandidateRun[]> {
  return new Map([...runs].map(([node, list]) => [node, list.map((run) => ({ ...run, rows: run.samples.length }))]));
}

/** Nodes that ran but had no variable large enough to be logged are nodes all the same. */
function withSilentNodes(
  runs: ReadonlyMap<string, readonly RecentRun[]>,
  nodeRuns: readonly Measurement[],
  until: number,
): Map<string, readonly RecentRun[]> {
  const all = new Map(runs);
  for (const { node, run, ts } of nodeRuns) {
    if (ts > until || runs.has(node) || run === null) continue;
    const list = all.get(node) ?? [];
    const samples: Sample[] = [];
    all.set(node, [...list.slice(-2), { run, ts, lastTs: ts, cut: false, samples }]);
  }
  return all;
}
