/** The map: areas as large as what they hold, which can be looked into by pointer, finger and keyboard. */

import type { PageMeasure, ReportPage } from '../model/answers/report.ts';
import { formatShare, formatSize } from '../model/quantity.ts';
import { lookAt, whenLookChanges } from './address.ts';
import { formatAmount, measureOf } from './amounts.ts';
import { createRadioButtons, createSvgElement, element, fitted, whenWidthChanges } from './elements.ts';
import {
  DRAWINGS,
  type Drawing,
  findBounds,
  hasHeading,
  layOut,
  type MapNode,
  mapTree,
  type Placed,
} from './map-tree.ts';

/** Rows of names need more than areas do. */
const LEAST_HEIGHT: Readonly<Record<Drawing, number>> = { treemap: 260, icicle: 420 };

export function drawMap(place: HTMLElement, page: ReportPage): void {
  const units = createRadioButtons(
    'unit',
    'Measured in',
    page.measures.map(({ title }, i) => [i, title] as const),
    (i) => lookAt({ unit: i === 0 ? null : page.measures[i]!.unit }),
  );
  const drawings = createRadioButtons(
    'drawing',
    'Drawn as',
    DRAWINGS.map((name) => [name, name] as const),
    (name) => lookAt({ drawing: name === DRAWINGS[0] ? null : name }),
  );
  const path = element('div', { class: 'path' });
  const frame = element('div', { class: 'map' });
  const detail = element('p', { class: 'detail', 'aria-live': 'polite' });
  place.append(units.fieldset, drawings.fieldset, path, frame, detail);
  const rates = new Map(page.variables.map(({ variable, perHour }) => [variable, perHour]));
  const fastest = Math.max(...page.variables.map(({ perHour }) => perHour ?? 0));
  let measure = 0;
  let drawing: Drawing = DRAWINGS[0];
  let tree = treeOf();
  let top: MapNode = tree;
  let active = 0;
  let width = 0;
  /** What the keys move over: parts of what is shown, largest groups first. */
  let items: Placed[] = [];

  whenLookChanges(({ unit, drawing: asked }) => {
    const [before, drawnBefore] = [measure, drawing];
    measure = measureOf(page, unit);
    drawing = DRAWINGS.find((name) => name === asked) ?? DRAWINGS[0];
    units.check(measure);
    drawings.check(drawing);
    if (measure === before && drawing === drawnBefore) return;
    tree = treeOf();
    look(tree);
  });
  whenWidthChanges(frame, (now) => {
    width = now;
    draw();
  });

  function treeOf(): MapNode {
    return mapTree(page.variables, measure, page.measures[measure]!.unit === 'bytes', drawing === 'icicle');
  }

  function look(node: MapNode): void {
    top = node;
    active = 0;
    draw();
  }

  function draw(): void {
    const height = Math.round(Math.min(560, Math.max(LEAST_HEIGHT[drawing], width * 0.55)));
    const root = layOut(top, drawing, width, height);
    // Depth first: after a group comes what is in it.
    items = [];
    root.eachBefore((node) => {
      if (node.depth > 0 && node.x1 > node.x0 && node.y1 > node.y0) items.push(node);
    });
    frame.replaceChildren(
      items.length === 0 ? element('p', {}, 'Nothing was measured in this unit.') : picture(height),
    );
    path.replaceChildren(...crumbs());
    describe(null);
  }

  function picture(height: number): SVGSVGElement {
    const { title } = page.measures[measure]!;
    const svg = createSvgElement('svg', {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'tree',
      tabindex: 0,
      'aria-label': `What holds the memory, in ${title}: arrow keys move, Enter looks into a group, Escape leads back`,
    });
    // Apart from the areas, which have whole names for those who hear them.
    const labels = createSvgElement('g', { 'aria-hidden': 'true' });
    items.forEach((node, i) => {
      const group = createSvgElement('g', {
        role: 'treeitem',
        id: `map-item-${i}`,
        'aria-level': node.depth,
        'aria-label': textOf(node),
        class: isGroup(node) ? 'group' : `leaf g${heatOf(node)}`,
        transform: `translate(${node.x0},${node.y0})`,
      });
      const [w, h] = [node.x1 - node.x0, node.y1 - node.y0];
      group.append(createSvgElement('title', {}, textOf(node)), createSvgElement('rect', { width: w, height: h }));
      labels.append(...labelsOf(node));
      group.addEventListener('click', () => choose(i));
      group.addEventListener('pointerenter', () => describe(node));
      svg.append(group);
    });
    svg.append(labels, createSvgElement('rect', { class: 'ring', 'aria-hidden': 'true' }));
    svg.addEventListener('keydown', (event) => {
      if (move(event.key)) event.preventDefault();
    });
    svg.addEventListener('focus', () => mark(active));
    svg.addEventListener('pointerleave', () => describe(null));
    return svg;
  }

  /** As much text as there is room for. */
  function labelsOf(node: Placed): SVGTextElement[] {
    const [width, height] = [node.x1 - node.x0 - 10, node.y1 - node.y0];
    const text = (line: number, content: string, look = '') =>
      createSvgElement('text', { x: node.x0 + 5, y: node.y0 + line, class: look }, content);
    const value = formatAmount(node.value!, page.measures[measure]!);
    if (drawing === 'treemap' && hasHeading(node)) {
      const both = fitted(`${node.data.name}  ${value}`, width);
      return [text(13, both.endsWith('…') ? fitted(node.data.name, width) : both)];
    }
    if ((drawing === 'treemap' && node.children !== undefined) || height <= 16) return [];
    const lines = [text(14, fitted(shortName(node), width))];
    if (height > 34 && fitted(value, width) === value) lines.push(text(30, value, 'faint'));
    return lines;
  }

  /** A variable without the module it stands in. */
  function shortName({ data, parent }: Placed): string {
    const prefix = `${parent?.data.name}::`;
    return data.kind === 'variable' && data.name.startsWith(prefix) ? data.name.slice(prefix.length) : data.name;
  }

  function isGroup({ data }: MapNode): boolean {
    return data.kind === 'package' || data.kind === 'module';
  }

  /** The variable that it is, or is a part of; null for a group of several. */
  function variableOf({ data, parent }: MapNode): string | null {
    return data.kind === 'variable' ? data.name : data.kind === 'part' ? parent!.data.name : null;
  }

  function rateOf(node: MapNode): number {
    return rates.get(variableOf(node) ?? '') ?? 0;
  }

  /** How fast it grows beside the fastest: 0, which is not at all, to 4. */
  function heatOf(node: MapNode): number {
    const perHour = rateOf(node);
    return perHour <= 0 ? 0 : Math.max(1, Math.ceil((4 * perHour) / fastest));
  }

  function textOf(node: MapNode): string {
    const { kind, name } = node.data;
    const unit: PageMeasure = page.measures[measure]!;
    if (kind === 'part') {
      const { name: variable } = node.parent!.data;
      const { parts } = page.variables.find((one) => one.variable === variable)!;
      const share = formatShare(node.value! / node.parent!.value!);
      return `part of ${variable}: ${name}, ${share} of it as on ${parts!.node}, ${formatAmount(node.value!, unit)}`;
    }
    const bounds = findBounds(node);
    const range = bounds === null ? '' : ` (${formatSize(bounds[0], 'bytes')} to ${formatSize(bounds[1], 'bytes')})`;
    const exact = { ...unit, estimated: unit.estimated && bounds !== null };
    const share = formatShare(node.value! / tree.value!);
    const perHour = rateOf(node);
    const growth = perHour > 0 ? `, +${formatSize(Number(perHour.toPrecision(3)), 'bytes')} an hour` : '';
    const size = `${formatAmount(node.value!, exact)}${range}${growth}`;
    return kind === 'all' ? `Everything: ${size}` : `${kind} ${name}: ${size}, ${share} of all`;
  }

  function describe(node: MapNode | null): void {
    detail.textContent = textOf(node ?? top);
  }

  function mark(index: number): void {
    active = index;
    const node = items[index];
    const svg = frame.querySelector('svg');
    if (node === undefined || svg === null) return;
    svg.setAttribute('aria-activedescendant', `map-item-${index}`);
    const ring = svg.querySelector('.ring')!;
    const box = { x: node.x0 + 1, y: node.y0 + 1, width: node.x1 - node.x0 - 2, height: node.y1 - node.y0 - 2 };
    for (const [name, value] of Object.entries(box)) ring.setAttribute(name, String(Math.max(0, value)));
    describe(node);
  }

  /** A group is looked into; a variable has a page of its own. */
  function choose(index: number): void {
    const node = items[index]!;
    const variable = variableOf(node);
    if (variable !== null) {
      lookAt({ variable });
      return;
    }
    look(tree.find((one) => one.data.id === node.data.id)!);
    focusMap();
  }

  function focusMap(): void {
    const svg = frame.querySelector('svg');
    if (svg === null) return;
    svg.focus({ preventScroll: true });
    mark(0);
  }

  function move(key: string): boolean {
    const last = items.length - 1;
    if (key === 'ArrowDown' || key === 'ArrowRight') mark(Math.min(last, active + 1));
    else if (key === 'ArrowUp' || key === 'ArrowLeft') mark(Math.max(0, active - 1));
    else if (key === 'Home') mark(0);
    else if (key === 'End') mark(last);
    else if (key === 'Enter' || key === ' ') choose(active);
    else if ((key === 'Escape' || key === 'Backspace') && top.parent !== null) {
      look(top.parent);
      focusMap();
    } else return false;
    return true;
  }

  /** The way to what is shown, each step of it a button. */
  function crumbs(): Node[] {
    const way = top.ancestors().reverse();
    return way.flatMap((node, i): Node[] => {
      const name = node.data.kind === 'all' ? 'Everything' : node.data.name;
      const here = i === way.length - 1;
      const step = here
        ? element('span', { 'aria-current': 'true' }, name)
        : element('button', { type: 'button' }, name);
      if (!here) {
        step.addEventListener('click', () => {
          look(node);
          focusMap();
        });
      }
      return i === 0 ? [step] : [element('span', { 'aria-hidden': 'true' }, ' › '), step];
    });
  }
}
