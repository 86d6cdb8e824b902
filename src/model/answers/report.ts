/** The answer of `report`: all that is known of a cluster's memory, in one. */

import type { ByteRange } from '../bytes.ts';
import type { Reading } from '../logged/reading.ts';
import type { Unit } from '../logged/sample.ts';
import type { SizeStep } from '../size-estimate.ts';
import type { DoctorResult, FindingLevel, MemoryCourse } from './doctor.ts';
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
  /** As the logs tell them; null where they do not. */
  readonly type: string | null;
  readonly declared: string | null;
  readonly expiry: string | null;
  /** Bytes per hour over all nodes; null where it does not grow. */
  readonly perHour: number | null;
  /** Per node of the page, in the first measure it has a value in; null where it was not logged. */
  readonly onNodes: readonly (number | null)[];
  /** What its bytes are made of on the node where it is largest; null where that was not worked out. */
  readonly parts: { readonly node: string; readonly steps: readonly PagePart[] } | null;
}

type PagePart = readonly [what: string, low: number, likely: number, high: number];

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

/** A process, and what it held over time. */
export interface PageNode {
  readonly node: string;
  readonly resident: number | null;
  readonly limit: number | null;
  /** What became of it, and how long until its limit; null where that is not known. */
  readonly sentence: string | null;
  readonly left: string | null;
  readonly memory: MemoryCourse | null;
}

export interface PageFinding {
  /** Of the element that tells it. */
  readonly id: string;
  readonly level: FindingLevel;
  readonly what: string;
  /** A variable of the page; null where it is about something else. */
  readonly variable: string | null;
  readonly nodes: readonly string[];
  /** When it began, seconds since the epoch; null where that is not known. */
  readonly since: number | null;
}

export interface ReportPage {
  readonly measures: readonly PageMeasure[];
  readonly variables: readonly PageVariable[];
  readonly curves: readonly PageCurve[];
  /** None on pages that are about one process only. */
  readonly nodes: readonly PageNode[];
  /** Nodes that behave alike, by their places among the nodes: those first that are full soonest. */
  readonly alike: readonly { readonly name: string; readonly nodes: readonly number[] }[];
  readonly findings: readonly PageFinding[];
}

/** Where the page's data stands in the document. */
export const PAGE_DATA_ID = 'page-data';
