/** A judgement of a series in the terms of evidence: what there was at first and at last, and how fast it went. */

import { median } from 'simple-statistics';
import type { GrowthShape, SeriesTrend, WatchReason } from '../../model/answers/growth.ts';
import type { Points } from '../judge/points.ts';
import { SETTLED } from '../judge/thresholds.ts';

export interface Trend {
  /** `growing` on, `slowing` towards a level, `flat` for all else that does not fall, `falling`. */
  readonly kind: 'growing' | 'slowing' | 'flat' | 'falling';
  readonly shape: GrowthShape;
  readonly why: WatchReason | null;
  readonly confidence: SeriesTrend['confidence'];
  /** Where growth began and where it is; of all else after it settled and at last. */
  readonly first: number;
  readonly last: number;
  readonly change: number;
  /** Per second; 0 for what does not grow. */
  readonly slope: number;
  /** The same per hour, with its bounds; null for what does not grow. */
  readonly perHour: SeriesTrend['perHour'];
  /** Seconds since the epoch, within the last life. */
  readonly from: number;
  readonly to: number;
  /** When it began, in which life ever, and over how many restarts it went on. */
  readonly since: number;
  readonly restarts: number;
  /** True where it grew until the last restart, and what came since is too short to tell otherwise. */
  readonly isOfEarlierLife: boolean;
  /** Points in that time. */
  readonly runs: number;
}

/**
 * @param judged with its beginning in seconds since the epoch
 * @param began of the points' clock, seconds since the epoch: when the last life did
 * @returns null where there was too little to judge
 */
export function describeTrend(judged: SeriesTrend, { t, y }: Points, began: number): Trend | null {
  if (judged.verdict === 'unclear') return null;
  const { shape, why, confidence, since, restarts, isOfEarlierLife } = judged;
  const at = (i: number) => began + t[i]! * 3600;
  const last = median(y.slice(-3));
  const to = at(t.length - 1);
  const told = { kind: chooseKind(judged), shape, why, confidence, to, since, restarts, isOfEarlierLife };
  if (judged.verdict === 'growing') {
    const from = Math.max(since, began);
    const begins = Math.max(
      0,
      t.findIndex((_, i) => at(i) >= from - 1),
    );
    const slope = judged.perHour!.likely / 3600;
    const ends = { first: y[begins]!, last: y.at(-1)! };
    return {
      ...told,
      ...ends,
      change: restarts === 0 ? judged.rise : ends.last - ends.first,
      slope,
      perHour: judged.perHour,
      from,
      runs: t.length - begins,
    };
  }
  const settled = Math.floor(t.length * SETTLED);
  const first = median(y.slice(settled, settled + 3));
  return {
    ...told,
    first,
    last,
    change: last - first,
    slope: 0,
    perHour: null,
    from: at(settled),
    runs: t.length - settled,
  };
}

function chooseKind({ verdict, why, shape }: SeriesTrend): Trend['kind'] {
  if (verdict === 'growing') return 'growing';
  if (shape === 'plateau' || why === 'filling') return 'slowing';
  return shape === 'falling' ? 'falling' : 'flat';
}
