/** What the nodes say of single runs, found by run. */

import type { Measurement } from '../model/measurement.ts';
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

/** The row for a run, if there is one. Only the last runs are asked for, so these are looked for, not every run indexed. */
export class NodeRunIndex {
  readonly #ofNode = new Map<string, Measurement[]>();

  constructor(measurements: readonly Measurement[]) {
    for (const measurement of measurements) {
      const list = this.#ofNode.get(measurement.node);
      if (list === undefined) this.#ofNode.set(measurement.node, [measurement]);
      else list.push(measurement);
    }
  }

  find(node: string, run: number, ts: number): Measurement | undefined {
    return this.#ofNode.get(node)?.findLast((m) => m.run === run && sameRun(run, ts, run, m.ts));
  }
}
