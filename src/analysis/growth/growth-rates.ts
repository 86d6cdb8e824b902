/** How fast each variable grows on each node, as `growth` says it, for answers that tell sizes. */

import type { GrowthSeries } from '../../model/answers/growth.ts';
import type { Unit } from '../../model/logged/sample.ts';
import type { JudgedSeries } from './judged-series.ts';

/** @returns per hour in the unit asked for; null where it does not grow, or its growth is not known in that unit */
export function listGrowthRates({
  series,
  stopped,
}: JudgedSeries): (node: string, variable: string, unit: Unit) => number | null {
  const keyOf = (node: string, variable: string) => JSON.stringify([node, variable]);
  const growing = new Map(
    series
      .filter(({ source, node, trend: { verdict } }) => {
        return source === 'variable' && !stopped.has(node) && (verdict === 'growing' || verdict === 'stepped');
      })
      .map((one) => [keyOf(one.node, one.variable), one]),
  );
  return (node, variable, unit) => {
    const one = growing.get(keyOf(node, variable));
    return one === undefined ? null : readPerHour(unit, one);
  };
}

function readPerHour(unit: Unit, { bytesPerHour, sizePerHour, measure, trend, unit: logged }: GrowthSeries) {
  if (unit === 'bytes' && bytesPerHour !== null) return bytesPerHour.likely;
  if (unit === 'entries') return measure === 'entries' ? (trend.perHour?.likely ?? null) : null;
  return unit === logged ? sizePerHour : null;
}
