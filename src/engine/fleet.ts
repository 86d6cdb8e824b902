/** The processes that an engine knows at some time. */

import { chooseInterval, patience } from '../model/clock.ts';
import { NODE_METRICS } from '../model/metrics.ts';
import { type EngineClient, type EngineSeries, textOfLabels } from './client.ts';
import { NodeNames } from './node-names.ts';
import { overTime, selectorOf } from './queries.ts';

const DAY = 86_400;
/** A node is looked for so many seconds back: first as of a fleet that runs, then as of metrics that were imported. */
const LOOKS_BACK = [DAY, 365 * DAY] as const;

export interface FleetNode {
  readonly node: string;
  /** Of its series. */
  readonly labels: EngineSeries['labels'];
  /** Seconds since the epoch. */
  readonly lastRun: number;
  /** When its process started; null where no log said so. */
  readonly start: number | null;
  readonly run: number | null;
}

export interface Fleet {
  /** For which time was asked, or now by the clock of the engine, in seconds since the epoch. */
  readonly time: number;
  /** By name. */
  readonly nodes: readonly FleetNode[];
  readonly names: NodeNames;
  /** When the newest run was made, seconds since the epoch. */
  readonly newest: number;
  /** Seconds between two runs of a node, usually. */
  readonly interval: number;
}

/**
 * @param time seconds since the epoch; null for now
 * @returns null where there are none
 */
export async function fleetAt(client: EngineClient, time: number | null): Promise<Fleet | null> {
  for (const back of LOOKS_BACK) {
    const ask = (metric: (typeof NODE_METRICS)['run']) => client.instant(overTime(selectorOf(metric, {}), back), time);
    const lastRuns = (await ask(NODE_METRICS.lastRun)).filter(({ points }) => points.length > 0);
    if (lastRuns.length === 0) continue;
    return fleetOf(lastRuns, await ask(NODE_METRICS.start), await ask(NODE_METRICS.run));
  }
  return null;
}

function fleetOf(
  lastRuns: readonly EngineSeries[],
  starts: readonly EngineSeries[],
  runs: readonly EngineSeries[],
): Fleet {
  const lastValuesOf = (series: readonly EngineSeries[]) => {
    const values = new Map(series.map(({ labels, points }) => [textOfLabels(labels), points.at(-1)?.[1] ?? null]));
    return (labels: EngineSeries['labels']) => values.get(textOfLabels(labels)) ?? null;
  };
  const startOf = lastValuesOf(starts);
  const runOf = lastValuesOf(runs);
  const told = lastRuns.map(({ labels, points }) => {
    return { labels, lastRun: points.at(-1)![1], start: startOf(labels), run: runOf(labels) };
  });
  const intervals = told.flatMap(({ lastRun, start, run }) => {
    return start !== null && run !== null && run > 1 && lastRun > start ? [(lastRun - start) / run] : [];
  });
  const interval = chooseInterval(intervals);
  const names = new NodeNames(lastRuns, starts, patience(interval));
  // Of a node that was scraped twice, or moved, the newest.
  const byName = new Map<string, FleetNode>();
  for (const one of told.toSorted((a, b) => a.lastRun - b.lastRun)) {
    const node = names.of(one.labels)!;
    byName.set(node, { node, ...one });
  }
  const nodes = [...byName.values()].sort((a, b) => (a.node < b.node ? -1 : 1));
  const newest = nodes.reduce((last, { lastRun }) => Math.max(last, lastRun), 0);
  return { time: lastRuns[0]!.points.at(-1)![0], nodes, names, newest, interval };
}

/** False for a node that has stopped, or of which nobody tells any more. */
export function isAlive({ lastRun }: FleetNode, { newest, interval }: Fleet): boolean {
  return newest - lastRun <= patience(interval);
}
