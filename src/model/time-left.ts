/** How long memory that grows has until it reaches its limit. */

import type { ByteRange } from './bytes.ts';

/** Hours from now: at the fastest, as is likely, and at the slowest; null for never. */
export interface TimeLeft {
  readonly low: number;
  readonly likely: number;
  readonly high: number | null;
}

/**
 * @param limit bytes the process may have, of which it has `used`
 * @param perHour bytes
 * @returns null where there is no telling
 */
export function timeLeft(limit: number | null, used: number | null, perHour: ByteRange | null): TimeLeft | null {
  if (limit === null || used === null || perHour === null || perHour.likely <= 0) return null;
  const left = Math.max(0, limit - used);
  const { low, likely, high } = perHour;
  return { low: left / high, likely: left / likely, high: low > 0 ? left / low : null };
}
