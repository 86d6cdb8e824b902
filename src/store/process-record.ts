/** What the nodes say of their processes: when they started, and how two measures of them went, run by run. */

import type { Series } from '../model/series.ts';
import { bucketOf, type Segment } from './segment.ts';

/** A boot that is told may lie this much after the first run it is for, in seconds: clocks are read at different moments. */
const BOOT_SLACK = 5;

interface NodeRecord {
  readonly boots: Set<number>;
  ts: number[];
  residentMemory: number[];
  duration: number[];
  sorted: boolean;
}

export class ProcessRecord {
  readonly #nodes = new Map<string, NodeRecord>();

  /** Numbers are NaN where the log does not say. */
  add(node: string, ts: number, boot: number, residentMemory: number, duration: number): void {
    let record = this.#nodes.get(node);
    if (record === undefined) {
      record = { boots: new Set(), ts: [], residentMemory: [], duration: [], sorted: true };
      this.#nodes.set(node, record);
    }
    if (boot > 0) record.boots.add(boot);
    if (ts < (record.ts.at(-1) ?? ts)) record.sorted = false;
    record.ts.push(ts);
    record.residentMemory.push(residentMemory);
    record.duration.push(duration);
  }

  /** The boot that a node's run at `ts` is of; null where nothing tells. */
  bootOf(node: string, ts: number): number | null {
    const boots = [...(this.#nodes.get(node)?.boots ?? [])].filter((boot) => boot <= ts + BOOT_SLACK);
    return boots.length === 0 ? null : Math.max(...boots);
  }

  /** The measures at the points of a segment. */
  seriesOf({ node, level, buckets }: Segment, stretch: number): Series[] {
    const record = this.#nodes.get(node);
    if (record === undefined) return [];
    sort(record);
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
function firstAt(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sort(record: NodeRecord): void {
  if (record.sorted) return;
  const order = record.ts.map((_, i) => i).sort((a, b) => record.ts[a]! - record.ts[b]!);
  const ordered = (values: readonly number[]) => order.map((i) => values[i]!);
  record.residentMemory = ordered(record.residentMemory);
  record.duration = ordered(record.duration);
  record.ts = ordered(record.ts);
  record.sorted = true;
}
