/**
 * Several variables of a node that rise alike, at the same times by about the same share, do so because there is more
 * traffic. Within a day and a half of logs, its rhythm cannot be told from growth otherwise.
 */

import { sampleCorrelation } from 'simple-statistics';
import type { Stretch } from '../../model/logged/series.ts';
import type { Judged } from './growth-series.ts';

const HOURS = 36;
const FEWEST = 5;
const ALIKE = 0.95;
/** What begins at less than this share of where it ends was filled from nothing: traffic does not begin at nothing. */
const FROM_NOTHING = 0.2;

/** The places of the series that rise like at least four others of their node. */
export function risingAlike(judged: readonly Judged[], stretches: readonly Stretch[]): Set<number> {
  const groups = new Map<number, number[]>();
  judged.forEach(({ series: { source, stretch, trend }, points: { y } }, i) => {
    const { firstTs, lastTs } = stretches[stretch]!;
    const rises = trend.verdict === 'growing' || trend.verdict === 'stepped' || trend.verdict === 'watch';
    if (source !== 'variable' || !rises || trend.neverShrank || lastTs - firstTs > HOURS * 3600) return;
    if (y.length < 8 || y[0]! < FROM_NOTHING * y.at(-1)!) return;
    groups.set(stretch, [...(groups.get(stretch) ?? []), i]);
  });
  const alike = new Set<number>();
  for (const group of groups.values()) {
    if (group.length < FEWEST) continue;
    for (const i of group) {
      const others = group.filter((j) => i !== j && isAlike(judged[i]!, judged[j]!));
      if (others.length + 1 >= FEWEST) alike.add(i);
    }
  }
  return alike;
}

function isAlike(a: Judged, b: Judged): boolean {
  const ratio = computeRise(a) / computeRise(b);
  if (ratio < 0.5 || ratio > 2) return false;
  const length = Math.min(a.points.y.length, b.points.y.length);
  return sampleCorrelation(a.points.y.slice(-length), b.points.y.slice(-length)) > ALIKE;
}

function computeRise({ points: { y } }: Judged): number {
  return y.at(-1)! / Math.max(1, y[0]!) - 1;
}
