/** How fast the memory of a process fills: by itself, or by what grows in it, whichever is more. */

import type { GrowthSeries } from '../../model/answers/growth.ts';
import { addBytes, type ByteRange } from '../../model/bytes.ts';

/**
 * Memory that was freed is used again, and resident memory does not rise before that is over: what grows in it goes on all the same.
 *
 * @param resident bytes per hour of its resident memory; null where that does not grow
 * @param series of the process
 * @returns bytes per hour; null where nothing grows
 */
export function fillingOf(resident: ByteRange | null, series: readonly GrowthSeries[]): ByteRange | null {
  const rates = series.flatMap(({ source, trend, bytesPerHour }) => {
    return source !== 'process' && trend.verdict === 'growing' && bytesPerHour !== null ? [bytesPerHour] : [];
  });
  const inside = rates.length === 0 ? null : rates.reduce(addBytes);
  return (inside?.likely ?? 0) > (resident?.likely ?? 0) ? inside : resident;
}
