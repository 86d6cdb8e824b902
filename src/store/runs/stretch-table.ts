/** What is known of the stretches of all nodes before their rows are read, as far as it helps a scan to place runs. */

import type { KnownRun } from './run-tracker.ts';

/** Plain data, so that a thread can be given it. */
export interface StretchesOfNode {
  readonly node: string;
  /** How wide the buckets of each of its stretches are, and when it begins and ends. */
  readonly stretches: readonly { readonly level: number; readonly from: number; readonly to: number }[];
  /** All its runs by counter and time, and which stretch each is of; null where they are not known yet. */
  readonly runs: { readonly run: Float64Array; readonly ts: Float64Array; readonly stretch: Int32Array } | null;
}

/** Of a run: the number of its stretch among those of its node, -1 where it is not known; how wide buckets will be. */
interface RunPlace {
  readonly stretch: number;
  readonly level: number;
}

export class StretchTable {
  readonly #nodes: ReadonlyMap<string, StretchesOfNode>;

  constructor(nodes: readonly StretchesOfNode[]) {
    this.#nodes = new Map(nodes.map((one) => [one.node, one]));
  }

  of(node: string, run: number, ts: number): RunPlace {
    const known = this.#nodes.get(node);
    if (known === undefined) return { stretch: -1, level: 0 };
    if (known.runs === null) {
      const around = known.stretches.find(({ from, to }) => from <= ts && ts <= to);
      return { stretch: -1, level: around?.level ?? 0 };
    }
    const stretch = known.runs.stretch[locateRun(known.runs, run, ts)]!;
    return { stretch, level: known.stretches[stretch]!.level };
  }

  /** When a run was, whichever of its rows were met. */
  timeOf(node: string, { run, ts }: KnownRun): number {
    const runs = this.#nodes.get(node)?.runs;
    return runs ? runs.ts[locateRun(runs, run, ts)]! : ts;
  }
}

/** The parts of stretches that lie within a span of time. */
export function stretchesWithin(nodes: readonly StretchesOfNode[], first: number, last: number): StretchesOfNode[] {
  return nodes.map((one) => ({
    ...one,
    stretches: one.stretches
      .filter(({ from, to }) => from <= last && to >= first)
      .map(({ level, from, to }) => ({ level, from: Math.max(from, first), to: Math.min(to, last) })),
  }));
}

function locateRun({ run, ts }: NonNullable<StretchesOfNode['runs']>, wanted: number, at: number): number {
  let low = 0;
  let high = run.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (run[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  let best = low;
  for (let i = low; i < run.length && run[i] === wanted; i++)
    if (Math.abs(ts[i]! - at) < Math.abs(ts[best]! - at)) best = i;
  return best;
}
