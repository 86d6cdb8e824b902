/** `connections`: which field of which connection holds what. */

import { type ConnectionsResult, type ConnectionsRow, formatEndpoints } from '../../model/logged/connection.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import { createReport } from '../answer.ts';
import { describeReading } from '../reading.ts';
import type { Column } from '../tables/column.ts';
import { convertRows, jsonTime } from '../tables/json.ts';
import { visibleName } from '../text/sanitize.ts';
import { formatPeriod } from '../words.ts';

const NOTHING =
  'No field of a connection is in these logs: none held enough to be logged (my_stats::min_connection_entries_to_log, 100), or the collector that wrote them does not look into connections.';

export const connectionsReport = createReport<ConnectionsResult, ConnectionsRow>({
  name: 'connections',
  screen(text, { rows, from, to }) {
    text.title('Fields of connections in the last run of every node');
    if (rows.length === 0) {
      text.line(NOTHING);
      return;
    }
    text.line(formatPeriod(from, to));
    text.line('');
    text.table(COLUMNS, rows);
    text.line('');
    text.explain(EXPLANATIONS);
  },
  json: ({ rows, from, to, hidden }) => ({
    from: rows.length === 0 ? null : jsonTime(from),
    to: rows.length === 0 ? null : jsonTime(to),
    hidden,
    rows: convertRows(COLUMNS, rows),
  }),
  tables: ({ rows }) => [{ columns: COLUMNS, rows }],
  notes: ({ hidden, reading }) => [
    ...(hidden === 0
      ? []
      : [`${hidden === 1 ? '1 field more was' : `${hidden} fields more were`} left out by --limit.`]),
    ...describeReading(reading),
  ],
});

const EXPLANATIONS: readonly (readonly [readonly string[], string])[] = [
  [['largest'], 'largest: entries in the connection that has most, which between, uid, service and age are of'],
  [['+/s'], '+/s: how fast these grew, per second, while it was the largest'],
  [['sampled'], 'sampled: connections looked into, of all that were live: their sum is not that of all'],
];

const COLUMNS: readonly Column<ConnectionsRow>[] = [
  { heading: 'field', kind: 'name', value: (row) => row.field },
  { key: 'node', heading: 'node', kind: 'name', value: (row) => row.node, rank: 1 },
  { key: 'boot', csv: null, kind: 'time', value: (row) => row.boot },
  { csv: 'time', kind: 'time', value: (row) => row.ts },
  { key: 'run', value: (row) => row.run },
  { key: 'time', csv: null, kind: 'time', value: (row) => row.ts },
  { key: 'field', value: (row) => row.field },
  { key: 'type', value: (row) => row.type },
  { key: 'connections_live', value: (row) => row.connectionsLive },
  { key: 'connections_sampled', value: (row) => row.connectionsSampled },
  { key: 'connections_with_field', value: (row) => row.connectionsWithField },
  { key: 'entries', heading: 'entries', kind: 'count', value: (row) => row.entries },
  {
    key: 'size',
    heading: 'size',
    kind: 'count',
    value: (row) => row.size,
    text: ({ size, unit, sizeComplete }) =>
      size === null ? '-' : `${sizeComplete ? '' : '~'}${formatSize(size, unit)}`,
    rank: 4,
  },
  { key: 'unit', heading: 'unit', value: (row) => row.unit, rank: 6 },
  { key: 'size_complete', value: (row) => row.sizeComplete },
  { key: 'connections_dropped', csv: null, value: (row) => row.connectionsDropped },
  { key: 'entries_dropped', csv: null, value: (row) => row.entriesDropped },
  { heading: 'largest', kind: 'count', value: (row) => row.largest?.entries, rank: 1 },
  {
    heading: '+/s',
    kind: 'count',
    value: (row) => row.largestEntriesPerSecond,
    text: ({ largestEntriesPerSecond: rate }) => (rate === null ? '-' : formatCount(Number(rate.toPrecision(3)))),
    rank: 2,
  },
  {
    heading: 'between',
    // Half an address names nobody.
    kind: 'word',
    text: ({ largest }) => (largest?.endpoints ? visibleName(formatEndpoints(largest.endpoints)) : '-'),
    rank: 3,
  },
  { key: 'largest.uid', heading: 'uid', kind: 'name', value: (row) => row.largest?.uid, rank: 4 },
  { key: 'largest.entries', value: (row) => row.largest?.entries },
  { key: 'largest.entries_per_second', value: (row) => row.largestEntriesPerSecond },
  { key: 'largest.size', value: (row) => row.largest?.size },
  { key: 'largest.service', csv: null, value: (row) => row.largest?.service },
  {
    csv: 'largest_service',
    heading: 'service',
    value: (row) => row.largest?.service.join(','),
    text: ({ largest }) => visibleName(largest?.service.join(',') || '-'),
    rank: 5,
  },
  { key: 'largest.age_seconds', heading: 'age', kind: 'duration', value: (row) => row.largest?.age, rank: 2 },
  { key: 'largest.orig_h', value: (row) => row.largest?.endpoints?.origHost },
  { key: 'largest.orig_p', value: (row) => row.largest?.endpoints?.origPort },
  { key: 'largest.resp_h', value: (row) => row.largest?.endpoints?.respHost },
  { key: 'largest.resp_p', value: (row) => row.largest?.endpoints?.respPort },
  { key: 'largest.proto', value: (row) => row.largest?.endpoints?.proto },
  {
    heading: 'sampled',
    kind: 'number',
    text: ({ connectionsSampled: sampled, connectionsLive }) =>
      sampled === null ? '-' : `${sampled}/${connectionsLive ?? '-'}`,
    rank: 5,
  },
  { heading: 'with field', kind: 'number', value: (row) => row.connectionsWithField, rank: 6 },
  { csv: 'connections_dropped', value: (row) => row.connectionsDropped },
  { csv: 'entries_dropped', value: (row) => row.entriesDropped },
];
