/**
 * The runs of nodes over a span of time, in as many points as a series has.
 *
 * The life of a process that runs has points of its own, as close to each other as their number allows; all of the span has
 * others, further apart, for the lives before. An engine is asked for the last value in each of the buckets between them.
 */

import { SERIES_BUCKETS, type Stretch } from '../model/logged/series.ts';
import { type Metric, NODE_METRICS } from '../model/metrics.ts';
import { type EngineClient, type EngineSeries, printLabels, type QueryRange } from './client.ts';
import type { Fleet, FleetNode } from './fleet.ts';
import { type Selection, writeOverTime, writeSelector } from './queries.ts';

/** Nodes that are asked for at once: what is answered fits into memory, however many there are. */
const NODES_AT_ONCE = 64;
/** Two tellings of when a process started, in seconds, that are of one process. */
const SAME_START = 1;

interface Span {
  /** Seconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Where a value belongs. */
interface Place {
  /** Index into the stretches. */
  readonly stretch: number;
  readonly point: number;
}

/** Nodes that are asked for together. */
export interface Window {
  readonly nodes: readonly FleetNode[];
  readonly steps: QueryRange;
  /** By node, then by time of the answer. */
  readonly places: Map<string, Map<number, Place>>;
}

export interface Timeline {
  readonly stretches: readonly Stretch[];
  readonly windows: readonly Window[];
}

/** A run as it was found in a window. */
interface FoundRun {
  readonly window: Window;
  readonly at: number;
  readonly ts: number;
  readonly start: number | null;
  readonly run: number | null;
}

export async function readTimeline(
  client: EngineClient,
  { names }: Fleet,
  nodes: readonly FleetNode[],
  span: Span,
): Promise<Timeline> {
  const windows = cutWindows(nodes, span);
  const found = new Map(nodes.map(({ node }) => [node, [] as FoundRun[]]));
  await Promise.all(
    windows.map(async (window) => {
      const [lastRuns, starts, runs] = await Promise.all(
        [NODE_METRICS.lastRun, NODE_METRICS.start, NODE_METRICS.run].map((metric) => ask(client, metric, window)),
      );
      const startOf = readValues(starts!);
      const runOf = readValues(runs!);
      const wanted = new Set(window.nodes.map(({ node }) => node));
      for (const { labels, points } of lastRuns!) {
        const node = names.of(labels);
        if (node === null || !wanted.has(node)) continue;
        for (const [at, ts] of points) {
          if (ts < span.from || ts > span.to) continue;
          found.get(node)!.push({ window, at, ts, start: startOf(labels, at), run: runOf(labels, at) });
        }
      }
    }),
  );
  const stretches: Stretch[] = [];
  for (const [node, runs] of found) addStretches(node, runs, stretches);
  return { stretches, windows };
}

/** The last values of a metric in the buckets of a window. */
export function ask(
  client: EngineClient,
  metric: Metric,
  { nodes, steps }: Window,
  { selection = {}, over = 'last' }: { selection?: Selection; over?: 'last' | 'min' | 'max' | undefined } = {},
): Promise<EngineSeries[]> {
  return client.range(
    writeOverTime(writeSelector(metric, { ...makeSelection(nodes), ...selection }), steps.step, over),
    steps,
  );
}

/** Of the same labels, those of these nodes and maybe some of others. */
function makeSelection(nodes: readonly FleetNode[]): Selection {
  const valuesOf = (label: string) => nodes.map(({ labels }) => labels[label] ?? '');
  return {
    node: valuesOf('node'),
    ...(nodes.some(({ labels }) => 'sensor' in labels) && { sensor: valuesOf('sensor') }),
  };
}

function cutWindows(nodes: readonly FleetNode[], { from, to }: Span): Window[] {
  const coarse = chooseLevel(from, to);
  const byLevel = new Map<number, FleetNode[]>([[coarse, [...nodes]]]);
  for (const one of nodes) {
    const level = chooseLevel(findBeginningOf(one, from), Math.min(to, one.lastRun));
    if (level < coarse) byLevel.set(level, [...(byLevel.get(level) ?? []), one]);
  }
  return [...byLevel].flatMap(([level, all]) => {
    const sorted = all.toSorted((a, b) => ((a.labels.sensor ?? '') < (b.labels.sensor ?? '') ? -1 : 1));
    return cutChunks(sorted, NODES_AT_ONCE).map((some) => {
      const start = level === coarse ? from : Math.min(...some.map((one) => findBeginningOf(one, from)));
      return { nodes: some, steps: alignToBuckets(start, to, level), places: new Map() };
    });
  });
}

/** With a trace, processes start after the runs they make: by the system's clock, not the packets'. */
function findBeginningOf({ start, lastRun }: FleetNode, from: number): number {
  return start === null || start > lastRun ? from : Math.max(from, start);
}

/** Buckets are 2^level seconds wide and counted from the epoch, as those of logs are. */
function chooseLevel(from: number, to: number): number {
  let level = 0;
  while (Math.floor(to / 2 ** level) - Math.floor(from / 2 ** level) >= SERIES_BUCKETS) level++;
  return level;
}

/** The end of each bucket. */
function alignToBuckets(from: number, to: number, level: number): QueryRange {
  const step = 2 ** level;
  return { start: (Math.floor(from / step) + 1) * step, end: (Math.floor(to / step) + 1) * step, step };
}

function cutChunks<Value>(values: readonly Value[], size: number): Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size));
}

