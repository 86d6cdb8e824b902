/** What monitoring systems are told: sizes, processes, and what was judged of them. */

import type { NodeGauge } from '../logged/node-series.ts';
import type { DoctorResult } from './doctor.ts';
import type { GrowthResult } from './growth.ts';
import type { InventoryResult } from './inventory.ts';

/** What the node log says of a process at the run that counts. */
export interface MetricsProcess {
  readonly node: string;
  /** Seconds since the epoch, both. */
  readonly ts: number;
  readonly boot: number | null;
  /** Those that were logged. */
  readonly gauges: { readonly [gauge in NodeGauge]?: number };
}

export interface MetricsResult {
  readonly inventory: InventoryResult;
  readonly growth: GrowthResult;
  /** Null where only a part of the variables was asked for: then nothing is said of whole processes. */
  readonly verdict: DoctorResult | null;
  /** By node. */
  readonly processes: readonly MetricsProcess[];
  readonly reading: InventoryResult['reading'];
}
