/** Of which life of its process a node's answer is. */

import type { GrowthStretch } from '../../model/answers/growth.ts';
import type { Stretch } from '../../model/logged/series.ts';
import { isEnough } from '../judge/thresholds.ts';
import { ageOf, type Judged } from './growth-series.ts';

/** Of every node its last stretch that is long enough to judge, or its last one. */
export function longEnoughStretches(all: readonly Stretch[]): Set<number> {
  const chosen = new Map<string, number>();
  all.forEach((stretch, i) => {
    const before = chosen.get(stretch.node);
    if (before === undefined || isLongEnough(stretch) || !isLongEnough(all[before]!)) chosen.set(stretch.node, i);
  });
  return new Set(chosen.values());
}

/**
 * Of nodes of which nothing is known to grow but their memory, and that until they were restarted, the life before: the last one
 * is too short to tell where.
 */
export function earlierStretches(judged: readonly Judged[], all: readonly Stretch[]): Map<number, number> {
  const grows = new Set(
    judged.flatMap(({ series: { source, stretch, trend } }) => {
      return source !== 'process' && (trend.verdict === 'growing' || trend.verdict === 'stepped') ? [stretch] : [];
    }),
  );
  const instead = new Map<number, number>();
  for (const { series } of judged) {
    if (series.source !== 'process' || !series.trend.isOfEarlierLife || grows.has(series.stretch)) continue;
    const before = all.findLastIndex((one, i) => i < series.stretch && one.node === series.node && isLongEnough(one));
    if (before >= 0) instead.set(series.stretch, before);
  }
  return instead;
}

export function growthStretches(all: readonly Stretch[], chosen: ReadonlySet<number>): GrowthStretch[] {
  const last = new Map(all.map(({ node }, i) => [node, i]));
  return all.map((stretch, i) => {
    const { node, boot, begins, firstTs, lastTs, runs, firstRun, lastRun } = stretch;
    const missing = Math.max(0, lastRun - firstRun + 1 - runs);
    const place = { judged: chosen.has(i), latest: last.get(node) === i };
    return { node, boot, begins, firstTs, lastTs, runs, missing, ...place, age: ageOf(stretch) };
  });
}

function isLongEnough({ ts, firstTs, lastTs }: Stretch): boolean {
  return isEnough(ts.length, (lastTs - firstTs) / 3600);
}
