/** Bytes as sure as they are known: every estimate says between what and what the truth lies. */

/** In bytes, `low <= likely <= high`. Reported sizes have all three equal. */
export interface ByteRange {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/**
 * How a range came about. `reported` by Zeek's `global_sizes()`; `modelled` from a type, entries and footprint;
 * `assumed` where the type is not known or not understood, so that the range is wide.
 */
export type BytesMethod = 'reported' | 'modelled' | 'assumed';

export const NO_BYTES: ByteRange = { low: 0, likely: 0, high: 0 };

/** The range of a sum. Bounds add up: the sum of many ranges is wider than it has to be, never narrower. */
export function addBytes(a: ByteRange, b: ByteRange): ByteRange {
  return { low: a.low + b.low, likely: a.likely + b.likely, high: a.high + b.high };
}

/** So many times as much. */
export function multiplyBytes({ low, likely, high }: ByteRange, times: number): ByteRange {
  return { low: low * times, likely: likely * times, high: high * times };
}

export function exactly(bytes: number): ByteRange {
  return { low: bytes, likely: bytes, high: bytes };
}

export function isExact({ low, high }: ByteRange): boolean {
  return low === high;
}
