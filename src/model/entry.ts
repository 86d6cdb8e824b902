/** A variable's size on a node at one time: what answers group, pictures draw and exports tell. */

import type { TopPivot } from './answers/top.ts';
import type { ByteRange, BytesMethod } from './bytes.ts';
import type { Attribution } from './logged/description.ts';
import type { Sample } from './logged/sample.ts';
import { readSensor } from './names.ts';

export interface Entry extends Sample {
  readonly node: string;
  /** When the run was made, seconds since the epoch. */
  readonly ts: number;
  /** Null where nobody can say: the log's unit is not known, or no log tells types. */
  readonly bytes: ByteRange | null;
  readonly method: BytesMethod | null;
  /** In Zeek's words; null where the logs do not say. */
  readonly type: string | null;
  /** Where it is declared. */
  readonly from: Attribution;
}

const UNKNOWN = 'unknown';

/** Where a pivot puts an entry. */
export const GROUPS_OF: Readonly<
  Record<TopPivot, (entry: Pick<Entry, 'node' | 'moduleName' | 'variable' | 'type' | 'from'>) => string>
> = {
  node: ({ node }) => node,
  sensor: ({ node }) => readSensor(node) ?? UNKNOWN,
  module: ({ moduleName }) => moduleName,
  variable: ({ variable }) => variable,
  package: ({ from }) => from.package,
  script: ({ from }) => from.script ?? UNKNOWN,
  type: ({ type }) => type ?? UNKNOWN,
};
