/** What is wrong, with its evidence and what to do: the answer of `doctor` as a part of the page. */

import type { DoctorResult, Evidence, Finding, NodeVerdict } from '../../model/answers/doctor.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import { formatDuration } from '../../model/time.ts';
import type { Column } from '../tables/column.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { html, type Markup } from './markup.ts';
import type { Section } from './sections.ts';
import { htmlTable } from './table.ts';

/** Rows of evidence per finding; `doctor --json` has all. */
const EVIDENCE_ROWS = 8;

export function verdictSection({ findings, nodes }: DoctorResult): Section {
  const columns: Column<NodeVerdict>[] = [
    { heading: 'node', kind: 'name', value: ({ node }) => node },
    { heading: 'verdict', kind: 'sentence', value: ({ sentence }) => sentence },
    {
      heading: 'resident memory per hour',
      kind: 'bytes',
      value: ({ residentPerHour }) => residentPerHour,
      text: ({ residentPerHour }) => (residentPerHour === null ? '-' : signed(residentPerHour, 'bytes')),
    },
  ];
  const found = findings.length === 0 ? html`<p>Nothing was found to be wrong.</p>\n` : findings.map(findingMarkup);
  const table = { id: 'verdict-table', caption: 'Verdict on every node', columns, rows: nodes, sorted: null };
  return {
    id: 'verdict',
    title: 'What is wrong',
    content: html`${found}${htmlTable({ ...table, filter: nodes.length > 8 ? 'node or verdict' : null })}`,
  };
}

function findingMarkup({ level, what, certainty, because, evidence, advice }: Finding): Markup {
  const shown = evidence.slice(0, EVIDENCE_ROWS);
  const hidden = evidence.length - shown.length;
  return html`<article class="finding ${level}">
<h3><span class="level">${level}</span> ${visible(what)}</h3>
<p>${certainty}: ${visible(because)}</p>
${shown.length === 0 ? null : html`<ul>\n${shown.map((one) => html`<li>${evidenceText(one)}</li>\n`)}${hidden === 0 ? null : html`<li>… and ${hidden} more</li>\n`}</ul>\n`}${advice.map(
  ({ text, command }) =>
    html`<p>${visible(text)}${command === null ? null : html` <code>${visible(command)}</code>`}</p>\n`,
)}</article>
`;
}

function evidenceText({ node, what, unit, first, last, perHour, detail }: Evidence): string {
  const values = [first, last].filter((value) => value !== null).map((value) => amount(value, unit));
  const parts = [
    values.join(' to '),
    perHour === null ? '' : `${signed(perHour, unit)} per hour`,
    detail === null ? '' : visible(detail),
  ];
  return `${visibleName(node)}, ${visible(what)}: ${parts.filter((part) => part !== '').join(', ')}`;
}

function amount(value: number, unit: Evidence['unit']): string {
  if (unit === 'bytes') return formatSize(value, unit);
  if (unit === 'seconds') return formatDuration(value);
  return unit === 'count' || unit === 'text' ? formatCount(value) : `${formatCount(value)} ${unit}`;
}

function signed(value: number, unit: Evidence['unit']): string {
  return `${value > 0 ? '+' : ''}${amount(value, unit)}`;
}
