/** The columns of `growth`: a row is what grows, over the nodes. */

import type { GrowthResult, GrowthRow, GrowthSection } from '../../model/answers/growth.ts';
import type { ByteRange } from '../../model/bytes.ts';
import { formatSize } from '../../model/quantity.ts';
import { formatDuration, formatTime } from '../../model/time.ts';
import type { Column } from '../tables/column.ts';
import { formatChange } from '../words.ts';

/** @param places where a series is in JSON, by its index in the answer */
export function growthColumns(
  result: GrowthResult,
  { unit }: GrowthSection,
  places: ReadonlyMap<number, number> = new Map(),
): Column<GrowthRow>[] {
  const rate = (value: number | null) => (value === null ? '-' : formatChange(value, unit));
  const days = result.to - result.from > 86_400;
  const columns: (Column<GrowthRow> | false)[] = [
    { csv: 'unit', value: () => unit },
    { csv: 'by', value: () => result.by },
    { key: 'group', heading: result.by, kind: 'name', value: (row) => row.group },
    { key: 'shape', heading: 'shape', kind: 'word', value: (row) => row.shape, rank: 1 },
    { key: 'verdict', value: (row) => row.verdict },
    { key: 'why', value: (row) => row.why },
    { key: 'confidence', value: (row) => row.confidence },
    { key: 'since', kind: 'time', value: (row) => row.since },
    {
      key: 'per_hour',
      heading: 'per hour',
      kind: 'bytes',
      value: (row) => row.perHour,
      text: (row) => rate(row.perHour),
    },
    unit === 'bytes' && { heading: 'between', kind: 'bytes', text: (row) => rangeText(row.bytesPerHour), rank: 4 },
    { key: 'bytes_per_hour', csv: null, value: (row) => row.bytesPerHour },
    ...(['low', 'likely', 'high'] as const).map((bound) => {
      return { csv: `bytes_per_hour_${bound}`, value: (row: GrowthRow) => row.bytesPerHour?.[bound] };
    }),
    { key: 'entries_per_hour', value: (row) => row.entriesPerHour },
    {
      key: 'now',
      heading: 'now',
      kind: 'bytes',
      value: (row) => row.now,
      text: (row) => formatSize(row.now, unit),
      rank: 1,
    },
    { key: 'bytes_now', csv: null, value: (row) => row.bytesNow },
    { key: 'hours_to_limit', csv: null, value: (row) => row.hoursToLimit },
    { key: 'expiry_not_in_effect', csv: null, value: (row) => row.expiryFails },
    result.nodes.some(({ timeLeft }) => timeLeft !== null) && {
      heading: 'limit in',
      kind: 'duration',
      text: ({ hoursToLimit: hours }) => (hours === null ? '-' : formatDuration(hours * 3600)),
      rank: 1,
    },
    unit !== 'entries' && {
      heading: 'entries/h',
      kind: 'count',
      text: (row) => (row.entriesPerHour === null ? '-' : formatChange(row.entriesPerHour, 'entries')),
      rank: 3,
    },
    { key: 'variables', value: (row) => row.variables },
    { key: 'nodes', value: (row) => row.nodes },
    { key: 'of_nodes', value: (row) => row.ofNodes },
    { key: 'worst_node', value: (row) => row.worstNode },
    { csv: 'hours_to_limit', value: (row) => row.hoursToLimit },
    { csv: 'expiry_not_in_effect', value: (row) => row.expiryFails?.text },
    { key: 'series', csv: null, value: (row) => row.series.map((i) => places.get(i)) },
    result.by !== 'node' && {
      heading: 'nodes',
      kind: 'count',
      text: ({ nodes, ofNodes }) => `${nodes} of ${ofNodes}`,
      rank: 2,
    },
    result.by !== 'node' && { heading: 'worst node', kind: 'name', value: (row) => row.worstNode, rank: 5 },
    result.by !== 'variable' &&
      result.by !== 'field' && { heading: 'vars', kind: 'count', value: (row) => row.variables, rank: 5 },
    {
      heading: 'since',
      kind: 'word',
      text: ({ since }) => (days ? formatTime(since) : formatTime(since).slice(11)),
      rank: 3,
    },
    { heading: 'sure', kind: 'word', value: ({ confidence }) => confidence, rank: 4 },
    { csv: 'from', kind: 'time', value: () => result.from },
    { csv: 'to', kind: 'time', value: () => result.to },
  ];
  return columns.filter((column) => column !== false);
}

function rangeText(range: ByteRange | null): string {
  return range === null ? '-' : `${formatSize(range.low, 'bytes')} … ${formatSize(range.high, 'bytes')}`;
}
