/**
 * Tells runs apart by their keys: a row belongs to the run of its node with its counter and its time, wherever it
 * stands. In the log contract all rows of a run have one time; in the origin's logs they lie some milliseconds apart.
 */

import type { Measurement } from '../../model/logged/node-series.ts';

/** Rows of one node with the same counter that are further apart than this, in seconds, are of two runs. */
export const SAME_RUN_WITHIN = 5;
/** Rows of different nodes reach a log in slightly different order than their times, in seconds. */
export const DISORDER = 120;

/** True where a row is of a run of the same node. */
export function sameRun(run: number, ts: number, otherRun: number, otherTs: number): boolean {
  return run === otherRun && Math.abs(ts - otherTs) < SAME_RUN_WITHIN;
}

/** True where a run can be of the same boot and clock as an earlier one: its counter went up, and time did not go back. */
export function follows(run: number, ts: number, earlierRun: number, earlierTs: number): boolean {
  return run > earlierRun && ts > earlierTs - SAME_RUN_WITHIN;
}

/** The runs of one node, each once, however often and in whatever order they are met. */
export class RunSet {
  readonly #ofCounter = new Map<number, KnownRun[]>();
  #last: KnownRun | null = null;
  #size = 0;

  /** The run of a row, which is made where it is not known. */
  at(run: number, ts: number): KnownRun {
    const last = this.#last;
    if (last !== null && sameRun(run, ts, last.run, last.ts)) return seenAt(last, ts);
    let list = this.#ofCounter.get(run);
    if (list === undefined) {
      list = [];
      this.#ofCounter.set(run, list);
    }
    let known = list.find((one) => Math.abs(ts - one.ts) < SAME_RUN_WITHIN);
    if (known === undefined) {
      known = { run, ts };
      list.push(known);
      this.#size++;
    }
    this.#last = known;
    return seenAt(known, ts);
  }

  /** Of a run that is needed no more. */
  forget({ run, ts }: KnownRun): void {
    const before = this.#ofCounter.get(run) ?? [];
    const list = before.filter((one) => !sameRun(run, ts, one.run, one.ts));
    this.#size -= before.length - list.length;
    if (list.length === 0) this.#ofCounter.delete(run);
    else this.#ofCounter.set(run, list);
    this.#last = null;
  }

  hasCounter(run: number): boolean {
    return this.#ofCounter.has(run);
  }

  get size(): number {
    return this.#size;
  }

  /** In the order of their time. */
  sorted(): KnownRun[] {
    return [...this.#ofCounter.values()].flat().sort((a, b) => a.ts - b.ts || a.run - b.run);
  }
}

export interface KnownRun {
  readonly run: number;
  /** Of its earliest row. */
  ts: number;
}

function seenAt(known: KnownRun, ts: number): KnownRun {
  if (ts < known.ts) known.ts = ts;
  return known;
}

/** What `cluster.log` does not say of a run. */
export const NOTHING_ELSE = {
  run: null,
  boot: null,
  longestPause: null,
  atExit: false,
  variablesSeen: null,
  variablesLogged: null,
  residentMemory: null,
  zeekVersion: null,
} as const;

/** The row for a run, if there is one. */
export class NodeRunIndex {
  readonly #ofRun = new Map<string, Measurement[]>();

  constructor(measurements: readonly Measurement[]) {
    for (const measurement of measurements) {
      const key = `${measurement.run} ${measurement.node}`;
      const list = this.#ofRun.get(key);
      if (list === undefined) this.#ofRun.set(key, [measurement]);
      else list.push(measurement);
    }
  }

  find(node: string, run: number, ts: number): Measurement | undefined {
    return this.#ofRun.get(`${run} ${node}`)?.findLast((one) => sameRun(run, ts, run, one.ts));
  }
}
