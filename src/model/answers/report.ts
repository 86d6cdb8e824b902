/** The answer of `report`: all that is known of a cluster's memory, in one. */

import type { ByteRange } from '../bytes.ts';
import type { Reading } from '../logged/reading.ts';
import type { Unit } from '../logged/sample.ts';
import type { DoctorResult } from './doctor.ts';
import type { InventoryResult } from './inventory.ts';

/** A variable that grows, with how it went on every node where it does. */
export interface ReportCurve {
  readonly variable: string;
  readonly moduleName: string;
  readonly package: string | null;
  /** Of the values of the lines: entries, or the size in the log's unit. */
  readonly unit: Unit;
  /** In one word, as `growth` says it: `line`, `step`. */
  readonly shape: string;
  /** Over all nodes; null where it is not known. */
  readonly perHour: number | null;
  readonly bytesPerHour: ByteRange | null;
  readonly worstNode: string;
  /** Nodes on which it grows. */
  readonly nodes: number;
  readonly lines: readonly {
    readonly node: string;
    readonly points: readonly (readonly [ts: number, value: number])[];
  }[];
}

export interface ReportResult {
  readonly inventory: InventoryResult;
  /** What is wrong; null where it was not asked, because only a part of the variables was or there are no logs. */
  readonly verdict: DoctorResult | null;
  /** What grows, the worst first; null where the logs are too short to tell. */
  readonly growth: readonly ReportCurve[] | null;
  readonly reading: Reading;
}
