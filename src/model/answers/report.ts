/** The answer of `report`: all that is known of a cluster's memory, in one. */

import type { ByteRange } from '../bytes.ts';
import type { Reading } from '../logged/reading.ts';
import type { Unit } from '../logged/sample.ts';
import type { SizeStep } from '../size-estimate.ts';
import type { DoctorResult } from './doctor.ts';
import type { InventoryResult } from './inventory.ts';

/** How a variable went. */
export interface ReportCourse {
  readonly variable: string;
  /** Of the values: entries, or the size in the log's unit. */
  readonly unit: Unit;
  readonly lines: readonly {
    readonly node: string;
    readonly points: readonly (readonly [ts: number, value: number])[];
  }[];
}

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
  /** When it began, seconds since the epoch. */
  readonly since: number;
  readonly lines: ReportCourse['lines'];
}

interface ReportParts {
  readonly variable: string;
  readonly node: string;
  readonly steps: readonly SizeStep[];
}

export interface ReportResult {
  readonly inventory: InventoryResult;
  /** What is wrong; null where it was not asked, because only a part of the variables was or there are no logs. */
  readonly verdict: DoctorResult | null;
  /** What grows, the worst first; null where the logs are too short to tell. */
  readonly growth: readonly ReportCurve[] | null;
  /** How the largest of the others went. */
  readonly others: readonly ReportCourse[];
  /** Of each finding of the verdict, when it began, seconds since the epoch; null where that is not known. */
  readonly began: readonly (number | null)[];
  /** Of the largest variables what their bytes are made of on the node where they are largest: the parts add up. */
  readonly parts: readonly ReportParts[];
  readonly reading: Reading;
}
