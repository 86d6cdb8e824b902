/** A profile as Markdown, for the summary of a CI job or a comment on a change. */

import type { ProfileResult, ProfileVariable } from '../../model/answers/profile.ts';
import { hasHeading, shownColumns, writeCell } from '../tables/column.ts';
import { markdownTable } from '../tables/delimited.ts';
import { checkInMarkdown } from './check.ts';
import { elsewhereColumns, noVariables, processColumns, processRows, profileColumns } from './columns.ts';
import { writeFunctionsMarkdown } from './functions.ts';
import { profileNotes } from './notes.ts';
import { listHeaderLines, PROFILE_ROWS } from './screen.ts';

export function profileMarkdown(result: ProfileResult): string {
  const [title, ...facts] = listHeaderLines(result);
  const blocks = [`### ${escapeMarkdown(title)}`, facts.map((fact) => escapeMarkdown(fact)).join('  \n')];
  blocks.push(
    ...checkInMarkdown(result, escapeMarkdown, markAsCode),
    writeVariables(result),
    writeProcesses(result),
    ...fields(result),
  );
  if (result.functions !== null) blocks.push(...writeFunctionsMarkdown(result.functions, escapeMarkdown, markAsCode));
  const notes = profileNotes(result).map(
    (note) => `${note.startsWith(' ') ? '  ' : ''}- ${escapeMarkdown(note.trim())}`,
  );
  if (notes.length > 0) blocks.push(notes.join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

function writeVariables(result: ProfileResult): string {
  if (result.variables.length === 0) return noVariables(result);
  const columns = shownColumns(profileColumns(result), result.variables);
  const shown = result.variables.slice(0, PROFILE_ROWS);
  const rows = shown.map((variable) =>
    columns.map((column) =>
      (column.isCode ? markAsCode : escapeMarkdown)(writeCell<ProfileVariable>(column, variable)),
    ),
  );
  const hidden = result.variables.length - shown.length;
  if (hidden > 0) rows.push(columns.map((_, i) => (i === 0 ? `… ${hidden} more` : '')));
  if (result.variables.length > 1) rows.push(columns.map(({ total }) => (total === undefined ? '' : `**${total}**`)));
  return markdownTable(columns, rows);
}

function writeProcesses(result: ProfileResult): string {
  const columns = processColumns(result).filter(hasHeading);
  return markdownTable(
    columns.map((column) => ({ ...column, heading: escapeMarkdown(column.heading) })),
    processRows(result).map((row) => columns.map((column) => escapeMarkdown(writeCell(column, row).trimStart()))),
  );
}

function fields({ addedFields }: ProfileResult): string[] {
  if (addedFields.length === 0) return [];
  const columns = elsewhereColumns().filter(hasHeading);
  return [
    markdownTable(
      columns,
      addedFields.map((field) => columns.map((column) => markAsCode(writeCell(column, field)))),
    ),
  ];
}

/** Nothing of a name can become a link, HTML, another cell or a mention of somebody. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>!|~&]/g, '\\$&')
    .replaceAll('@', '@<!-- -->')
    .replace(/:\/\/|www\./g, '$&<!-- -->');
}

/** A name as it is, in letters of one width. */
export function markAsCode(text: string): string {
  return ['-', 'new', 'gone', 'none', ''].includes(text)
    ? text
    : `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}
