/** Numbers as the page shows them: an estimate never without its sign, and its range beside it. */

import { type ByteRange, isExact } from '../../model/bytes.ts';
import { formatSize } from '../../model/quantity.ts';

export const NOTHING = '–';

/** `≈ 12.3 MB`, `12.3 MB` where it is exact, `–` where it is not known. */
export function likelyBytes(bytes: ByteRange | null): string {
  if (bytes === null) return NOTHING;
  return `${isExact(bytes) ? '' : '≈ '}${formatSize(bytes.likely, 'bytes')}`;
}

/** `8.00 MB to 20.1 MB`, or `exact`. */
export function boundsOf(bytes: ByteRange | null): string {
  if (bytes === null) return NOTHING;
  return isExact(bytes) ? 'exact' : `${formatSize(bytes.low, 'bytes')} to ${formatSize(bytes.high, 'bytes')}`;
}
