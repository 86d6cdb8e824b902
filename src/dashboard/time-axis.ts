/** The axis of time below a picture: in UTC, with 24 hours. */

import type { ScaleTime } from 'd3-scale';
import { createSvgElement } from './elements.ts';

const TICK_WIDTH = 110;
const A_DAY = 86_400_000;

export function drawTimeAxis(x: ScaleTime<number, number>, width: number, height: number): SVGElement[] {
  const [from, to] = x.domain() as [Date, Date];
  const isLong = to.getTime() - from.getTime() > A_DAY;
  return x
    .ticks(Math.max(2, Math.floor(width / TICK_WIDTH)))
    .filter((tick) => tick >= from && tick <= to)
    .map((tick) => {
      const text = tick.toISOString();
      const time = text.slice(11, tick.getUTCSeconds() === 0 ? 16 : 19);
      const label = isLong ? `${text.slice(5, 10)}${time === '00:00' ? '' : ` ${time}`}` : `${time}Z`;
      return createSvgElement('text', { class: 'axis', x: x(tick), y: height - 6, 'text-anchor': 'middle' }, label);
    });
}
