/** What the nodes say of their processes: when they started, and how two measures of them went, run by run. */

import type { NodeSeries } from '../model/node-series.ts';
import type { Series } from '../model/series.ts';
import { bucketOf, type Segment } from './segment.ts';

/** A boot that is told may lie this much after the first run it is for, in seconds: clocks are read at different moments. */
const BOOT_SLACK = 5;

interface NodeRecord {
  readonly boots: readonly number[];
  /** Ascending. */
  readonly ts: Float64Array;
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
    this.#nodes = new Map([...ofNodes].map(([node, list]) => [node, recordOf(list)]));
  }

  /** The boot that a node's run at `ts` is of; null where nothing tells. */
  bootOf(node: string, ts: number): number | null {
    const boots = (this.#nodes.get(node)?.boots ?? []).filter((boot) => boot <= ts + BOOT_SLACK);
    return boots.length === 0 ? null : Math.max(...boots);
  }

  /** The measures at the points of a segment. */
  seriesOf({ node, level, buckets }: Segment, stretch: number): Series[] {
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
      for (let i = firstAt(record.ts, buckets[0]! * 2 ** level); i < record.ts.length; i++) {
        const bucket = bucketOf(record.ts[i]!, level);
        if (bucket > buckets.at(-1)!) break;
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
function firstAt(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function recordOf(lives: readonly NodeSeries[]): NodeRecord {
  const ts = joined(lives.map((life) => life.ts));
  const residentMemory = joined(lives.map(({ gauges }) => gauges.resident_memory));
  const duration = joined(lives.map(({ gauges }) => gauges.duration));
  const boots = lives.flatMap(({ boot }) => (boot !== null && boot > 0 ? [boot] : []));
  if (ts.every((at, i) => i === 0 || ts[i - 1]! <= at)) return { boots, ts, residentMemory, duration };
  const order = Array.from(ts.keys()).sort((a, b) => ts[a]! - ts[b]!);
  const ordered = (values: Float64Array) => Float64Array.from(order, (i) => values[i]!);
  return { boots, ts: ordered(ts), residentMemory: ordered(residentMemory), duration: ordered(duration) };
}

function joined(columns: readonly Float64Array[]): Float64Array {
  if (columns.length === 1) return columns[0]!;
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return all;
}
