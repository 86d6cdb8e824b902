/** `connections` in all its forms: which field of which connection holds what. */

import { type ConnectionsResult, type ConnectionsRow, formatEndpoints } from '../model/connection.ts';
import { formatCount, formatSize } from '../model/quantity.ts';
import { formatDuration, formatTime } from '../model/time.ts';
import { type Cell, delimited } from './delimited.ts';
import { jsonDocument, jsonReading, jsonTime } from './json.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { formatPeriod, readingNotes } from './reading.ts';
import { ScreenText } from './screen.ts';
import { visible, visibleName } from './text/sanitize.ts';
import { alignPrefixes, type Column } from './text/table.ts';

export function connectionsReport(result: ConnectionsResult, format: OutputFormat, screen: Screen): Report {
  if (format === 'table') return { text: connectionsScreen(result, screen), asides: [] };
  if (format === 'json') return { text: connectionsJson(result), asides: [] };
  return {
    text: connectionsDelimited(result, format),
    asides: [...hiddenNote(result), ...readingNotes(result.reading)],
  };
}

const EXPLANATIONS = [
  ['largest', 'largest: entries in the connection that has most, which between, uid, service and age are of'],
  ['+/s', '+/s: how fast these grew, per second, while it was the largest'],
  ['sampled', 'sampled: connections looked into, of all that were live: their sum is not that of all'],
] as const;

const NOTHING =
  'No field of a connection is in these logs: none held enough to be logged (my_stats::min_connection_entries_to_log, 100), or the collector that wrote them does not look into connections.';

function connectionsScreen(result: ConnectionsResult, screen: Screen): string {
  const text = new ScreenText(screen);
  text.line('Fields of connections in the last run of every node', text.paint.title);
  if (result.rows.length === 0) {
    text.line(NOTHING);
    text.notes(readingNotes(result.reading));
    return text.toString();
  }
  text.line(formatPeriod(result.from, result.to));
  text.line('');
  const columns = COLUMNS.filter(({ rank, cell }) => rank === 0 || result.rows.some((row) => cell(row) !== '-'));
  const cells = columns.map((column) => {
    const column_ = result.rows.map(column.cell);
    return column.align === 'right' ? alignPrefixes(column_) : column_;
  });
  const dropped = text.table(
    columns.map((column) => (column.heading === 'field' ? { ...column, paint: text.paint.name } : column)),
    result.rows.map((_, row) => ({ cells: cells.map((column) => column[row]!) })),
  );
  text.line('');
  const seen = new Set(columns.map(({ heading }) => heading).filter((heading) => !dropped.includes(heading)));
  for (const [heading, explanation] of EXPLANATIONS) if (seen.has(heading)) text.line(explanation, text.paint.faint);
  const notes = [...hiddenNote(result), ...readingNotes(result.reading)];
  if (dropped.length > 0) notes.push(`Not shown for lack of width: ${dropped.join(', ')}.`);
  text.notes(notes);
  return text.toString();
}

function hiddenNote({ hidden }: ConnectionsResult): string[] {
  return hidden === 0
    ? []
    : [`${hidden === 1 ? '1 field more was' : `${hidden} fields more were`} left out by --limit.`];
}

interface ConnectionsColumn extends Column {
  readonly cell: (row: ConnectionsRow) => string;
}

function number(heading: string, rank: number, cell: (row: ConnectionsRow) => string): ConnectionsColumn {
  return { heading, align: 'right', shrinks: false, rank, cell };
}

function name(heading: string, rank: number, cell: (row: ConnectionsRow) => string): ConnectionsColumn {
  return { heading, align: 'left', shrinks: true, rank, cell };
}

function orDash<Value>(value: Value | null, format: (value: Value) => string): string {
  return value === null ? '-' : format(value);
}

