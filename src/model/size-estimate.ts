/** What is asked of the size model and what it answers, for a variable and for `estimate`. */

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

/** What strings, and containers inside, are filled with to be measured. */
export const USUAL_SHAPE = { stringLength: 15, innerEntries: 4 };

/** What it took in a real Zeek. */
export interface MeasuredSize {
  readonly zeekVersion: string;
  /** How many there were in the end: keys of some types are only so many. */
  readonly entries: number;
  readonly footprint: number;
  /** By how much resident memory grew, bytes. */
  readonly bytes: number;
  /** How far that may be off, bytes either way. */
  readonly error: number;
}

export interface EstimateResult {
  readonly input: SizeInput & { readonly type: string };
  /** As it was given; null is any version. */
  readonly zeekVersion: string | null;
  readonly estimate: SizeEstimate & { readonly bytes: ByteRange };
  /** Of one entry, the table itself and its slots included; null where there are no entries. */
  readonly perEntry: ByteRange | null;
  /** Null unless that was asked for. */
  readonly measured:
    | (MeasuredSize & { readonly shape: { readonly stringLength: number; readonly innerEntries: number } })
    | null;
}
