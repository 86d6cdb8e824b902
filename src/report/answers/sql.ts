/** `sql`: the columns are the query's own. */

import type { QueryResult, QueryValue } from '../../model/answers/query.ts';
import { createReport } from '../answer.ts';
import type { Column } from '../tables/column.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { countThings } from '../words.ts';

type QueryRow = QueryResult['rows'][number];

export const sqlReport = createReport<QueryResult, QueryRow>({
  name: 'sql',
  screen(text, result) {
    text.table(makeColumns(result), result.rows, { sparse: true });
    text.line('');
    text.line(countThings(result.rows.length, 'row'), text.paint.faint);
  },
  json: ({ columns, rows }) => ({ columns: columns.map(({ name, type }) => ({ name, type })), rows }),
  tables: (result) => [{ columns: makeColumns(result), rows: result.rows }],
});

function makeColumns({ columns }: QueryResult): Column<QueryRow>[] {
  return columns.map(({ name, numeric }, i) => ({
    csv: name,
    heading: visibleName(name),
    kind: numeric ? 'number' : 'text',
    rank: i === 0 ? 0 : 1,
    value: (row) => row[i],
    text: (row) => writeValue(row[i]!),
  }));
}

/** NULL is shown as nothing, an empty text as (empty), so that they can be told apart. */
function writeValue(value: QueryValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return visibleName(value);
  return typeof value === 'object' ? visible(JSON.stringify(value)) : String(value);
}
