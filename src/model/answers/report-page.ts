/** What the pages of `report` draw their pictures from: plain data, made by report and read by the dashboard. */

import type { Unit } from '../logged/sample.ts';

/** One way to measure: everything in one unit. */
export interface PageMeasure {
  readonly unit: Unit;
  /** As a heading has it: `bytes`, `objects`. */
  readonly title: string;
  /** True where the numbers are estimates, which are never shown without saying so. */
  readonly estimated: boolean;
  /** A stacked bar per node: what the groups named hold there, in their order. */
  readonly bars: {
    readonly groups: readonly string[];
    readonly nodes: readonly { readonly node: string; readonly values: readonly number[] }[];
  };
}

/** A variable over all nodes. All text is safe to show. */
export interface PageVariable {
  /** Empty where no package of any variable is known. */
  readonly package: string;
  readonly module: string;
  readonly variable: string;
  /** Per measure; null where it has none in it. */
  readonly values: readonly (number | null)[];
  /** Bounds of its bytes; null where they are exact or not known. */
  readonly bounds: readonly [low: number, high: number] | null;
}

/** How a variable went on the nodes where it grows. */
export interface PageCurve {
  readonly variable: string;
  readonly unit: Unit;
  readonly estimated: boolean;
  /** What a line is one of; nothing is nodes. */
  readonly by?: string;
  readonly lines: readonly {
    readonly node: string;
    /** The one that is talked about. */
    readonly worst: boolean;
    /** Seconds since the epoch, and the value there. */
    readonly points: readonly (readonly [ts: number, value: number])[];
  }[];
}

export interface ReportPage {
  readonly measures: readonly PageMeasure[];
  readonly variables: readonly PageVariable[];
  readonly curves: readonly PageCurve[];
}

/** Where the page's data stands in the document. */
export const PAGE_DATA_ID = 'page-data';
