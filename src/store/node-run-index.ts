/** What the nodes say of single runs, found by run. */

import type { Measurement } from '../model/measurement.ts';
import { sameRun } from './run-tracker.ts';

/** What `cluster.log` does not say of a run. */
export const NOTHING_ELSE = {
  run: null,
  boot: null,
  longestPause: null,
  variablesSeen: null,
  variablesLogged: null,
  residentMemory: null,
  zeekVersion: null,
} as const;

/** The row for a run, if there is one. */
export class NodeRunIndex {
  readonly #runs = new Map<string, Measurement[]>();

  constructor(measurements: readonly Measurement[]) {
    for (const measurement of measurements) {
      const key = `${measurement.run} ${measurement.node}`;
      const list = this.#runs.get(key);
      if (list === undefined) this.#runs.set(key, [measurement]);
      else list.push(measurement);
    }
  }

  find(node: string, run: number, ts: number): Measurement | undefined {
    return this.#runs.get(`${run} ${node}`)?.find((m) => sameRun(run, ts, run, m.ts));
  }
}
