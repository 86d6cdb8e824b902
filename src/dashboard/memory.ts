/** The memory of one node over time, as parts that add up, with its limit and where findings began. */

import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, type Series, stack } from 'd3-shape';
import type { MemoryCourse } from '../model/answers/doctor.ts';
import type { PageFinding, PageNode, ReportPage } from '../model/answers/report.ts';
import { formatSize } from '../model/quantity.ts';
import { formatDuration, formatTime } from '../model/time.ts';
import { type Look, lookAt, whenLookChanges } from './address.ts';
import { colourClass } from './amounts.ts';
import { createRadioButtons, createSvgElement, element, fitted, whenWidthChanges } from './elements.ts';
import { drawTimeAxis } from './time-axis.ts';

const HEIGHT = 300;
const MARGIN = { top: 22, right: 22, bottom: 24, left: 62 };
/** A limit that is further above the memory than this would press the picture flat: it is told, not drawn. */
const LIMIT_WITHIN = 2;
const SPANS = [3600, 6 * 3600, 86_400, 7 * 86_400];
/** Variables named of a node. */
const LARGEST = 8;

export function drawMemory(place: HTMLElement, page: ReportPage): void {
  const known = page.nodes.filter(({ memory }) => memory !== null);
  const order = page.alike
    .flatMap(({ nodes }) => nodes.map((i) => page.nodes[i]!))
    .filter((one) => known.includes(one));
  const nodes = [...order, ...known.filter((one) => !order.includes(one))];
  if (nodes.length === 0) {
    place.append(element('p', {}, 'No log tells the memory of the processes (my_stats_node.log).'));
    return;
  }
  const chosen = element(
    'select',
    { id: 'node-choice' },
    ...nodes.map(({ node }) => element('option', { value: node }, node)),
  );
  chosen.addEventListener('change', () => lookAt({ node: chosen.value }));
  const caption = element('h3', { class: 'memory-title' });
  const frame = element('div', { class: 'memory' });
  const readout = element('p', { class: 'readout', 'aria-hidden': 'true' });
  const legend = element('ul', { class: 'legend' });
  const largest = element('details', {});
  const spans = spanChoice(nodes);
  place.append(
    element(
      'div',
      { class: 'controls' },
      element('label', {}, 'Memory of ', chosen),
      ...(spans === null ? [] : [spans]),
    ),
    caption,
    frame,
    readout,
    legend,
    largest,
  );
  let [width, look]: [number, Look | null] = [0, null];
  const draw = () => {
    if (look === null || width === 0) return;
    const at = look;
    const node = nodes.find((one) => one.node === at.node) ?? nodes[0]!;
    chosen.value = node.node;
    caption.textContent = node.sentence ?? node.node;
    const findings = page.findings.filter((one) => one.nodes.includes(node.node));
    const course = within(node.memory!, at.span);
    const items = course.parts.map(({ what }, k) => createLegendItem(what, colourClass(chooseColour(what, k)), page));
    const show = (i: number) => {
      readout.textContent = `${formatTime(course.ts[i]!)}: ${formatSize(course.resident[i]!, 'bytes')} resident`;
      for (const [k, { amount }] of items.entries())
        amount.textContent = ` ${formatSize(course.parts[k]!.values[i]!, 'bytes')}`;
    };
    frame.replaceChildren(drawPicture(node, course, { all: page.findings, own: findings }, width, show));
    legend.replaceChildren(...items.map(({ item }) => item).reverse());
    largest.replaceChildren(element('summary', {}, `Largest variables on ${node.node}`), findLargestOn(node, page));
  };
  whenWidthChanges(frame, (now) => {
    width = now;
    draw();
  });
  whenLookChanges((now) => {
    look = now;
    draw();
  });
}

/** Radio buttons for the spans that are shorter than what there is; null where there are none. */
function spanChoice(nodes: readonly PageNode[]): HTMLElement | null {
  const longest = Math.max(...nodes.map(({ memory }) => memory!.ts.at(-1)! - memory!.ts[0]!));
  const shorter = SPANS.filter((span) => span < longest);
  if (shorter.length === 0) return null;
  const spans = shorter.map((span) => [span, `last ${formatDuration(span)}`] as const);
  const { fieldset, check } = createRadioButtons<number | null>('span', 'Time', [[null, 'all'], ...spans], (span) =>
    lookAt({ span }),
  );
  whenLookChanges(({ span }) => check(span));
  return fieldset;
}

