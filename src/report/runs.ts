/** `runs` in all its forms: what the measurements cost each node. */

import { formatCount, formatShare, formatSize } from '../model/quantity.ts';
import type { RunsResult, RunsRow } from '../model/runs.ts';
import { formatDuration, formatTime } from '../model/time.ts';
import { type Cell, delimited } from './delimited.ts';
import { jsonDocument, jsonReading, jsonTime } from './json.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { formatPeriod, readingNotes } from './reading.ts';
import { ScreenText } from './screen.ts';
import { visible, visibleName } from './text/sanitize.ts';
import type { Column } from './text/table.ts';

export function runsReport(result: RunsResult, format: OutputFormat, screen: Screen): Report {
  if (format === 'table') return { text: runsScreen(result, screen), asides: [] };
  if (format === 'json') return { text: runsJson(result), asides: [] };
  return { text: runsDelimited(result, format), asides: readingNotes(result.reading) };
}

function runsScreen(result: RunsResult, screen: Screen): string {
  const text = new ScreenText(screen);
  text.line('What measuring cost each node', text.paint.title);
  text.line(`${formatPeriod(result.from, result.to)}, from ${sources(result)}`);
  text.line('');
  const shown = COLUMNS.filter(
    ({ heading, cell }) => heading === 'node' || result.rows.some((row) => cell(row) !== '-'),
  );
  const columns = shown.map((column) => (column.heading === 'node' ? { ...column, paint: text.paint.name } : column));
  const dropped = text.table(
    columns,
    result.rows.map((row) => ({ cells: columns.map(({ cell }) => cell(row)) })),
  );
  text.line('');
  const seen = new Set(shown.map(({ heading }) => heading).filter((heading) => !dropped.includes(heading)));
  for (const { of, text: explanation } of EXPLANATIONS) {
    if (of.some((heading) => seen.has(heading))) text.line(explanation, text.paint.faint);
  }
  const notes = readingNotes(result.reading);
  if (dropped.length > 0) notes.push(`Not shown for lack of width: ${dropped.join(', ')}.`);
  text.notes(notes);
  return text.toString();
}

function sources(result: RunsResult): string {
  const names = [...new Set(result.rows.map((row) => `${row.source}.log`))].sort();
  return names.length === 0 ? 'no log' : names.join(' and ');
}

interface RunsColumn extends Column {
  readonly cell: (row: RunsRow) => string;
}

function number(heading: string, rank: number, cell: (row: RunsRow) => string): RunsColumn {
  return { heading, align: 'right', shrinks: false, rank, cell };
}

function orDash(value: number | null, format: (value: number) => string): string {
  return value === null ? '-' : format(value);
}

const COLUMNS: readonly RunsColumn[] = [
  { heading: 'node', align: 'left', shrinks: true, rank: 0, cell: (row) => visibleName(row.node) },
  number('runs', 3, (row) => formatCount(row.runs)),
  number('boots', 4, (row) => orDash(row.boots, formatCount)),
  number('median', 0, (row) => formatDuration(row.duration.median)),
  number('max', 1, (row) => formatDuration(row.duration.max)),
  number('last', 4, (row) => formatDuration(row.duration.last)),
  number('pause', 2, (row) => orDash(row.longestPause, formatDuration)),
  number('busy', 2, (row) => orDash(row.busy, formatShare)),
  number('seen', 6, (row) => orDash(row.variablesSeen, formatCount)),
  number('logged', 6, (row) => orDash(row.variablesLogged, formatCount)),
  number('memory', 3, (row) => orDash(row.residentMemory, (bytes) => formatSize(bytes, 'bytes'))),
  number('zeek', 7, (row) => (row.zeekVersion === null ? '-' : visible(row.zeekVersion))),
];

const EXPLANATIONS: readonly { readonly of: readonly string[]; readonly text: string }[] = [
  { of: ['median'], text: 'median, max, last: how long one measurement took' },
  { of: ['pause'], text: 'pause: the longest the process was held at a stretch, while it handled no packet' },
  { of: ['busy'], text: 'busy: share of the time between the first and the last run that went into measuring' },
  { of: ['seen', 'logged'], text: 'seen, logged: variables looked at, and written to the log, in the last run' },
  { of: ['memory'], text: 'memory: resident memory of the process at the last run' },
];

function runsJson(result: RunsResult): string {
  return jsonDocument('runs', {
    from: jsonTime(result.from),
    to: jsonTime(result.to),
    rows: result.rows.map((row) => ({
      node: row.node,
      source: row.source,
      runs: row.runs,
      boots: row.boots,
      first: jsonTime(row.firstTs),
      last: jsonTime(row.lastTs),
      duration_seconds: {
        median: row.duration.median,
        max: row.duration.max,
        max_at: jsonTime(row.duration.maxTs),
        last: row.duration.last,
        total: row.duration.total,
      },
      longest_pause_seconds: row.longestPause,
      busy: row.busy,
      variables_seen: row.variablesSeen,
      variables_logged: row.variablesLogged,
      resident_memory_bytes: row.residentMemory,
      zeek_version: row.zeekVersion,
    })),
    reading: jsonReading(result.reading),
  });
}

const DELIMITED: readonly (readonly [string, (row: RunsRow) => Cell])[] = [
  ['node', (row) => row.node],
  ['source', (row) => row.source],
  ['runs', (row) => row.runs],
  ['boots', (row) => row.boots],
  ['first', (row) => formatTime(row.firstTs)],
  ['last', (row) => formatTime(row.lastTs)],
  ['duration_median_seconds', (row) => row.duration.median],
  ['duration_max_seconds', (row) => row.duration.max],
  ['duration_max_at', (row) => formatTime(row.duration.maxTs)],
  ['duration_last_seconds', (row) => row.duration.last],
  ['duration_total_seconds', (row) => row.duration.total],
  ['longest_pause_seconds', (row) => row.longestPause],
  ['busy', (row) => row.busy],
  ['variables_seen', (row) => row.variablesSeen],
  ['variables_logged', (row) => row.variablesLogged],
  ['resident_memory_bytes', (row) => row.residentMemory],
  ['zeek_version', (row) => row.zeekVersion],
];

function runsDelimited(result: RunsResult, format: 'csv' | 'tsv'): string {
  return delimited(
    format,
    DELIMITED.map(([name]) => name),
    result.rows.map((row) => DELIMITED.map(([, cell]) => cell(row))),
  );
}