const COLUMNS: readonly ConnectionsColumn[] = [
  name('field', 0, (row) => visibleName(row.field)),
  name('node', 1, (row) => visibleName(row.node)),
  number('entries', 0, (row) => formatCount(row.entries)),
  number('size', 4, ({ size, unit, sizeComplete }) => {
    return orDash(size, (value) => `${sizeComplete ? '' : '~'}${formatSize(value, unit)}`);
  }),
  name('unit', 6, (row) => visible(row.unit)),
  number('largest', 1, (row) => orDash(row.largest, ({ entries }) => formatCount(entries))),
  number('+/s', 2, (row) => orDash(row.largestEntriesPerSecond, (rate) => formatCount(Number(rate.toPrecision(3))))),
  {
    heading: 'between',
    align: 'left',
    // Half an address names nobody.
    shrinks: false,
    rank: 3,
    cell: ({ largest }) => orDash(largest?.endpoints ?? null, (ends) => visibleName(formatEndpoints(ends))),
  },
  name('uid', 4, (row) => orDash(row.largest, ({ uid }) => visibleName(uid))),
  name('service', 5, (row) => {
    return row.largest === null || row.largest.service.length === 0 ? '-' : visible(row.largest.service.join(','));
  }),
  number('age', 2, (row) => orDash(row.largest?.age ?? null, formatDuration)),
  number('sampled', 5, ({ connectionsSampled, connectionsLive }) => {
    return orDash(connectionsSampled, (sampled) => `${sampled}/${orDash(connectionsLive, String)}`);
  }),
  number('with field', 6, (row) => orDash(row.connectionsWithField, String)),
];

function connectionsJson(result: ConnectionsResult): string {
  return jsonDocument('connections', {
    from: result.rows.length === 0 ? null : jsonTime(result.from),
    to: result.rows.length === 0 ? null : jsonTime(result.to),
    hidden: result.hidden,
    rows: result.rows.map((row) => ({
      node: row.node,
      boot: row.boot === null ? null : jsonTime(row.boot),
      run: row.run,
      time: jsonTime(row.ts),
      field: row.field,
      type: row.type,
      connections_live: row.connectionsLive,
      connections_sampled: row.connectionsSampled,
      connections_with_field: row.connectionsWithField,
      entries: row.entries,
      size: row.size,
      unit: row.unit,
      size_complete: row.sizeComplete,
      connections_dropped: row.connectionsDropped,
      entries_dropped: row.entriesDropped,
      largest:
        row.largest === null
          ? null
          : {
              uid: row.largest.uid,
              entries: row.largest.entries,
              entries_per_second: row.largestEntriesPerSecond,
              size: row.largest.size,
              service: row.largest.service,
              age_seconds: row.largest.age,
              orig_h: row.largest.endpoints?.origHost ?? null,
              orig_p: row.largest.endpoints?.origPort ?? null,
              resp_h: row.largest.endpoints?.respHost ?? null,
              resp_p: row.largest.endpoints?.respPort ?? null,
              proto: row.largest.endpoints?.proto ?? null,
            },
    })),
    reading: jsonReading(result.reading),
  });
}

const DELIMITED: readonly (readonly [string, (row: ConnectionsRow) => Cell])[] = [
  ['node', (row) => row.node],
  ['time', (row) => formatTime(row.ts)],
  ['run', (row) => row.run],
  ['field', (row) => row.field],
  ['type', (row) => row.type],
  ['connections_live', (row) => row.connectionsLive],
  ['connections_sampled', (row) => row.connectionsSampled],
  ['connections_with_field', (row) => row.connectionsWithField],
  ['entries', (row) => row.entries],
  ['size', (row) => row.size],
  ['unit', (row) => row.unit],
  ['size_complete', (row) => row.sizeComplete],
  ['largest_uid', (row) => row.largest?.uid ?? null],
  ['largest_entries', (row) => row.largest?.entries ?? null],
  ['largest_entries_per_second', (row) => row.largestEntriesPerSecond],
  ['largest_size', (row) => row.largest?.size ?? null],
  ['largest_service', (row) => row.largest?.service.join(',') ?? null],
  ['largest_age_seconds', (row) => row.largest?.age ?? null],
  ['largest_orig_h', (row) => row.largest?.endpoints?.origHost ?? null],
  ['largest_orig_p', (row) => row.largest?.endpoints?.origPort ?? null],
  ['largest_resp_h', (row) => row.largest?.endpoints?.respHost ?? null],
  ['largest_resp_p', (row) => row.largest?.endpoints?.respPort ?? null],
  ['largest_proto', (row) => row.largest?.endpoints?.proto ?? null],
  ['connections_dropped', (row) => row.connectionsDropped],
  ['entries_dropped', (row) => row.entriesDropped],
];

function connectionsDelimited(result: ConnectionsResult, format: 'csv' | 'tsv'): string {
  return delimited(
    format,
    DELIMITED.map(([heading]) => heading),
    result.rows.map((row) => DELIMITED.map(([, cell]) => cell(row))),
  );
}
