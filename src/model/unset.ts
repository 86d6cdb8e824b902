/** Columns of numbers hold NaN where a log left one unset; single rows hold null. */

export function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
