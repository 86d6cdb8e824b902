/** What is asked of the size model, and what it answers. */

import type { ByteRange, BytesMethod } from './bytes.ts';
import type { DescribedType } from './logged/description.ts';
import type { Unit } from './logged/sample.ts';

export interface SizeInput extends DescribedType {
  /** What was measured, in `unit`; null where only the entries are known. */
  readonly size: number | null;
  readonly unit: Unit;
  /** Elements of a table, set or vector; null for what is no container. */
  readonly entries: number | null;
  /** The most elements it ever had; null where no history is known. */
  readonly peakEntries: number | null;
}

/** A part of the memory: the parts add up to the estimate. */
export interface SizeStep {
  readonly what: string;
  readonly bytes: ByteRange;
}

export interface SizeEstimate {
  /** Null where nothing can be said: a size in a unit nobody knows. */
  readonly bytes: ByteRange | null;
  readonly method: BytesMethod;
  readonly steps: readonly SizeStep[];
  /** What was assumed, what was not understood, one sentence each. Names from logs in them are not sanitized. */
  readonly notes: readonly string[];
}
