/** The answer of `estimate`: what a structure weighs by the size model alone. */

import type { ByteRange } from './bytes.ts';
import type { SizeEstimate, SizeInput } from './size-estimate.ts';

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
