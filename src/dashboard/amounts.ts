/** Amounts in the unit of a measure, estimates with their sign. */

import type { PageMeasure, ReportPage } from '../model/answers/report.ts';
import { formatCount, formatSize } from '../model/quantity.ts';

/** The place of the measure in a unit; the first where there is none. */
export function measureOf({ measures }: ReportPage, unit: string | null): number {
  return Math.max(
    0,
    measures.findIndex((measure) => measure.unit === unit),
  );
}

export function formatAmount(value: number, { unit, estimated }: Pick<PageMeasure, 'unit' | 'estimated'>): string {
  const text = unit === 'bytes' ? formatSize(value, unit) : `${formatCount(value)} ${unit}`;
  return estimated ? `≈ ${text}` : text;
}

/** For axes, where the unit stands elsewhere. */
export function formatShortAmount(value: number, unit: string): string {
  return unit === 'bytes' ? formatSize(value, unit) : formatCount(value);
}

/** Groups with colours of their own: as many as the page tells apart, see `barsOf` in src/report/html/variables.ts. */
const COLOURS = 7;

/** Colours of groups by their place; all others are grey. */
export function colourClass(index: number): string {
  return index < 0 || index >= COLOURS ? 'c-rest' : `c${index}`;
}
