/** What the nodes say of their processes: when they started, and how two measures of them went, run by run. */

import { type NodeSeries, readNumber } from '../../model/logged/node-series.ts';
import type { Series } from '../../model/logged/series.ts';
import { type KnownRun, SAME_RUN_WITHIN, sameRun } from './run-tracker.ts';
import { chooseBucket, findBounds } from './segment.ts';
import type { StretchesOfNode } from './stretch-table.ts';
import { cutStretches } from './stretches.ts';

/** A boot that is told may lie this much after the first run it is for, in seconds: clocks are read at different moments. */
const BOOT_SLACK = 5;

interface NodeRecord {
  /** Those that are told, ascending. */
  readonly boots: readonly number[];
  /** Ascending; the other columns go with it. */
  readonly ts: Float64Array;
  readonly run: Float64Array;
  /** NaN where the log does not say. */
  readonly boot: Float64Array;
  readonly residentMemory: Float64Array;
  readonly duration: Float64Array;
}

export class ProcessRecord {
  readonly #nodes: ReadonlyMap<string, NodeRecord>;

  /** @param lives by node and time */
  constructor(lives: readonly NodeSeries[] = []) {
    const ofNodes = new Map<string, NodeSeries[]>();
    for (const life of lives) {
      const list = ofNodes.get(life.node);
      if (list === undefined) ofNodes.set(life.node, [life]);
      else list.push(life);
    }
    this.#nodes = new Map([...ofNodes].map(([node, list]) => [node, findRecord(list)]));
  }

  /** The boot that a run is of, as its own row says, or those before it; null where nothing tells. */
  bootOf(node: string, run: number, ts: number): number | null {
    const record = this.#nodes.get(node);
    if (record === undefined) return null;
    for (let i = findFirstAt(record.ts, ts - SAME_RUN_WITHIN); i < record.ts.length; i++) {
      if (record.ts[i]! > ts + SAME_RUN_WITHIN) break;
      if (sameRun(run, ts, record.run[i]!, record.ts[i]!)) return readNumber(record.boot[i]!);
    }
    return record.boots.findLast((boot) => boot <= ts + BOOT_SLACK) ?? null;
  }

  /** How wide the buckets of each node's stretches will be, of the runs from one time to another. */
  expectedStretches(from: number, to: number): StretchesOfNode[] {
    return [...this.#nodes].map(([node, record]) => {
      const runs: KnownRun[] = [];
      for (let i = findFirstAt(record.ts, from); i < record.ts.length && record.ts[i]! <= to; i++)
        runs.push({ run: record.run[i]!, ts: record.ts[i]! });
      const stretches = cutStretches(runs, ({ run, ts }) => this.bootOf(node, run, ts));
      return { node, stretches: stretches.map((stretch) => findBounds(stretch.runs)), runs: null };
    });
  }

  /** The measures at the points of a stretch, which lie in the buckets given. */
  seriesOf(node: string, boot: number | null, level: number, buckets: readonly number[], stretch: number): Series[] {
    const record = this.#nodes.get(node);
    if (record === undefined) return [];
    const points = new Map(buckets.map((bucket, i) => [bucket, i]));
    const measures = [
      { key: 'resident_memory', unit: 'bytes', values: record.residentMemory },
      { key: 'duration', unit: 'seconds', values: record.duration },
    ];
    return measures.flatMap(({ key, unit, values }) => {
      const column = () => new Float64Array(buckets.length).fill(Number.NaN);
      const series = { stretch, source: 'process' as const, key, moduleName: '', unit };
      const { size, entries, lowest, highest } = {
        size: column(),
        entries: column(),
        lowest: column(),
        highest: column(),
      };
      let some = false;
      for (let i = findFirstAt(record.ts, buckets[0]! * 2 ** level); i < record.ts.length; i++) {
        const bucket = chooseBucket(record.ts[i]!, level);
        if (bucket > buckets.at(-1)!) break;
        if (boot !== null && record.boot[i] !== boot) continue;
        const point = points.get(bucket);
        const value = values[i]!;
        if (point === undefined || Number.isNaN(value)) continue;
        some = true;
        size[point] = value;
        if (!(lowest[point]! <= value)) lowest[point] = value;
        if (!(highest[point]! >= value)) highest[point] = value;
      }
      return some ? [{ ...series, size, entries, lowest, highest }] : [];
    });
  }
}

/** The first index at which a sorted list is not below a value. */
function findFirstAt(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function findRecord(lives: readonly NodeSeries[]): NodeRecord {
  const [ts, run] = [joinColumns(lives.map(({ ts }) => ts)), joinColumns(lives.map(({ run }) => run))];
  const order = Int32Array.from(ts.keys()).sort((a, b) => ts[a]! - ts[b]! || run[a]! - run[b]!);
  const inOrder = (column: Float64Array) => column.map((_, i) => column[order[i]!]!);
  return {
    boots: lives.flatMap(({ boot }) => (boot !== null && boot > 0 ? [boot] : [])).sort((a, b) => a - b),
    ts: inOrder(ts),
    run: inOrder(run),
    boot: inOrder(joinColumns(lives.map(({ boot, ts }) => new Float64Array(ts.length).fill(boot || Number.NaN)))),
    residentMemory: inOrder(joinColumns(lives.map(({ gauges }) => gauges.resident_memory))),
    duration: inOrder(joinColumns(lives.map(({ gauges }) => gauges.duration))),
  };
}

function joinColumns(columns: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    joined.set(column, at);
    at += column.length;
  }
  return joined;
}