function readValues(series: readonly EngineSeries[]) {
  const byLabels = new Map(series.map(({ labels, points }) => [printLabels(labels), new Map(points)]));
  return (labels: EngineSeries['labels'], at: number) => byLabels.get(printLabels(labels))?.get(at) ?? null;
}

/** Cuts what a node ran into the lives of its process, and gives each answer its place in them. */
function addStretches(node: string, found: readonly FoundRun[], stretches: Stretch[]): void {
  const lives: FoundRun[][] = [];
  for (const run of dropCoarse(found)) {
    const life = lives.at(-1);
    if (life === undefined || isRestart(life.at(-1)!, run)) lives.push([run]);
    else life.push(run);
  }
  for (const [i, life] of lives.entries()) {
    const runOf = new Map(life.map(({ ts, run }) => [ts, run]));
    const points = [...runOf.keys()];
    const pointOf = new Map(points.map((ts, point) => [ts, point]));
    const runs = [...runOf.values()];
    const [first, last] = [life[0]!, life.at(-1)!];
    const runsPerPoint = runs.map((run, at) => Math.max(1, (run ?? at) - (runs[at - 1] ?? (run ?? at) - 1)));
    stretches.push({
      node,
      boot: last.start,
      begins: i === 0 ? 'first' : 'restart',
      firstRun: first.run ?? 1,
      lastRun: last.run ?? points.length,
      firstTs: first.ts,
      lastTs: last.ts,
      runs: runsPerPoint.reduce((sum, count) => sum + count, 0),
      ts: Float64Array.from(points),
      runsPerPoint: Float64Array.from(runsPerPoint),
    });
    for (const { window, at, ts } of life) {
      const ofNode = window.places.get(node) ?? new Map<number, Place>();
      window.places.set(node, ofNode);
      ofNode.set(at, { stretch: stretches.length - 1, point: pointOf.get(ts)! });
    }
  }
}

/** In the order of time; where a finer window has a life, without the points of a coarser one. */
function dropCoarse(found: readonly FoundRun[]): FoundRun[] {
  const finest = found.reduce((least, { window }) => Math.min(least, window.steps.step), Number.POSITIVE_INFINITY);
  const since = found.reduce(
    (first, { window, ts }) => (window.steps.step === finest ? Math.min(first, ts) : first),
    Number.POSITIVE_INFINITY,
  );
  return found
    .filter(({ window, ts }) => window.steps.step === finest || ts < since)
    .sort((a, b) => a.ts - b.ts || a.at - b.at);
}

function isRestart(before: FoundRun, after: FoundRun): boolean {
  if (before.start !== null && after.start !== null) return Math.abs(after.start - before.start) > SAME_START;
  return before.run !== null && after.run !== null && after.run < before.run;
}
