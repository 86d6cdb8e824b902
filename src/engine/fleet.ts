/** The processes that an engine knows at some time. */

import { chooseInterval, computePatience } from '../model/clock.ts';
import { NODE_METRICS } from '../model/metrics.ts';
import { addSensor } from '../model/names.ts';
import { type EngineClient, type EngineSeries, printLabels } from './client.ts';
import { writeOverTime, writeSelector } from './queries.ts';

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
export async function findFleetAt(client: EngineClient, time: number | null): Promise<Fleet | null> {
  for (const back of LOOKS_BACK) {
    const ask = (metric: (typeof NODE_METRICS)['run']) =>
      client.instant(writeOverTime(writeSelector(metric, {}), back), time);
    const lastRuns = (await ask(NODE_METRICS.lastRun)).filter(({ points }) => points.length > 0);
    if (lastRuns.length === 0) continue;
    return makeFleet(lastRuns, await ask(NODE_METRICS.start), await ask(NODE_METRICS.run));
  }
  return null;
}

function makeFleet(
  lastRuns: readonly EngineSeries[],
  starts: readonly EngineSeries[],
  runs: readonly EngineSeries[],
): Fleet {
  const lastValuesOf = (series: readonly EngineSeries[]) => {
    const values = new Map(series.map(({ labels, points }) => [printLabels(labels), points.at(-1)?.[1] ?? null]));
    return (labels: EngineSeries['labels']) => values.get(printLabels(labels)) ?? null;
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
  const names = new NodeNames(lastRuns, starts, computePatience(interval));
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
  return newest - lastRun <= computePatience(interval);
}

/** Labels that metrics of my_stats have of their own; what else there is says where they were scraped. */
const OWN_LABELS = new Set([
  ...['__name__', 'node', 'package', 'module', 'variable', 'unit', 'type', 'script', 'expiry', 'method'],
  'zeek_version',
]);
/** Seconds by which two scrapes of one process may differ in when it started. */
const SAME_START = 1;

type Labels = EngineSeries['labels'];

interface Place {
  readonly sensor: string;
  /** What to call the place where its sensor's name says too little. */
  readonly text: string;
  /** Of each of its nodes when its process started and when it ran last, seconds since the epoch. */
  readonly nodes: Map<string, { readonly start: number | null; readonly lastRun: number }>;
}

class NodeNames {
  /** By `placeOf`. */
  readonly #places = new Map<string, Place>();
  /** What each place is told to be; empty where there is nothing to tell apart. */
  readonly #sensors = new Map<string, string>();
  readonly notes: readonly string[];

  /**
   * @param lastRuns the last run of each node as its value
   * @param starts of the same nodes when their processes started
   * @param silence seconds after which a node does not count as running any more
   */
  constructor(lastRuns: readonly EngineSeries[], starts: readonly EngineSeries[], silence: number) {
    const startOf = new Map(starts.map(({ labels, points }) => [printLabels(labels), points.at(-1)?.[1] ?? null]));
    for (const { labels, points } of lastRuns) {
      const key = placeOf(labels);
      const place = this.#places.get(key) ?? { sensor: labels.sensor ?? '', text: textOf(labels), nodes: new Map() };
      this.#places.set(key, place);
      place.nodes.set(nodeOf(labels), { start: startOf.get(printLabels(labels)) ?? null, lastRun: points.at(-1)![1] });
    }
    const places = [...this.#places.values()];
    const confused = new Set(
      places.flatMap((a, i) =>
        places.slice(i + 1).flatMap((b) => (a.sensor === b.sensor && areDifferent(a, b, silence) ? [a.sensor] : [])),
      ),
    );
    for (const [key, { sensor, text }] of this.#places) {
      const told = confused.has(sensor) ? [sensor, text].filter((part) => part !== '').join(' ') : sensor;
      this.#sensors.set(key, told);
    }
    this.notes = [...confused].map((sensor) =>
      sensor === ''
        ? 'Nodes of one name run at several places, and no label says which sensor they are of: they are told apart by what the engine calls these places.'
        : `There are several sensors called ${sensor}: they are told apart by what the engine calls their places.`,
    );
  }

  /** Null for what is of no node that is known. */
  of(labels: Labels): string | null {
    const key = placeOf(labels);
    const node = nodeOf(labels);
    if (!this.#places.get(key)?.nodes.has(node)) return null;
    const sensor = this.#sensors.get(key)!;
    return sensor === '' ? node : addSensor(node, sensor);
  }
}

function nodeOf(labels: Labels): string {
  return labels.node ?? '';
}

function placeOf(labels: Labels): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([name]) => !OWN_LABELS.has(name))
      .sort(),
  );
}

function textOf(labels: Labels): string {
  const others = Object.entries(labels).filter(([name]) => !OWN_LABELS.has(name) && name !== 'sensor');
  return labels.instance ?? others.map(([name, value]) => `${name}=${value}`).join(' ');
}

/** True where two places have a node of the same name, and both run at the same time: not one that was scraped twice, or moved. */
function areDifferent(a: Place, b: Place, silence: number): boolean {
  return [...a.nodes].some(([node, one]) => {
    const other = b.nodes.get(node);
    if (other === undefined || Math.abs(one.lastRun - other.lastRun) > silence) return false;
    if (one.start !== null && other.start !== null) return Math.abs(one.start - other.start) > SAME_START;
    return one.lastRun !== other.lastRun;
  });
}