/** The last of it; the last two runs at least. */
function within({ ts, resident, parts }: MemoryCourse, span: number | null): MemoryCourse {
  const first =
    span === null
      ? 0
      : Math.min(
          ts.length - 2,
          ts.findIndex((at) => at >= ts.at(-1)! - span),
        );
  const cut = (values: readonly number[]) => values.slice(first);
  return {
    ts: cut(ts),
    resident: cut(resident),
    parts: parts.map(({ what, values }) => ({ what, values: cut(values) })),
  };
}

function drawPicture(
  { node, limit, left }: PageNode,
  { ts, resident, parts }: MemoryCourse,
  findings: { readonly all: readonly PageFinding[]; readonly own: readonly PageFinding[] },
  width: number,
  show: (point: number) => void,
): SVGSVGElement {
  const most = Math.max(...resident);
  const drawsLimit = limit !== null && limit <= LIMIT_WITHIN * most;
  const x = scaleUtc()
    .domain([ts[0]! * 1000, ts.at(-1)! * 1000])
    .range([MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear()
    .domain([0, drawsLimit ? Math.max(limit, most) : most])
    .nice(4)
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const told = (i: number) => {
    const held = parts.map(({ what, values }) => `${what} ${formatSize(values[i]!, 'bytes')}`).reverse();
    return `${formatTime(ts[i]!)}: ${formatSize(resident[i]!, 'bytes')} – ${held.join(', ')}`;
  };
  const limits =
    limit === null ? '' : `; limit ${formatSize(limit, 'bytes')}${left === null ? '' : `, reached in ${left}`}`;
  const svg = createSvgElement('svg', {
    viewBox: `0 0 ${width} ${HEIGHT}`,
    width,
    height: HEIGHT,
    role: 'slider',
    tabindex: 0,
    'aria-label': `Resident memory of ${node} over time${limits}: arrow keys read it`,
    'aria-valuemin': 0,
    'aria-valuemax': ts.length - 1,
  });
  for (const tick of y.ticks(4)) {
    svg.append(
      createSvgElement('line', { class: 'grid', x1: MARGIN.left, x2: width - MARGIN.right, y1: y(tick), y2: y(tick) }),
      createSvgElement(
        'text',
        { class: 'axis', x: MARGIN.left - 6, y: y(tick) + 4, 'text-anchor': 'end' },
        formatSize(tick, 'bytes'),
      ),
    );
  }
  svg.append(...drawTimeAxis(x, width, HEIGHT));
  const rows = ts.map((_, i) => Object.fromEntries(parts.map(({ values }, k) => [String(k), values[i]!])));
  const bands = stack<Record<string, number>>().keys(parts.map((_, k) => String(k)))(rows);
  const shape = area<Series<Record<string, number>, string>[number]>()
    .x((_, i) => x(ts[i]! * 1000))
    .y0(([low]) => y(low))
    .y1(([, high]) => y(high));
  bands.forEach((band, k) => {
    const { what } = parts[k]!;
    svg.append(
      createSvgElement(
        'path',
        { class: `band ${colourClass(chooseColour(what, k))}`, d: shape(band) ?? '' },
        createSvgElement('title', {}, what),
      ),
    );
  });
  if (drawsLimit) {
    const text = `limit ${formatSize(limit, 'bytes')}${left === null ? '' : `, in ${left}`}`;
    svg.append(
      createSvgElement('line', {
        class: 'limit',
        x1: MARGIN.left,
        x2: width - MARGIN.right,
        y1: y(limit),
        y2: y(limit),
      }),
      createSvgElement('text', { class: 'limit-text', x: MARGIN.left + 4, y: y(limit) - 4 }, text),
    );
  }
  const marks = findings.own.flatMap((finding) => (finding.since === null ? [] : [{ finding, at: finding.since }]));
  let taken = Number.NEGATIVE_INFINITY;
  for (const { finding, at } of marks.toSorted((a, b) => a.at - b.at)) {
    const from = Math.min(Math.max(x(at * 1000), MARGIN.left), width - MARGIN.right);
    // Numbers of findings that began at the same time stand beside each other.
    const label = Math.max(from, taken + 20);
    taken = label;
    svg.append(
      createSvgElement(
        'g',
        { class: `mark ${finding.level}` },
        createSvgElement('title', {}, `${finding.what}, since ${formatTime(at)}`),
        createSvgElement('line', { x1: from, x2: from, y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom }),
        createSvgElement('circle', { cx: label, cy: 10, r: 9 }),
        createSvgElement(
          'text',
          { x: label, y: 14, 'text-anchor': 'middle' },
          String(findings.all.indexOf(finding) + 1),
        ),
      ),
    );
  }
  const cursor = createSvgElement('line', {
    class: 'cursor',
    y1: MARGIN.top,
    y2: HEIGHT - MARGIN.bottom,
    visibility: 'hidden',
  });
  svg.append(cursor);
  let at = ts.length - 1;
  const read = (index: number, isShown = true) => {
    at = Math.max(0, Math.min(ts.length - 1, index));
    for (const name of ['x1', 'x2']) cursor.setAttribute(name, String(x(ts[at]! * 1000)));
    cursor.setAttribute('visibility', isShown ? 'visible' : 'hidden');
    svg.setAttribute('aria-valuenow', String(at));
    svg.setAttribute('aria-valuetext', told(at));
    show(at);
  };
  svg.addEventListener('pointermove', (event) => {
    const box = svg.getBoundingClientRect();
    const time = x.invert(((event.clientX - box.left) * width) / box.width).getTime() / 1000;
    read(ts.reduce((best, one, i) => (Math.abs(one - time) < Math.abs(ts[best]! - time) ? i : best), 0));
  });
  svg.addEventListener('pointerleave', () => read(ts.length - 1, false));
  svg.addEventListener('keydown', (event) => {
    const step = findStep(event.key, at, ts.length - 1);
    if (step === null) return;
    event.preventDefault();
    read(step);
  });
  read(at, false);
  return svg;
}

function findStep(key: string, at: number, last: number): number | null {
  if (key === 'ArrowLeft' || key === 'ArrowDown') return at - 1;
  if (key === 'ArrowRight' || key === 'ArrowUp') return at + 1;
  return key === 'Home' ? 0 : key === 'End' ? last : null;
}

/** What is not explained is grey; what is always there has the first colours. */
function chooseColour(what: string, place: number): number {
  return what === 'not explained' ? -1 : place;
}

function createLegendItem(what: string, colour: string, { variables }: ReportPage) {
  const key = createSvgElement(
    'svg',
    { class: `key ${colour}`, width: 12, height: 12, 'aria-hidden': 'true' },
    createSvgElement('rect', { width: 12, height: 12 }),
  );
  const isVariable = variables.some(({ variable }) => variable === what);
  const name = isVariable ? element('a', { href: `#variable=${encodeURIComponent(what)}` }, what) : what;
  const amount = element('span', {});
  return { item: element('li', {}, key, name, amount), amount };
}

function findLargestOn({ node }: PageNode, { nodes, variables, measures }: ReportPage): HTMLElement {
  const place = nodes.findIndex((one) => one.node === node);
  const unit = measures[0]?.unit ?? 'bytes';
  const rows = variables
    .map(({ variable, onNodes, values }) => ({ variable, value: values[0] === null ? null : onNodes[place] }))
    .filter((row): row is { variable: string; value: number } => typeof row.value === 'number')
    .sort((a, b) => b.value - a.value)
    .slice(0, LARGEST);
  return element(
    'ol',
    { class: 'largest' },
    ...rows.map(({ variable, value }) =>
      element(
        'li',
        {},
        element('a', { href: `#variable=${encodeURIComponent(variable)}` }, fitted(variable, 400)),
        ` ${formatSize(value, unit)}`,
      ),
    ),
  );
}
