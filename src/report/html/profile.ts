/** A profile as one HTML file. */

import type { ProfileResult, ProfileVariable } from '../../model/answers/profile.ts';
import type { PageCurve } from '../../model/answers/report.ts';
import { formatSize } from '../../model/quantity.ts';
import { checkSummary, checkWords, selectShown } from '../check/words.ts';
import { passes } from '../profile/check.ts';
import {
  elsewhereColumns,
  noVariables,
  outsideVariables,
  processColumns,
  processRows,
  profileColumns,
} from '../profile/columns.ts';
import { profileNotes } from '../profile/notes.ts';
import { listHeaderLines } from '../profile/screen.ts';
import { type Column, estimateText } from '../tables/column.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { nameInSentence } from '../words.ts';
import { type DashboardAssets, htmlDocument } from './document.ts';
import { html, type Markup } from './markup.ts';
import type { Section } from './sections.ts';
import { boundsOf, breakable, htmlTable } from './table.ts';

/** Pictures of what is small would only be scrolled past. */
const MOST_CURVES = 12;

export function writeProfilePage(result: ProfileResult, assets: DashboardAssets): string {
  const [heading, ...lines] = listHeaderLines(result);
  return htmlDocument(
    {
      title: heading!,
      heading: heading!,
      lines,
      sections: [
        writeSummary(result),
        ...checkSection(result),
        writeVariables(result),
        writeCurves(result),
        writeProcess(result),
        writeAbout(result),
      ],
      source: 'from runs of Zeek on a trace',
      page: { measures: [], variables: [], curves: listCurves(result), nodes: [], alike: [], findings: [] },
    },
    assets,
  );
}

function writeSummary(result: ProfileResult): Section {
  const { total, variables, process, without } = result;
  const largest = variables[0];
  const outside = outsideVariables(result);
  const added = process.resident === null || without?.resident == null ? null : process.resident - without.resident;
  const cards: (readonly [string, string, string] | null)[] = [
    ['its variables, peak', estimateText(total.peak), boundsOf(total.peak)],
    total.before === null ? null : ['peak before', estimateText(total.before), boundsOf(total.before)],
    largest === undefined
      ? null
      : ['largest variable', visibleName(largest.variable), largest.present ? estimateText(largest.peak) : 'gone'],
    added === null
      ? null
      : [
          'resident memory it adds',
          formatSize(added, 'bytes'),
          outside === null ? '' : `${formatSize(Math.round(outside), 'bytes')} of it not in variables`,
        ],
  ];
  const content = cards.map((card) =>
    card === null
      ? null
      : html`<div class="card"><dt>${card[0]}</dt><dd><strong>${breakable(card[1])}</strong> <span>${card[2]}</span></dd></div>\n`,
  );
  return { id: 'summary', title: 'At a glance', content: html`<dl class="cards">\n${content}</dl>\n` };
}

function checkSection(result: ProfileResult): Section[] {
  const { failures, budgets } = result;
  if (failures === null) return [];
  const finding = (level: string, style: string, name: string, text: string): Markup =>
    html`<div class="finding ${style}"><h3><span class="level">${level}</span> ${name}</h3><p>${text}</p></div>\n`;
  const limits = (budgets === null ? [] : selectShown(budgets, false)).map((row) => {
    const limit = row.limit === null ? '' : ` (${row.limit} ${visible(row.allowed)})`;
    const style = row.state === 'warned' ? 'warning' : 'problem';
    return finding(row.state, style, `${row.kind} ${nameInSentence(row.name)}${limit}`, `${checkWords(row)}.`);
  });
  const compared = failures.map(({ variable, what }) =>
    finding('failed', 'problem', variable === null ? 'the run' : nameInSentence(variable), `${visible(what)}.`),
  );
  const said = [passes(result) ? 'Fine.' : 'Failed.', ...(budgets === null ? [] : [checkSummary(budgets)])].join(' ');
  return [{ id: 'check', title: 'Check', content: html`<p>${said}</p>\n${limits}${compared}` }];
}

function writeVariables(result: ProfileResult): Section {
  const title = 'Variables';
  const { variables } = result;
  if (variables.length === 0) return { id: 'variables', title, content: html`<p>${noVariables(result)}</p>\n` };
  const columns: Column<ProfileVariable>[] = profileColumns(result).filter(({ heading }) => heading !== 'over time');
  // What is to be changed, and where, before the numbers.
  columns.splice(1, 0, columns.pop()!);
  const table = { id: 'variables-table', caption: 'Bytes by variable, and where it is declared', columns };
  return {
    id: 'variables',
    title,
    content: htmlTable({ ...table, rows: variables, sorted: 'peak', filter: variables.length > 8 ? 'variable' : null }),
  };
}

function listCurves({ variables }: ProfileResult): PageCurve[] {
  return variables
    .flatMap(({ variable, present, points }): PageCurve[] => {
      const known = points.flatMap(({ ts, bytes }) => (bytes === null ? [] : [[ts, bytes] as const]));
      // A flat line tells nothing that the table does not.
      if (!present || known.length < 2 || known.every(([, bytes]) => bytes === known[0]![1])) return [];
      const lines = [{ node: 'with it', worst: true, points: known }];
      return [{ variable: visibleName(variable), unit: 'bytes', estimated: true, by: 'run', lines }];
    })
    .slice(0, MOST_CURVES);
}

function writeCurves(result: ProfileResult): Section {
  const curves = listCurves(result);
  const content =
    curves.length === 0
      ? html`<p>No variable changed its size while the trace was read.</p>\n`
      : html`<p>By the time of the packets; bytes are likely values.</p>
<div id="growth-place" class="curves" data-script></div>
<p class="without-script">The curves are drawn by the program in this page, which is switched off here.</p>\n`;
  return { id: 'growth', title: 'Over the time of the trace', content };
}

function writeProcess(result: ProfileResult): Section {
  const table = {
    id: 'process-table',
    caption: 'The process',
    columns: processColumns(result),
    rows: processRows(result),
  };
  const fields = { id: 'fields-table', caption: 'Fields it adds to records', columns: elsewhereColumns() };
  const added =
    result.addedFields.length === 0
      ? null
      : htmlTable({ ...fields, rows: result.addedFields, sorted: null, filter: null });
  const content = html`${htmlTable({ ...table, sorted: null, filter: null })}<p>It is a difference of two processes: a megabyte either way is noise.</p>\n${added}`;
  return { id: 'process', title: 'With it and without it', content };
}

function writeAbout(result: ProfileResult): Section {
  const notes = profileNotes(result).map((note) => html`<li>${note.trim()}</li>\n`);
  const content = html`<ul class="notes">
${notes}<li>Bytes are estimates: ≈ is the likely value, worked out from the type of a variable, its entries, and how many values Zeek
counts in it; the truth lies in the range beside it.</li>
</ul>
`;
  return { id: 'about', title: 'About these numbers', content };
}
