/** The answer of `diff`: what is different between two times, logs, nodes or boots. */

import type { ByteRange } from '../bytes.ts';
import type { Reading } from '../logged/reading.ts';
import type { Unit } from '../logged/sample.ts';
import type { SizeUnit, TopNode, TopPivot, TopResult } from './top.ts';

/** What is compared. */
export type DiffKind = 'times' | 'logs' | 'nodes' | 'boots';

/** What sizes are divided by, so that a busy hour can be compared with a quiet one. */
export type DiffDivisor = 'connections';

export interface DiffSide {
  /** The time, path, node or boot as it was given. */
  readonly name: string;
  /** First and last run that was counted, seconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly nodes: readonly TopNode[];
  readonly stopped: TopResult['stopped'];
  /** Live connections of these nodes at these runs, together; null where they were not asked for. */
  readonly connections: number | null;
}

/** `appeared` and `gone`: logged on one side only; on the other it is below the collector's threshold, or not there. */
export type DiffState = 'appeared' | 'gone' | 'grown' | 'shrunk';

export interface DiffRow {
  readonly group: string;
  readonly state: DiffState;
  /** In the unit of the section, divided where that was asked for; null where it was not logged. */
  readonly before: number | null;
  readonly after: number | null;
  readonly change: number;
  /** Of `before`, 0.1 being 10 % more; null where there is none. */
  readonly relative: number | null;
  readonly beforeBytes: ByteRange | null;
  readonly afterBytes: ByteRange | null;
  readonly beforeEntries: number | null;
  readonly afterEntries: number | null;
  /** Nodes on which it was logged. */
  readonly beforeNodes: number;
  readonly afterNodes: number;
}

export interface DiffSection {
  readonly unit: Unit;
  readonly before: number;
  readonly after: number;
  /** The largest change first. */
  readonly rows: readonly DiffRow[];
  /** Rows left out by the limit, and their change. */
  readonly hidden: { readonly groups: number; readonly change: number };
  /** Groups that are the same. */
  readonly same: number;
}

export interface DiffResult {
  readonly kind: DiffKind;
  readonly by: TopPivot;
  readonly unit: SizeUnit;
  readonly per: DiffDivisor | null;
  readonly filters: TopResult['filters'];
  readonly before: DiffSide;
  readonly after: DiffSide;
  readonly sections: readonly DiffSection[];
  readonly reading: Reading;
}
