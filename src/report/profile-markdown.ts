/** A profile as Markdown, for the summary of a CI job or a comment on a change. */

import type { ProfileResult } from '../model/profile.ts';
import { processHeadings, processRows, profileColumns } from './profile-cells.ts';
import { checkInMarkdown } from './profile-check.ts';
import { profileNotes } from './profile-notes.ts';
import { PROFILE_ROWS, profileHeader } from './profile-screen.ts';

export function profileMarkdown(result: ProfileResult): string {
  const [title, ...facts] = profileHeader(result);
  const blocks = [`### ${escaped(title!)}`, facts.map((fact) => escaped(fact)).join('  \n')];
  blocks.push(...checkInMarkdown(result, escaped, code), variables(result), processes(result));
  const notes = profileNotes(result).map((note) => `${note.startsWith(' ') ? '  ' : ''}- ${escaped(note.trim())}`);
  if (notes.length > 0) blocks.push(notes.join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

function variables(result: ProfileResult): string {
  if (result.variables.length === 0) return 'No variable holds anything because of it.';
  const columns = profileColumns(result);
  const shown = result.variables.slice(0, PROFILE_ROWS);
  const rows = shown.map((variable) =>
    columns.map(({ cell, isCode }) => (isCode ? code(cell(variable)) : escaped(cell(variable)))),
  );
  const hidden = result.variables.length - shown.length;
  if (hidden > 0) rows.push(columns.map((_, i) => (i === 0 ? `… ${hidden} more` : '')));
  if (result.variables.length > 1) rows.push(columns.map(({ total }) => (total === undefined ? '' : `**${total}**`)));
  return table(
    columns.map(({ heading }) => heading),
    columns.map(({ align }) => align),
    rows,
  );
}

function processes(result: ProfileResult): string {
  const headings = ['the process', ...processHeadings(result)];
  return table(
    headings.map(escaped),
    headings.map((_, i) => (i === 0 ? 'left' : 'right')),
    processRows(result).map(({ what, cells }) => [what.trimStart(), ...cells].map(escaped)),
  );
}

function table(
  headings: readonly string[],
  aligns: readonly ('left' | 'right')[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(headings), line(aligns.map((align) => (align === 'left' ? '---' : '--:'))), ...rows.map(line)].join(
    '\n',
  );
}

/** Nothing of a name can become a link, HTML, another cell or a mention of somebody. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>!|~&]/g, '\\$&')
    .replaceAll('@', '@<!-- -->')
    .replace(/:\/\/|www\./g, '$&<!-- -->');
}

/** A name as it is, in letters of one width. */
function code(text: string): string {
  return ['-', 'new', 'gone', ''].includes(text) ? text : `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}
