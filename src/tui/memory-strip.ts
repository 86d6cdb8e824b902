/** One line of how the memory of the processes went, with limit and time left: those first that are full soonest. */

import { findTimeLeft, type NodeVerdict } from '../model/answers/doctor.ts';
import type { WatchMemory } from '../model/answers/watch.ts';
import { formatSize } from '../model/quantity.ts';
import { formatDuration } from '../model/time.ts';
import { visibleName } from '../report/text/sanitize.ts';
import { sparkline } from '../report/text/sparkline.ts';
import { measureWidth } from '../report/text/width.ts';

const PICTURE = 8;
/** A process that gains less than this share of its memory in an hour is not said to fill up. */
const NO_GROWTH = 0.001;

/**
 * @param verdicts what `doctor` says of the nodes, which is better than the rate of the window; none until that is known
 * @returns as many processes as there is room for; empty where no log tells memory
 */
export function memoryStrip(memory: readonly WatchMemory[], verdicts: readonly NodeVerdict[], width: number): string {
  const judged = new Map(verdicts.map((verdict) => [verdict.node, verdict]));
  const left = (one: WatchMemory) => {
    const verdict = judged.get(one.node);
    return verdict === undefined ? hoursLeft(one) : (findTimeLeft(verdict)?.likely ?? null);
  };
  const nodes = memory
    .filter(({ points }) => points.length > 0)
    .map((one) => ({ ...one, now: one.points.at(-1)!.bytes, hours: left(one) }))
    .sort((a, b) => (a.hours ?? Infinity) - (b.hours ?? Infinity) || b.now - a.now);
  let line = '';
  for (const { node, points, limit, now, hours } of nodes) {
    const course = sparkline(
      points.map(({ bytes }) => bytes),
      PICTURE,
    );
    const most = limit === null ? '' : ` of ${formatSize(limit, 'bytes')}`;
    const full = hours === null ? '' : `, full in ${formatDuration(hours * 3600)}`;
    const part = `${visibleName(node)} ${course} ${formatSize(now, 'bytes')}${most}${full}`;
    const longer = line === '' ? `resident  ${part}` : `${line}   ${part}`;
    if (measureWidth(longer) > width) break;
    line = longer;
  }
  return line;
}

/** At the rate of the window; null where it does not grow, or has no limit. */
function hoursLeft({ points, limit }: WatchMemory): number | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || limit === null || last.ts <= first.ts) return null;
  const perHour = ((last.bytes - first.bytes) / (last.ts - first.ts)) * 3600;
  return perHour > NO_GROWTH * last.bytes ? Math.max(0, limit - last.bytes) / perHour : null;
}
