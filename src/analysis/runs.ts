/** What the measurements cost each node. */

import type { RunsResult, RunsRow } from '../model/answers/runs.ts';
import type { Measurement } from '../model/logged/node-series.ts';

/** One row per node, sorted by name. */
export function describeRuns(
  measurements: readonly Measurement[],
  source: RunsRow['source'],
): Omit<RunsResult, 'reading'> {
  const byNode = new Map<string, Measurement[]>();
  for (const measurement of measurements) {
    const list = byNode.get(measurement.node);
    if (list === undefined) byNode.set(measurement.node, [measurement]);
    else list.push(measurement);
  }
  const rows = [...byNode]
    .map(([node, list]) =>
      describeNode(
        node,
        list.toSorted((a, b) => a.ts - b.ts),
        source,
      ),
    )
    .sort((a, b) => (a.node < b.node ? -1 : 1));
  return {
    from: rows.reduce((first, row) => Math.min(first, row.firstTs), Number.POSITIVE_INFINITY),
    to: rows.reduce((last, row) => Math.max(last, row.lastTs), Number.NEGATIVE_INFINITY),
    rows,
  };
}

/** @param list in the order of time, not empty */
function describeNode(node: string, list: readonly Measurement[], source: RunsRow['source']): RunsRow {
  const first = list[0]!;
  const last = list.at(-1)!;
  const longest = list.reduce((a, b) => (b.duration > a.duration ? b : a));
  const sorted = list.map(({ duration }) => duration).sort((a, b) => a - b);
  const total = sorted.reduce((sum, duration) => sum + duration, 0);
  const pauses = list.flatMap(({ longestPause, atExit }) => (longestPause === null || atExit ? [] : [longestPause]));
  const boots = new Set(list.flatMap(({ boot }) => (boot === null ? [] : [boot])));
  const elapsed = last.ts - first.ts;
  return {
    node,
    source,
    runs: list.length,
    boots: boots.size > 0 ? boots.size : null,
    firstTs: first.ts,
    lastTs: last.ts,
    duration: {
      median: findMedian(sorted),
      max: longest.duration,
      maxTs: longest.ts,
      last: last.duration,
      total,
    },
    longestPause: pauses.length > 0 ? Math.max(...pauses) : null,
    // The last measurement lies after the time that is counted.
    busy: elapsed > 0 ? (total - last.duration) / elapsed : null,
    variablesSeen: last.variablesSeen,
    variablesLogged: last.variablesLogged,
    residentMemory: last.residentMemory,
    zeekVersion: last.zeekVersion,
  };
}

function findMedian(sorted: readonly number[]): number {
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!;
}
