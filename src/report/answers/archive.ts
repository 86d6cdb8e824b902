/** `archive`: what came into it. */

import type { ArchiveResult } from '../../model/answers/archive.ts';
import { createReport } from '../answer.ts';
import type { Column } from '../tables/column.ts';
import { convertRows } from '../tables/json.ts';
import { countThings, listNames, nameInSentence, were } from '../words.ts';

type AddedLog = ArchiveResult['added'][number];

const COLUMNS: readonly Column<AddedLog>[] = [
  { key: 'path', heading: 'log', kind: 'name', value: ({ path }) => path },
  { key: 'rows', heading: 'rows', kind: 'number', value: ({ rows }) => rows },
  { key: 'files', heading: 'files', kind: 'number', value: ({ files }) => files },
];

export const archiveReport = createReport<ArchiveResult, AddedLog>({
  name: 'archive',
  screen(text, { folder, added, known, open, compacted }) {
    const rows = added.reduce((sum, log) => sum + log.rows, 0);
    text.title(`${countThings(rows, 'row')} of ${countThings(added.length, 'log')} added to ${nameInSentence(folder)}`);
    if (known > 0) text.line(`${countThings(known, 'log')} ${were(known)} in it already`);
    if (open.length > 0) text.line(`still written to, so not yet added: ${listNames(open)}`);
    if (compacted !== null)
      text.line(
        `one run an hour kept of ${countThings(compacted.days, 'day')}: ${compacted.after} of ${countThings(compacted.before, 'row')}`,
      );
  },
  json: ({ folder, added, known, open, compacted }) => ({
    folder,
    added: convertRows(COLUMNS, added),
    known,
    open,
    compacted:
      compacted === null ? null : { days: compacted.days, rows_before: compacted.before, rows_after: compacted.after },
  }),
  tables: ({ added }) => [{ columns: COLUMNS, rows: added }],
});
