/** All that the page knows of one variable: how it went on every node, what it is, what it is made of, what to change. */

import type { PageVariable, ReportPage } from '../model/answers/report.ts';
import { formatSize } from '../model/quantity.ts';
import { readLook, whenLookChanges, writeAddress } from './address.ts';
import { formatAmount } from './amounts.ts';
import { drawCurve } from './curves.ts';
import { element } from './elements.ts';

/** @param main whose other sections are out of sight while a variable is shown */
export function addVariablePage(main: HTMLElement, page: ReportPage): void {
  const section = element('section', { id: 'variable', 'aria-labelledby': 'variable-title' });
  const others = [...main.children] as HTMLElement[];
  const { title } = document;
  main.prepend(section);
  whenLookChanges(({ variable, span }) => {
    for (const other of others) other.hidden = variable !== null;
    section.hidden = variable === null;
    document.title = variable === null ? title : `${variable} – ${title}`;
    if (variable === null) {
      // A section that was out of sight cannot be gone to before it is there.
      const anchor = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
      if (section.childElementCount > 0) anchor?.scrollIntoView();
      section.replaceChildren();
      return;
    }
    const heading = element('h2', { id: 'variable-title', tabindex: -1 }, variable);
    const back = element('a', { href: writeAddress({ ...readLook(), variable: null }) }, '‹ All of the report');
    section.replaceChildren(element('p', {}, back), heading, ...contentOf(variable, page, span));
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  });
}

function contentOf(name: string, page: ReportPage, span: number | null): HTMLElement[] {
  const found = page.variables.find(({ variable }) => variable === name);
  if (found === undefined) return [element('p', {}, 'No variable of this name is in these logs.')];
  const curve = page.curves.find(({ variable }) => variable === name);
  const frame = element('div', { class: 'whole-curve' });
  if (curve !== undefined && curve.lines.length > 0) drawCurve(frame, curve, span);
  return [
    listFacts(found, page),
    ...listFindings(name, page),
    frame,
    ...(curve === undefined || curve.lines.length === 0
      ? [element('p', {}, 'It does not grow, and is not among the largest: how it went is told by my-stats explain.')]
      : []),
    createNodesTable(found, page),
    ...createPartsTable(found),
  ];
}

function listFacts(variable: PageVariable, { measures }: ReportPage): HTMLElement {
  const sizes = measures.flatMap((measure, i) => {
    const value = variable.values[i];
    if (value == null) return [];
    const { bounds } = variable;
    const range =
      measure.unit === 'bytes' && bounds !== null
        ? `, ${formatSize(bounds[0], 'bytes')} to ${formatSize(bounds[1], 'bytes')}`
        : '';
    const isExact = measure.unit !== 'bytes' || bounds === null;
    return [`${formatAmount(value, { ...measure, estimated: !isExact })}${range}`];
  });
  const all: (readonly [string, string | null])[] = [
    ['over all nodes', sizes.join('; ') || 'not measured'],
    [
      'growth',
      variable.perHour === null ? null : `+${formatSize(Number(variable.perHour.toPrecision(3)), 'bytes')} an hour`,
    ],
    ['type', variable.type],
    ['declared in', variable.declared],
    ['expiry', variable.expiry ?? (variable.type?.match(/^(?:table|set)\b/) ? 'none declared' : null)],
    ['package', variable.package || null],
  ];
  return element(
    'dl',
    { class: 'facts' },
    ...all.flatMap(([name, value]) => (value === null ? [] : [element('dt', {}, name), element('dd', {}, value)])),
  );
}

/** The cards of the report that are about it, opened. */
function listFindings(name: string, { findings }: ReportPage): HTMLElement[] {
  return findings
    .filter(({ variable }) => variable === name)
    .flatMap(({ id }) => {
      const copy = document.getElementById(id)?.cloneNode(true) as HTMLElement | undefined;
      if (copy === undefined) return [];
      copy.removeAttribute('id');
      copy.querySelector('a[href^="#variable="]')?.remove();
      copy.querySelector('details')?.setAttribute('open', '');
      return [copy];
    });
}

function createNodesTable({ variable, onNodes, values }: PageVariable, page: ReportPage): HTMLElement {
  const measure = page.measures[values.findIndex((value) => value !== null)];
  const rows = page.nodes
    .map(({ node }, i) => ({ node, value: onNodes[i] ?? null }))
    .filter((row): row is { node: string; value: number } => row.value !== null)
    .sort((a, b) => b.value - a.value);
  const link = (node: string) => element('a', { href: writeAddress({ ...readLook(), variable: null, node }) }, node);
  return createTable(
    `${variable} by node`,
    ['node', measure?.unit ?? 'size'],
    rows.map(({ node, value }) => [link(node), measure === undefined ? String(value) : formatAmount(value, measure)]),
  );
}

function createPartsTable({ parts }: PageVariable): HTMLElement[] {
  if (parts === null) return [];
  return [
    createTable(
      `What it is made of, on ${parts.node}`,
      ['part', 'likely', 'from', 'to'],
      parts.steps.map(([what, low, likely, high]) => [
        what,
        ...[likely, low, high].map((bytes) => formatSize(bytes, 'bytes')),
      ]),
    ),
  ];
}

function createTable(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLElement {
  const head = headings.map((text, i) =>
    element('th', { scope: 'col', ...(i === 0 ? {} : { class: 'number' }) }, text),
  );
  const body = rows.map(([first = '', ...rest]) => {
    const cells = rest.map((text) => element('td', { class: 'number' }, text));
    return element('tr', {}, element('th', { scope: 'row' }, first), ...cells);
  });
  return element(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': caption, tabindex: 0 },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...body),
    ),
  );
}
