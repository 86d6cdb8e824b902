/** A profile on the terminal. */

import type { ProfileResult } from '../model/profile.ts';
import { formatCount } from '../model/quantity.ts';
import { formatDuration, formatTime } from '../model/time.ts';
import type { Screen } from './output.ts';
import { processHeadings, processRows, profileColumns } from './profile-cells.ts';
import { checkOnScreen } from './profile-check.ts';
import { profileNotes } from './profile-notes.ts';
import { named } from './reading.ts';
import { ScreenText } from './screen.ts';
import { visible } from './text/sanitize.ts';
import type { Column } from './text/table.ts';

/** Variables a table shows; data for programs has all. */
export const PROFILE_ROWS = 20;

export function profileScreen(result: ProfileResult, screen: Screen): string {
  const text = new ScreenText(screen);
  for (const [i, line] of profileHeader(result).entries()) text.line(line, i === 0 ? text.paint.title : undefined);
  text.line('');
  const dropped = variableTable(result, text);
  text.line('');
  const headings = processHeadings(result);
  const columns: Column[] = ['the process', ...headings].map((heading, i) => ({
    heading,
    align: i === 0 ? 'left' : 'right',
    shrinks: i === 0,
    rank: 0,
  }));
  text.table(
    columns,
    processRows(result).map(({ what, cells }) => ({ cells: [what, ...cells] })),
  );
  checkOnScreen(result, text);
  const notes = profileNotes(result);
  if (dropped.length > 0) notes.push(`Not shown for lack of width: ${dropped.join(', ')}.`);
  text.notes(notes);
  return text.toString();
}

function variableTable(result: ProfileResult, text: ScreenText): readonly string[] {
  if (result.variables.length === 0) {
    text.line('No variable holds anything because of it.');
    return [];
  }
  text.line('bytes, estimated from type, entries and objects unless Zeek reports them', text.paint.title);
  const columns = profileColumns(result);
  const shown = result.variables.slice(0, PROFILE_ROWS);
  const rows: { cells: string[]; paint?: (text: string) => string }[] = shown.map((variable) => ({
    cells: columns.map(({ cell }) => cell(variable)),
  }));
  const hidden = result.variables.length - shown.length;
  if (hidden > 0)
    rows.push({ cells: columns.map((_, i) => (i === 0 ? `… ${hidden} more` : '')), paint: text.paint.faint });
  if (result.variables.length > 1)
    rows.push({ cells: columns.map(({ total }) => total ?? ''), paint: text.paint.total });
  return text.table(
    columns.map((column) => (column.heading === 'variable' ? { ...column, paint: text.paint.name } : column)),
    rows,
  );
}

function counted(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
}

function when(first: number, last: number): string {
  return last > first ? `${formatDuration(last - first)} from ${formatTime(first)}` : `at ${formatTime(first)}`;
}

/** What was run on what, without control characters. */
export function profileHeader({ packages, trace, against, zeekVersion, process }: ProfileResult): string[] {
  const names = packages.map((name) => named(name)).join(', ');
  const versus = against === null ? '' : `, against ${named(against.label)}`;
  const files = trace.files.length === 1 ? named(trace.files[0]!.path) : `${trace.files.length} traces as one`;
  const zeek = zeekVersion === null ? '' : `Zeek ${visible(zeekVersion)}, `;
  return [
    `Memory of ${names}${versus}`,
    `${zeek}on ${files}: ${counted(trace.packets, 'packet')}, ${counted(trace.connections, 'connection')}, ` +
      when(trace.first, trace.last),
    `${counted(process.measurements, 'measurement')}, which took ${formatDuration(process.measuring)}; the run took ${formatDuration(process.elapsed)}`,
  ];
}
