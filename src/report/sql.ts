/** The answer of `sql` in all its forms: the columns are the query's own. */

import type { QueryResult, QueryValue } from '../model/query.ts';
import { delimited } from './delimited.ts';
import { jsonDocument, jsonReading } from './json.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { readingNotes, rows } from './reading.ts';
import { ScreenText } from './screen.ts';
import { visible, visibleName } from './text/sanitize.ts';
import type { Column } from './text/table.ts';

export function sqlReport(result: QueryResult, format: OutputFormat, screen: Screen): Report {
  if (format === 'table') return { text: sqlScreen(result, screen), asides: [] };
  if (format === 'json') {
    const columns = result.columns.map(({ name, type }) => ({ name, type }));
    return {
      text: jsonDocument('sql', { columns, rows: result.rows, reading: jsonReading(result.reading) }),
      asides: [],
    };
  }
  const text = delimited(
    format,
    result.columns.map(({ name }) => name),
    result.rows.map((row) => row.map((value) => (isNested(value) ? JSON.stringify(value) : value))),
  );
  return { text, asides: readingNotes(result.reading) };
}

function isNested(value: QueryValue): value is readonly QueryValue[] | { readonly [key: string]: QueryValue } {
  return typeof value === 'object' && value !== null;
}

function sqlScreen(result: QueryResult, screen: Screen): string {
  const text = new ScreenText(screen);
  const columns = result.columns.map(
    ({ name, numeric }, i): Column => ({
      heading: visibleName(name),
      align: numeric ? 'right' : 'left',
      shrinks: !numeric,
      rank: i === 0 ? 0 : 1,
    }),
  );
  const dropped = text.table(
    columns,
    result.rows.map((row) => ({ cells: row.map(cell) })),
  );
  text.line('');
  text.line(rows(result.rows.length), text.paint.faint);
  const notes = readingNotes(result.reading);
  if (dropped.length > 0) notes.push(`Not shown for lack of width: ${dropped.join(', ')}.`);
  text.notes(notes);
  return text.toString();
}

/** NULL is shown as nothing, an empty text as (empty), so that they can be told apart. */
function cell(value: QueryValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return visibleName(value);
  return isNested(value) ? visible(JSON.stringify(value)) : String(value);
}
