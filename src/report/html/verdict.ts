/** Where the memory is over time, and what is wrong, with its evidence and what to do: the first thing on the page. */

import type { DoctorResult, Evidence, Finding, NodeVerdict } from '../../model/answers/doctor.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import { formatDuration } from '../../model/time.ts';
import { describeRemedy, headline } from '../doctor-words.ts';
import type { Column } from '../tables/column.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { html, type Markup } from './markup.ts';
import type { Section } from './sections.ts';
import { breakable, htmlTable } from './table.ts';
import type { WholeVariable } from './variables.ts';

/** Rows of evidence per finding; `doctor --json` has all. */
const EVIDENCE_ROWS = 8;
/** Findings that the page shows, and those of them that stand beside the picture. */
const MOST_FINDINGS = 100;
const FIRST_FINDINGS = 5;

/** Those there is room for, the worst first. */
export function selectFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.slice(0, MOST_FINDINGS);
}

export function makeFindingId(index: number): string {
  return `finding-${index + 1}`;
}

export function writeVerdictSection({ findings, nodes }: DoctorResult, variables: readonly WholeVariable[]): Section {
  const columns: Column<NodeVerdict>[] = [
    { heading: 'node', kind: 'name', value: ({ node }) => node },
    { heading: 'verdict', kind: 'sentence', value: ({ sentence }) => sentence },
    {
      heading: 'memory per hour',
      kind: 'bytes',
      value: ({ fillsPerHour }) => fillsPerHour?.likely,
      text: ({ fillsPerHour }) => (fillsPerHour === null ? '-' : signed(fillsPerHour.likely, 'bytes')),
    },
  ];
  const known = new Set(variables.map(({ variable }) => variable));
  const cards = selectFindings(findings).map((finding, i) => writeFinding(finding, i, known));
  const more = cards.slice(FIRST_FINDINGS);
  const hidden = findings.length - cards.length;
  const found =
    findings.length === 0
      ? html`<p>Nothing was found to be wrong.</p>\n`
      : html`${cards.slice(0, FIRST_FINDINGS)}${
          more.length === 0
            ? null
            : html`<details class="printed"><summary>${findings.length - FIRST_FINDINGS} more</summary>\n${more}${
                hidden === 0 ? null : html`<p>… and ${hidden} more, which my-stats doctor --all tells</p>\n`
              }</details>\n`
        }`;
  const table = { id: 'verdict-table', caption: 'Verdict on every node', columns, rows: nodes, sorted: null };
  return {
    id: 'verdict',
    title: 'Where the memory is',
    content: html`<div class="fold">
<div id="memory-place" data-script></div>
<div class="findings">
${found}</div>
</div>
<div id="strip-place" data-script></div>
<details class="printed"><summary>Verdict on every node</summary>
${htmlTable({ ...table, filter: nodes.length > 8 ? 'node or verdict' : null })}</details>
`,
  };
}

function writeFinding(finding: Finding, index: number, variables: ReadonlySet<string>): Markup {
  const { level, what, subject, certainty, because, evidence, advice, remedy } = finding;
  const shown = evidence.slice(0, EVIDENCE_ROWS);
  const hidden = evidence.length - shown.length;
  const change = describeRemedy(finding).map((line) => html`<p class="change">${line}</p>\n`);
  const link =
    subject === null || !variables.has(subject)
      ? null
      : html`<p><a href="#variable=${encodeURIComponent(visibleName(subject))}" data-script>All of ${breakable(visibleName(subject))}</a></p>\n`;
  return html`<article class="finding ${level}" id="${makeFindingId(index)}">
<h3><span class="level">${index + 1} ${level}</span> ${headline(finding)}</h3>
${change}${link}<details class="printed"><summary>Evidence, and what to do</summary>
<p>${visible(what)}.</p>
<p>${certainty}: ${visible(because)}</p>
${shown.length === 0 ? null : html`<ul>\n${shown.map((one) => html`<li>${writeEvidence(one)}</li>\n`)}${hidden === 0 ? null : html`<li>… and ${hidden} more</li>\n`}</ul>\n`}${
  remedy === undefined ? null : html`<pre class="patch">-${visible(remedy.before)}\n+${visible(remedy.after)}</pre>\n`
}${advice.map(
  ({ text, command }) =>
    html`<p>${visible(text)}${command === null ? null : html` <code>${visible(command)}</code>`}</p>\n`,
)}</details>
</article>
`;
}

function writeEvidence({ node, what, unit, first, last, perHour, detail }: Evidence): string {
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
