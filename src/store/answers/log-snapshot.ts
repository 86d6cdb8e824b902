/** The last runs of all nodes, from what was read of the logs' ends. */

import { type AgreedTime, agreeOnTime, type ReportedSpan } from '../../model/clock.ts';
import type { Measurement } from '../../model/logged/node-series.ts';
import type { NodeRun, Sample, Snapshot } from '../../model/logged/sample.ts';
import { compareTexts } from '../../model/names.ts';
import { describeClocks, describeMissingRows } from '../runs/clock-notes.ts';
import { type KnownRun, NodeRunIndex, sameRun } from '../runs/run-tracker.ts';
import { type CandidateRun, chooseRuns } from '../runs/snapshot-choice.ts';
import { cutStretches, describeSpan } from '../runs/stretches.ts';
import type { RecentRuns, Until } from './recent-runs.ts';

/** The last one may still be written, the one before it may be damaged; the third tells the interval. */
const CANDIDATES = 3;

interface Candidate extends CandidateRun {
  readonly samples: readonly Sample[];
}

export interface FoundSnapshot {
  readonly snapshot: Snapshot;
  /** What most nodes agree is now, and who does not. */
  readonly time: AgreedTime;
  /** What is odd about clocks, and which rows are missing, one sentence each. */
  readonly notes: readonly string[];
  /** True where a node has no run with as many rows as it says. */
  readonly isIncomplete: boolean;
}

/**
 * The last complete run of every node.
 *
 * @param found the last runs up to the time asked for
 * @param nodeRuns what the nodes say of these, and what nodes say that logged no variable
 * @param at up to when, seconds since the epoch; null for the end
 * @param until the same by the clock of each node
 */
export async function takeSnapshot(
  found: RecentRuns,
  nodeRuns: readonly Measurement[],
  at: number | null,
  until: Until,
): Promise<FoundSnapshot> {
  const index = new NodeRunIndex(nodeRuns);
  const runs = orderRuns(found, nodeRuns, until, index);
  const time = agreeOnTime(
    [...runs].flatMap(([, { spans }]) => spans),
    until.offsets,
  );
  const chosen = new Map([...runs].map(([node, { sequence }]) => [node, chooseLast(node, sequence, time)]));
  await fetchMissing(found, chosen);
  const candidates = new Map<string, Candidate[]>();
  for (const [node, list] of chosen) {
    if (list.length > 0)
      candidates.set(
        node,
        list.map((run) => makeCandidate(found, index, node, run)),
      );
  }
  const reference = found.passed && at !== null ? at : time.now;
  const choice = chooseRuns(candidates, found.earlier, reference, time);
  const nodes = choice.nodes.map(({ node, run: { run, ts, samples }, complete }): NodeRun => {
    const { residentMemory = null, zeekVersion = null } = index.find(node, run, ts) ?? {};
    return { node, run, ts, complete, residentMemory, zeekVersion, samples };
  });
  const agreeing = nodes.filter(({ node }) => !time.offsets.has(node));
  const times = (agreeing.length > 0 ? agreeing : nodes).map(({ ts }) => ts);
  const ts = times.length > 0 ? Math.max(...times) : time.now;
  // What a node says of a run may stand in the log of another logger too: those that are told here must do.
  const missing = choice.nodes.flatMap(({ node }) => {
    const told = candidates.get(node)!.filter(({ cut, logged }) => !cut && logged !== null);
    const last = told.at(-1);
    if (last === undefined || told.some(({ rows, logged }) => rows >= logged!)) return [];
    return [{ node, rows: last.rows, logged: last.logged! }];
  });
  return {
    snapshot: { ts, asked: at, nodes, stopped: choice.stopped },
    time,
    notes: [...describeClocks(time), ...describeMissingRows(missing)],
    isIncomplete: missing.length > 0,
  };
}

interface RunsOfNode {
  /** In the order in which they were. */
  readonly sequence: readonly KnownRun[];
  readonly spans: readonly ReportedSpan[];
}

function orderRuns(
  found: RecentRuns,
  nodeRuns: readonly Measurement[],
  until: Until,
  index: NodeRunIndex,
): Map<string, RunsOfNode> {
  const all = new Map([...found.nodes].map(([node, { runs }]) => [node, runs.sorted()]));
  // Nodes that ran but had no variable large enough to be logged are nodes all the same.
  for (const { node, run, ts } of nodeRuns) {
    if (ts > until.of(node) || found.nodes.has(node) || run === null) continue;
    const list = all.get(node);
    if (list === undefined) all.set(node, [{ run, ts }]);
    else list.push({ run, ts });
  }
  return new Map(
    [...all].map(([node, sorted]) => {
      const told = nodeRuns.flatMap((one) => (one.node === node && one.boot !== null ? [one.boot] : []));
      const boots = told.sort((x, y) => x - y);
      // What a node says of a run may stand in another log: then it is of the boot before it.
      const bootBefore = (ts: number) => boots.findLast((boot) => boot <= ts) ?? null;
      const stretches = cutStretches(sorted, ({ run, ts }) => index.find(node, run, ts)?.boot ?? bootBefore(ts));
      const spans = stretches.map((stretch) => describeSpan(node, stretch));
      return [node, { sequence: stretches.flatMap(({ runs }) => runs), spans }];
    }),
  );
}

/** The last runs of a node that are not stamped later than what all agree is now. */
function chooseLast(node: string, sequence: readonly KnownRun[], time: AgreedTime): KnownRun[] {
  const latest = time.offsets.has(node) ? Number.POSITIVE_INFINITY : time.now + time.patience;
  return sequence.filter(({ ts }) => ts <= latest).slice(-CANDIDATES);
}

/** Rows are kept of the runs with the latest times; where clocks are odd, these are not the last ones. */
async function fetchMissing(found: RecentRuns, chosen: ReadonlyMap<string, readonly KnownRun[]>): Promise<void> {
  const isKept = (node: string, run: KnownRun) => {
    const logged = found.nodes.get(node);
    return logged === undefined || logged.samples.has(logged.runs.at(run.run, run.ts));
  };
  if ([...chosen].every(([node, list]) => list.every((run) => isKept(node, run)))) return;
  await found.fetch((node, { run, ts }) => (chosen.get(node) ?? []).some((one) => sameRun(run, ts, one.run, one.ts)));
}

function makeCandidate(found: RecentRuns, index: NodeRunIndex, node: string, { run, ts }: KnownRun): Candidate {
  const logged = found.nodes.get(node);
  const rows = logged?.samples.get(logged.runs.at(run, ts));
  // Which variable was logged first means nothing.
  const samples = [...(rows?.values() ?? [])].sort(
    (a, b) => compareTexts(a.variable, b.variable) || compareTexts(a.unit, b.unit),
  );
  const { writing } = found;
  return {
    run,
    ts,
    samples,
    rows: samples.length,
    logged: index.find(node, run, ts)?.variablesLogged ?? null,
    cut: logged !== undefined && found.isCut(node, { run, ts }),
    writing: writing !== null && writing.node === node && sameRun(run, ts, writing.run.run, writing.run.ts),
  };
}
