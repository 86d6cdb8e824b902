/** The nodes beside each other: a bar each, divided by what holds the memory there. */

import { scaleLinear } from 'd3-scale';
import type { ReportPage } from '../model/answers/report.ts';
import { whenLookChanges } from './address.ts';
import { colourClass, formatAmount, formatShortAmount, measureOf } from './amounts.ts';
import { createSvgElement, element, fitted, whenWidthChanges } from './elements.ts';

const ROW = 22;
const TOP = 18;

export function drawBars(place: HTMLElement, page: ReportPage): void {
  const legend = element('ul', { class: 'legend' });
  const frame = element('div', { class: 'bars' });
  const detail = element('p', { class: 'detail', 'aria-hidden': 'true' });
  place.append(legend, frame, detail);
  let measure = 0;
  let width = 0;
  whenLookChanges(({ unit }) => {
    const before = measure;
    measure = measureOf(page, unit);
    if (measure !== before) draw();
  });
  whenWidthChanges(frame, (now) => {
    width = now;
    draw();
  });

  function draw(): void {
    const size = page.measures[measure];
    if (size === undefined) return;
    const { groups, nodes } = size.bars;
    const rows = nodes
      .map((node) => ({ ...node, total: node.values.reduce((sum, value) => sum + value, 0) }))
      .toSorted((a, b) => b.total - a.total || (a.node < b.node ? -1 : 1));
    legend.replaceChildren(
      ...groups.map((group, i) =>
        element(
          'li',
          {},
          createSvgElement(
            'svg',
            { class: `key ${colourClass(i)}`, width: 12, height: 12, 'aria-hidden': 'true' },
            createSvgElement('rect', { width: 12, height: 12 }),
          ),
          ` ${group}`,
        ),
      ),
    );
    const left = Math.min(140, Math.max(60, Math.max(...rows.map(({ node }) => node.length)) * 7 + 10), width * 0.3);
    const x = scaleLinear()
      .domain([0, Math.max(1, ...rows.map(({ total }) => total))])
      .range([left, width - 90]);
    const height = TOP + rows.length * ROW + 4;
    const most = rows[0];
    const least = rows.at(-1);
    const svg = createSvgElement('svg', {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label':
        most === undefined || least === undefined
          ? 'No nodes'
          : `Nodes compared in ${size.title}: from ${formatAmount(least.total, size)} on ${least.node} to ${formatAmount(most.total, size)} on ${most.node}. The table below has the numbers.`,
    });
    for (const tick of x.ticks(Math.max(2, Math.floor(width / 160)))) {
      svg.append(
        createSvgElement('line', { class: 'grid', x1: x(tick), x2: x(tick), y1: TOP - 4, y2: height }),
        createSvgElement(
          'text',
          { class: 'axis', x: x(tick), y: 11, 'text-anchor': 'middle' },
          formatShortAmount(tick, size.unit),
        ),
      );
    }
    rows.forEach(({ node, values, total }, row) => {
      const y = TOP + row * ROW;
      svg.append(
        createSvgElement(
          'text',
          { x: left - 8, y: y + 14, 'text-anchor': 'end' },
          createSvgElement('title', {}, node),
          fitted(node, left - 8, 7),
        ),
      );
      let sofar = 0;
      values.forEach((value, i) => {
        if (value <= 0) return;
        const text = `${groups[i]} on ${node}: ${formatAmount(value, size)}`;
        const part = createSvgElement(
          'g',
          { class: `part ${colourClass(i)}` },
          createSvgElement('title', {}, text),
          createSvgElement('rect', {
            x: x(sofar),
            y: y + 2,
            width: Math.max(0.5, x(sofar + value) - x(sofar)),
            height: ROW - 5,
          }),
        );
        part.addEventListener('pointerenter', () => {
          detail.textContent = text;
        });
        svg.append(part);
        sofar += value;
      });
      svg.append(
        createSvgElement(
          'text',
          { x: x(total) + 6, y: y + 14 },
          size.unit === 'bytes' ? formatAmount(total, size) : formatShortAmount(total, size.unit),
        ),
      );
    });
    svg.addEventListener('pointerleave', () => {
      detail.textContent = '';
    });
    frame.replaceChildren(svg);
    detail.textContent = '';
  }
}
