/**
 * Which process a series is of. Nodes of several sensors have the same names; which sensor one is of is told by the label
 * `sensor`, and where that is missing or given twice, by the other labels that the engine adds.
 */

import { addSensor } from '../model/names.ts';
import { type EngineSeries, textOfLabels } from './client.ts';

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

export class NodeNames {
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
    const startOf = new Map(starts.map(({ labels, points }) => [textOfLabels(labels), points.at(-1)?.[1] ?? null]));
    for (const { labels, points } of lastRuns) {
      const key = placeOf(labels);
      const place = this.#places.get(key) ?? { sensor: labels.sensor ?? '', text: textOf(labels), nodes: new Map() };
      this.#places.set(key, place);
      place.nodes.set(nodeOf(labels), { start: startOf.get(textOfLabels(labels)) ?? null, lastRun: points.at(-1)![1] });
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
