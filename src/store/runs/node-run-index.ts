/** What the nodes say of single runs, found by run. */

import type { Measurement } from '../../model/logged/node-series.ts';
import { sameRun } from './run-tracker.ts';

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
