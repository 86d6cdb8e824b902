/** What `archive` did. */

import type { Reading } from '../logged/reading.ts';

export interface ArchiveResult {
  /** Where the archive is. */
  readonly folder: string;
  /** Logs whose rows were added, and in how many files. */
  readonly added: readonly { readonly path: string; readonly rows: number; readonly files: number }[];
  /** How many logs were in it already. */
  readonly known: number;
  /** Logs that are still written to: the next time. */
  readonly open: readonly string[];
  /** Null where nothing was to be compacted. */
  readonly compacted: CompactedDays | null;
  readonly reading: Reading;
}

export interface CompactedDays {
  /** Days of a sensor that were rewritten. */
  readonly days: number;
  /** How many rows they had, and have. */
  readonly before: number;
  readonly after: number;
}
