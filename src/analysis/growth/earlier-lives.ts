/**
 * What a series did in earlier lives of its process says what to make of the last one.
 *
 * What is there again after a restart as it was before is one series. What starts anew and stopped by itself before is expected to
 * stop where it did. What grew until the restart is expected to go on, until the new life is long enough to tell otherwise.
 */

import { median } from 'simple-statistics';
import type { SeriesTrend } from '../../model/answers/growth.ts';
import { judge } from '../judge/judge.ts';
import { furthestFall, measureRange, type Points, sliceOf } from '../judge/points.ts';
import { convertToClock } from '../judge/points-trend.ts';
import { BEYOND_NORMAL, FILLED, REFILLING, SAME_AFTER_RESTART, STARTING } from '../judge/thresholds.ts';
import type { SeriesLife } from './series-life.ts';

export interface JudgedLife {
  /** Hours since the first run of the last life: of earlier ones they are negative. */
  readonly points: Points;
  readonly trend: SeriesTrend;
}

/** @param earlier lives of the same series, the latest first */
export function judgeOverLives(last: SeriesLife, earlier: readonly SeriesLife[]): JudgedLife {
  const joined = joinedLives(last, earlier);
  const others = earlier.slice(joined.length);
  const told = joined.length === 0 ? { points: last.points, trend: last.trend } : judgeTogether(last, joined);
  const { verdict } = told.trend;
  if (verdict === 'unclear') return told;
  const before = others.find(({ trend }) => trend.verdict !== 'unclear' && trend.verdict !== 'watch');
  if (before?.trend.verdict === 'growing') return cutOff(told, last, others.slice(others.indexOf(before)));
  if (verdict !== 'growing' && verdict !== 'stepped') return told;
  return isRefilling(told, last, others)
    ? { ...told, trend: { ...told.trend, verdict: 'watch', why: 'as-before' } }
    : told;
}

/** The earlier lives that the last one goes on from as if there had been no restart. */
function joinedLives(last: SeriesLife, earlier: readonly SeriesLife[]): readonly SeriesLife[] {
  let next = last;
  const end = earlier.findIndex((life) => {
    if (life.stretch.lastTs >= next.stretch.firstTs || !goesOn(life.points.y, next.points.y)) return true;
    next = life;
    return false;
  });
  return end < 0 ? earlier : earlier.slice(0, end);
}

/** True where the difference that a restart made is small beside what the series does without one. */
function goesOn(before: readonly number[], after: readonly number[]): boolean {
  if (before.length === 0 || after.length === 0) return false;
  const [from, to] = [median(before.slice(-3)), median(after.slice(0, 3))];
  const range = Math.max(measureRange(before), measureRange(after));
  return Math.min(from, to) > 0 && Math.abs(to - from) <= SAME_AFTER_RESTART * range;
}

function judgeTogether(last: SeriesLife, joined: readonly SeriesLife[]): JudgedLife {
  const { firstTs } = last.stretch;
  const points: { t: number[]; y: number[] } = { t: [], y: [] };
  for (const life of [...joined.toReversed(), last]) {
    const later = (life.stretch.firstTs - firstTs) / 3600;
    points.t.push(...life.points.t.map((hour) => hour + later));
    points.y.push(...life.points.y);
  }
  const trend = convertToClock(judge(points, last.counts), firstTs);
  const restarts = [last, ...joined].filter(({ stretch }) => stretch.firstTs > trend.since).length;
  return { points, trend: { ...trend, restarts: Math.min(restarts, joined.length) } };
}

/** True for a rise from the start to where it stopped by itself in earlier lives. */
function isRefilling({ points, trend }: JudgedLife, { stretch }: SeriesLife, others: readonly SeriesLife[]): boolean {
  const grew = others.findIndex((life) => life.trend.verdict === 'growing');
  const settled = (grew < 0 ? others : others.slice(0, grew)).filter(({ trend: { verdict } }) => {
    return verdict === 'fine' || verdict === 'stepped';
  });
  if (settled.length === 0 || points.y.at(-1)! > Math.max(...settled.map(({ most }) => most))) return false;
  const took = Math.max(...settled.map(hoursToFill));
  const began = (trend.since - stretch.firstTs) / 3600;
  return began <= REFILLING * took + STARTING * points.t.at(-1)!;
}

function hoursToFill({ points: { t, y } }: SeriesLife): number {
  const usual = median(y);
  return t[y.findIndex((value) => value >= FILLED * usual)]!;
}

/** @param earlier lives of which the first grew to its end */
function cutOff(told: JudgedLife, last: SeriesLife, earlier: readonly SeriesLife[]): JudgedLife {
  const { trend } = told;
  const before = earlier[0]!;
  const grew = before.trend;
  const isSeen = trend.verdict === 'growing';
  if (!isSeen && isOver(last, before)) return told;
  const { since, restarts } = beginningOf(last, earlier);
  const perHour = isSeen && !isRateOf(grew, last, trend) ? trend.perHour : grew.perHour;
  const shown = isSeen ? trend : { ...grew, why: null };
  return {
    ...told,
    trend: { ...shown, perHour, since, restarts, rise: Math.max(trend.rise, grew.rise), isOfEarlierLife: !isSeen },
  };
}

/** True where a life is long enough to tell that it does not grow as the one before: it falls behind further than that did. */
function isOver({ points }: SeriesLife, { points: earlier, trend, stretch }: SeriesLife): boolean {
  const span = points.t.at(-1)! - points.t[0]!;
  const begins = (trend.since - stretch.firstTs) / 3600;
  const tail = sliceOf(
    earlier,
    Math.max(
      0,
      earlier.t.findIndex((hour) => hour >= begins - 1e-9),
    ),
  );
  if (trend.confidence === 'low' || span > tail.t.at(-1)! - tail.t[0]!) return true;
  const rate = trend.perHour!.likely;
  const behind = ({ t, y }: Points) => furthestFall({ t, y: y.map((value, i) => value - rate * t[i]!) }, span);
  return behind(points) > BEYOND_NORMAL * behind(tail);
}

/** True where the rate of the life before may be that of the last one, and is known better since that was longer. */
function isRateOf({ perHour, since }: SeriesTrend, { stretch, points }: SeriesLife, now: SeriesTrend): boolean {
  const isWithin = perHour!.low <= now.perHour!.high && now.perHour!.low <= perHour!.high;
  const end = stretch.firstTs + points.t.at(-1)! * 3600;
  return isWithin && stretch.firstTs - since > end - now.since;
}

/** Since when it grows, over lives that grew from their start, and over how many restarts that is. */
function beginningOf(last: SeriesLife, earlier: readonly SeriesLife[]): Pick<SeriesTrend, 'since' | 'restarts'> {
  let begins = { since: last.stretch.firstTs, restarts: 0 };
  for (const [i, { stretch, trend }] of earlier.entries()) {
    if (trend.verdict === 'unclear') continue;
    if (trend.verdict !== 'growing' || stretch.lastTs >= begins.since) break;
    begins = { since: trend.since, restarts: i + 1 };
    if (trend.since - stretch.firstTs > STARTING * (stretch.lastTs - stretch.firstTs)) break;
  }
  return begins;
}
