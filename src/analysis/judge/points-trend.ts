/** How a series of points went: what every judgement of its shape comes to, and what they have in common. */

import type { GrowthShape, GrowthVerdict, SeriesTrend } from '../../model/answers/growth.ts';
import type { Points } from './points.ts';

/** The same as `SeriesTrend` of one life, with the beginning in hours on the points' own clock. */
export type PointsTrend = Omit<SeriesTrend, 'restarts' | 'isOfEarlierLife'>;

/** @param began when the points' clock did, seconds since the epoch */
export function convertToClock(trend: PointsTrend, began: number): SeriesTrend {
  return { ...trend, since: began + trend.since * 3600, restarts: 0, isOfEarlierLife: false };
}

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
    steps: 0,
    neverShrank: false,
  };
}
