/** `runs`: what the measurements cost each node. */

import type { RunsResult, RunsRow } from '../../model/answers/runs.ts';
import { createReport } from '../answer.ts';
import type { Column } from '../tables/column.ts';
import { convertRows, jsonTime } from '../tables/json.ts';
import { formatPeriod } from '../words.ts';

export const runsReport = createReport<RunsResult, RunsRow>({
  name: 'runs',
  screen(text, result) {
    text.title('What measuring cost each node', `${formatPeriod(result.from, result.to)}, from ${listSources(result)}`);
    text.line('');
    text.table(COLUMNS, result.rows);
    text.line('');
    text.explain(EXPLANATIONS);
  },
  json: ({ from, to, rows }) => ({ from: jsonTime(from), to: jsonTime(to), rows: convertRows(COLUMNS, rows) }),
  tables: ({ rows }) => [{ columns: COLUMNS, rows }],
});

function listSources(result: RunsResult): string {
  const names = [...new Set(result.rows.map((row) => `${row.source}.log`))].sort();
  return names.length === 0 ? 'no log' : names.join(' and ');
}

const duration = (part: string, value: (row: RunsRow) => number) => {
  return { key: `duration_seconds.${part}`, csv: `duration_${part}_seconds`, kind: 'duration', value } as const;
};

const COLUMNS: readonly Column<RunsRow>[] = [
  { key: 'node', heading: 'node', kind: 'name', value: (row) => row.node },
  { key: 'source', value: (row) => row.source },
  { key: 'runs', heading: 'runs', kind: 'count', value: (row) => row.runs, rank: 3 },
  { key: 'boots', heading: 'boots', kind: 'count', value: (row) => row.boots, rank: 4 },
  { key: 'first', kind: 'time', value: (row) => row.firstTs },
  { key: 'last', kind: 'time', value: (row) => row.lastTs },
  { ...duration('median', (row) => row.duration.median), heading: 'median' },
  { ...duration('max', (row) => row.duration.max), heading: 'max', rank: 1 },
  {
    key: 'duration_seconds.max_at',
    csv: 'duration_max_at',
    kind: 'time',
    value: (row) => row.duration.maxTs,
  },
  { ...duration('last', (row) => row.duration.last), heading: 'last', rank: 4 },
  duration('total', (row) => row.duration.total),
  {
    key: 'longest_pause_seconds',
    heading: 'pause',
    kind: 'duration',
    value: (row) => row.longestPause,
    rank: 2,
  },
  { key: 'busy', heading: 'busy', kind: 'share', value: (row) => row.busy, rank: 2 },
  { key: 'variables_seen', heading: 'seen', kind: 'count', value: (row) => row.variablesSeen, rank: 6 },
  { key: 'variables_logged', heading: 'logged', kind: 'count', value: (row) => row.variablesLogged, rank: 6 },
  { key: 'resident_memory_bytes', heading: 'memory', kind: 'bytes', value: (row) => row.residentMemory, rank: 3 },
  { key: 'zeek_version', heading: 'zeek', kind: 'word', value: (row) => row.zeekVersion, rank: 7 },
];

const EXPLANATIONS: readonly (readonly [readonly string[], string])[] = [
  [['median'], 'median, max, last: how long one measurement took'],
  [['pause'], 'pause: the longest the process was held at a stretch, while it handled no packet'],
  [['busy'], 'busy: share of the time between the first and the last run that went into measuring'],
  [['seen', 'logged'], 'seen, logged: variables looked at, and written to the log, in the last run'],
  [['memory'], 'memory: resident memory of the process at the last run'],
];
