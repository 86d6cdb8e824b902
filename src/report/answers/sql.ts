/** `sql`: the columns are the query's own. */

import type { QueryResult, QueryValue } from '../../model/answers/query.ts';
import { createReport } from '../answer.ts';
import type { Column } from '../tables/column.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { counted } from '../words.ts';

type QueryRow = QueryResult['rows'][number];

export const sqlReport = createReport<QueryResult, QueryRow>({
  name: 'sql',
  screen(text, result) {
    text.table(columnsOf(result), result.rows, { sparse: true });
    text.line('');
    text.line(counted(result.rows.length, 'row'), text.paint.faint);
  },
  json: ({ columns, rows }) => ({ columns: columns.map(({ name, type }) => ({ name, type })), rows }),
  tables: (result) => [{ columns: columnsOf(result), rows: result.rows }],
});

function columnsOf({ columns }: QueryResult): Column<QueryRow>[] {
  return columns.map(({ name, numeric }, i) => ({
    csv: name,
    heading: visibleName(name),
    kind: numeric ? 'number' : 'text',
    rank: i === 0 ? 0 : 1,
    value: (row) => row[i],
    text: (row) => textOf(row[i]!),
  }));
}

/** NULL is shown as nothing, an empty text as (empty), so that they can be told apart. */
function textOf(value: QueryValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return visibleName(value);
  return typeof value === 'object' ? visible(JSON.stringify(value)) : String(value);
}
