/** Ranges of bytes that must add up to what was measured. */

import type { ByteRange } from '../../model/bytes.ts';

/**
 * Cuts estimates to what fits into a whole: where they come to more, each gives up as large a share of what is uncertain in it,
 * and where even the least of them do, of itself. None is larger than what the least of the others leave.
 *
 * @returns as many ranges, whose likely values come to no more than the whole
 */
export function fitInto(whole: number, parts: readonly ByteRange[]): ByteRange[] {
  const sum = (of: (part: ByteRange) => number) => parts.reduce((total, part) => total + of(part), 0);
  const least = sum(({ low }) => low);
  const likely = sum((part) => part.likely);
  if (least > whole) {
    const share = whole / least;
    return parts.map(({ low }) => ({ low: low * share, likely: low * share, high: low * share }));
  }
  const kept = likely > whole ? (whole - least) / (likely - least) : 1;
  return parts.map((part) => {
    const fitting = part.low + (part.likely - part.low) * kept;
    return { low: part.low, likely: fitting, high: Math.max(fitting, Math.min(part.high, whole - (least - part.low))) };
  });
}
