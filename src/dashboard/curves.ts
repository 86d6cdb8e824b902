/** How variables went: a small picture each, a line per node. */

import { scaleLinear, scaleUtc } from 'd3-scale';
import { line } from 'd3-shape';
import type { PageCurve } from '../model/answers/report.ts';
import { formatTime } from '../model/time.ts';
import { formatAmount, formatShortAmount } from './amounts.ts';
import { createSvgElement, element, whenWidthChanges } from './elements.ts';
import { drawTimeAxis } from './time-axis.ts';

const HEIGHT = 200;
const MARGIN = { top: 10, right: 22, bottom: 24, left: 58 };

export function drawCurves(place: HTMLElement, curves: readonly PageCurve[]): void {
  for (const curve of curves) drawCurve(place, curve);
}

/** @param span seconds before the end that it goes back; null for all */
export function drawCurve(place: HTMLElement, whole: PageCurve, span: number | null = null): void {
  const curve = span === null ? whole : lastOf(whole, span);
  const frame = element('div', { class: 'curve' });
  const readout = element('p', { class: 'readout', 'aria-hidden': 'true' });
  const summary = summarize(curve);
  place.append(
    element(
      'figure',
      {},
      element('figcaption', {}, element('h3', {}, curve.variable), element('p', {}, summary)),
      frame,
      readout,
      listValues(curve),
    ),
  );
  whenWidthChanges(frame, (width) => frame.replaceChildren(drawPicture(curve, width, summary, readout)));
}

function lastOf(curve: PageCurve, span: number): PageCurve {
  const end = Math.max(...curve.lines.map(({ points }) => points.at(-1)?.[0] ?? 0));
  const cut = (points: PageCurve['lines'][number]['points']) => points.filter(([ts]) => ts >= end - span);
  return { ...curve, lines: curve.lines.map((one) => ({ ...one, points: cut(one.points) })) };
}

function worstOf({ lines }: PageCurve): PageCurve['lines'][number] | undefined {
  return lines.find(({ worst }) => worst) ?? lines[0];
}

function summarize(curve: PageCurve): string {
  const worst = worstOf(curve);
  const [first, last] = [worst?.points[0], worst?.points.at(-1)];
  if (worst === undefined || first === undefined || last === undefined) return 'Nothing was logged.';
  return `${worst.node}: ${formatAmount(first[1], curve)} to ${formatAmount(last[1], curve)}`;
}

function drawPicture(curve: PageCurve, width: number, summary: string, readout: HTMLElement): SVGSVGElement {
  const points = curve.lines.flatMap((one) => one.points);
  const x = scaleUtc()
    .domain([Math.min(...points.map(([ts]) => ts)) * 1000, Math.max(...points.map(([ts]) => ts)) * 1000])
    .range([MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear()
    .domain([0, Math.max(1, ...points.map(([, value]) => value))])
    .nice(4)
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const { by = 'node' } = curve;
  const svg = createSvgElement('svg', {
    viewBox: `0 0 ${width} ${HEIGHT}`,
    width,
    height: HEIGHT,
    role: 'img',
    'aria-label': `${curve.variable} over time, ${curve.lines.length} ${by}${curve.lines.length === 1 ? '' : 's'}. ${summary}`,
  });
  for (const tick of y.ticks(4)) {
    svg.append(
      createSvgElement('line', { class: 'grid', x1: MARGIN.left, x2: width - MARGIN.right, y1: y(tick), y2: y(tick) }),
      createSvgElement(
        'text',
        { class: 'axis', x: MARGIN.left - 6, y: y(tick) + 4, 'text-anchor': 'end' },
        formatShortAmount(tick, curve.unit),
      ),
    );
  }
  svg.append(...drawTimeAxis(x, width, HEIGHT));
  const path = line<readonly [number, number]>(
    ([ts]) => x(ts * 1000),
    ([, value]) => y(value),
  );
  const worst = worstOf(curve);
  const drawn = [...curve.lines.filter((one) => one !== worst), ...(worst === undefined ? [] : [worst])];
  for (const one of drawn) {
    svg.append(
      createSvgElement(
        'path',
        { class: one === worst ? 'line worst' : 'line', d: path([...one.points]) ?? '' },
        createSvgElement('title', {}, one.node),
      ),
    );
  }
  const cross = createSvgElement('circle', { class: 'cross', r: 4, visibility: 'hidden' });
  svg.append(cross);
  svg.addEventListener('pointermove', (event) => {
    const box = svg.getBoundingClientRect();
    const [px, py] = [
      ((event.clientX - box.left) * width) / box.width,
      ((event.clientY - box.top) * HEIGHT) / box.height,
    ];
    let best: { node: string; point: readonly [number, number]; distance: number } | null = null;
    for (const { node, points } of curve.lines) {
      for (const point of points) {
        const distance = Math.hypot(x(point[0] * 1000) - px, (y(point[1]) - py) / 2);
        if (best === null || distance < best.distance) best = { node, point, distance };
      }
    }
    if (best === null) return;
    cross.setAttribute('cx', String(x(best.point[0] * 1000)));
    cross.setAttribute('cy', String(y(best.point[1])));
    cross.setAttribute('visibility', 'visible');
    readout.textContent = `${best.node}, ${formatTime(best.point[0])}: ${formatAmount(best.point[1], curve)}`;
  });
  svg.addEventListener('pointerleave', () => {
    cross.setAttribute('visibility', 'hidden');
    readout.textContent = '';
  });
  return svg;
}

/** The lines as a table, for those who do not see them, or want numbers. */
function listValues(curve: PageCurve): HTMLElement {
  const heading = (text: string) => element('th', { scope: 'col' }, text);
  const rows = curve.lines.map(({ node, points }) => {
    const [first, last] = [points[0], points.at(-1)];
    const most = points.reduce((max, [, value]) => Math.max(max, value), 0);
    const cells = [first?.[1], last?.[1], most].map((value) =>
      element('td', { class: 'number' }, value === undefined ? '–' : formatAmount(value, curve)),
    );
    return element('tr', {}, element('th', { scope: 'row' }, node), ...cells);
  });
  const { by = 'node' } = curve;
  const body = element('tbody', {}, ...rows);
  const head = element('thead', {}, element('tr', {}, ...[by, 'first', 'last', 'most'].map(heading)));
  const caption = element('caption', {}, `${curve.variable} by ${by}`);
  return element('details', {}, element('summary', {}, 'As a table'), element('table', {}, caption, head, body));
}
