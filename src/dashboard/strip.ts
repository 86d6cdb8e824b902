/** The nodes as a strip of small pictures, those first that are full soonest; nodes that behave alike are one. */

import { scaleLinear } from 'd3-scale';
import { area } from 'd3-shape';
import type { ReportPage } from '../model/answers/report.ts';
import { formatSize } from '../model/quantity.ts';
import { lookAt, whenLookChanges } from './address.ts';
import { createSvgElement, element } from './elements.ts';

const WIDTH = 120;
const HEIGHT = 34;

export function drawStrip(place: HTMLElement, { alike, nodes }: ReportPage): void {
  const drawn = alike.flatMap(({ name, nodes: places }) => {
    const members = places.map((i) => nodes[i]!).filter(({ memory }) => memory !== null);
    return members.length === 0 ? [] : [{ name, members }];
  });
  if (drawn.length < 2) return;
  const buttons = drawn.map(({ name, members }) => {
    const { node, resident, left, memory, limit } = members[0]!;
    const amount = resident === null ? '' : formatSize(resident, 'bytes');
    const button = element(
      'button',
      { type: 'button', class: 'node' },
      element('strong', {}, name),
      small(memory!.resident, limit),
      element('span', {}, left === null ? amount : `${amount}, full in ${left}`),
    );
    button.addEventListener('click', () => lookAt({ node }));
    return { button, members };
  });
  place.append(element('div', { class: 'strip' }, ...buttons.map(({ button }) => button)));
  whenLookChanges((look) => {
    const at = buttons.find(({ members }) => members.some(({ node }) => node === look.node)) ?? buttons[0];
    for (const one of buttons) one.button.setAttribute('aria-pressed', String(one === at));
  });
}

function small(resident: readonly number[], limit: number | null): SVGSVGElement {
  const most = Math.max(...resident);
  const x = scaleLinear()
    .domain([0, resident.length - 1])
    .range([0, WIDTH]);
  const y = scaleLinear()
    .domain([0, limit !== null && limit <= 2 * most ? limit : most])
    .range([HEIGHT, 2]);
  const shape = area<number>()
    .x((_, i) => x(i))
    .y0(HEIGHT)
    .y1((value) => y(value));
  return createSvgElement(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, 'aria-hidden': 'true' },
    createSvgElement('path', { class: 'band c0', d: shape([...resident]) ?? '' }),
  );
}
