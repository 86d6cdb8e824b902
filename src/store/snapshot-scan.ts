/** Keeps the last runs of every node while rows go by. */

import { SAMPLE } from '../format/log-kind.ts';
import type { StringPool } from '../format/string-pool.ts';
import type { Sample } from '../model/sample.ts';
import { numberOrNull } from '../model/unset.ts';
import { sameRun } from './run-tracker.ts';
import { SampleTexts } from './sample-row.ts';

/** A run as far as it was read. */
export interface RecentRun {
  readonly run: number;
  readonly ts: number;
  lastTs: number;
  /** True where rows of it may lie before what was read. */
  cut: boolean;
  readonly samples: Sample[];
}

/** The last one may still be written, the one before it may be damaged; the third tells the interval. */
const KEEP = 3;

export class SnapshotScan {
  readonly #pool: StringPool;
  readonly #texts: SampleTexts;
  readonly #until: number;
  readonly #fromStart: boolean;
  readonly #runs: (RecentRun[] | undefined)[] = [];
  /** The node of the last row. */
  lastNode: string | null = null;
  newest = Number.NEGATIVE_INFINITY;
  /** True once a row later than `until` has gone by. */
  passed = false;

  /** @param fromStart true where nothing of the log lies before the rows it will get */
  constructor(pool: StringPool, until: number, fromStart: boolean) {
    this.#pool = pool;
    this.#texts = new SampleTexts(pool);
    this.#until = until;
    this.#fromStart = fromStart;
  }

  row(values: Float64Array): void {
    const ts = values[SAMPLE.ts]!;
    if (ts > this.#until) {
      this.passed = true;
      return;
    }
    const node = this.#texts.node(values);
    this.lastNode = null;
    this.#lastNodeId = node;
    if (ts > this.newest) this.newest = ts;
    let runs = this.#runs[node];
    if (runs === undefined) {
      runs = [];
      this.#runs[node] = runs;
    }
    const run = values[SAMPLE.run]!;
    let open = runs[runs.length - 1];
    if (open === undefined || !sameRun(run, ts, open.run, open.lastTs)) {
      open = { run, ts, lastTs: ts, cut: runs.length === 0 && !this.#fromStart, samples: [] };
      runs.push(open);
      if (runs.length > KEEP) runs.shift();
    }
    open.lastTs = ts;
    open.samples.push(this.#sample(values));
  }

  #lastNodeId = -1;

  /** The runs of every node, oldest first. */
  finish(): Map<string, RecentRun[]> {
    if (this.#lastNodeId >= 0) this.lastNode = this.#pool.text(this.#lastNodeId);
    const runs = new Map<string, RecentRun[]>();
    this.#runs.forEach((list, node) => {
      if (list !== undefined) runs.set(this.#pool.text(node), list);
    });
    return runs;
  }

  #sample(values: Float64Array): Sample {
    const size = values[SAMPLE.size]!;
    const entries = values[SAMPLE.entries]!;
    return {
      moduleName: this.#pool.text(this.#texts.moduleName(values)),
      variable: this.#pool.text(values[SAMPLE.variable]!),
      size: numberOrNull(size),
      unit: this.#pool.text(this.#texts.unit(values)),
      entries: numberOrNull(entries),
    };
  }
}

/** The runs of a later part of the logs after those of an earlier one; a run that the border cut is joined. */
export function joinRecentRuns(earlier: readonly RecentRun[], later: readonly RecentRun[]): RecentRun[] {
  const last = earlier.at(-1);
  const first = later[0];
  if (last === undefined || first === undefined || !sameRun(first.run, first.ts, last.run, last.lastTs))
    return [...earlier, ...later].slice(-KEEP);
  const joined = {
    run: last.run,
    ts: last.ts,
    lastTs: first.lastTs,
    cut: last.cut,
    samples: [...last.samples, ...first.samples],
  };
  return [...earlier.slice(0, -1), joined, ...later.slice(1)].slice(-KEEP);
}
