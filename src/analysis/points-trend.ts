/** How a series of points went: what every judgement of its shape comes to, and what they have in common. */

import type { GrowthShape, GrowthVerdict, SeriesTrend } from '../model/growth.ts';
import type { Points } from './trend.ts';

/** What happens in this first share of the time belongs to the start. */
export const STARTING = 0.12;
/** A step that adds this share of what was there before is worth a line. */
export const WORTH_A_LINE = 0.5;
/** What does not grow by so many entries or objects in a month is not worth a line. */
export const FEWEST_IN_A_MONTH = 1000;

/** The same as `SeriesTrend`, with the beginning in hours on the points' own clock. */
export type PointsTrend = Omit<SeriesTrend, 'since'> & { readonly since: number };

/** One that does not go on rising. */
export function still({ t, y }: Points, shape: GrowthShape, verdict: GrowthVerdict, since?: number): PointsTrend {
  return {
    shape,
    verdict,
    why: null,
    since: since ?? t[0] ?? 0,
    perHour: null,
    confidence: null,
    rise: (y.at(-1) ?? 0) - (y[0] ?? 0),
    plateau: null,
    neverShrank: false,
  };
}
