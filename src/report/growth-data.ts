/** `growth` for programs. */

import type { ByteRange } from '../model/bytes.ts';
import type { GrowthResult, GrowthRow, GrowthSection, GrowthSeries, SeriesTrend } from '../model/growth.ts';
import { formatTime } from '../model/time.ts';
import { type Cell, delimited } from './delimited.ts';
import { jsonDocument, jsonReading, jsonTime } from './json.ts';

export function growthJson(result: GrowthResult): string {
  const told = result.series.map((one, i) => ({ one, i })).filter(({ one }) => one.trend.verdict !== 'fine');
  const places = new Map(told.map(({ i }, place) => [i, place]));
  return jsonDocument('growth', {
    by: result.by,
    from: jsonTime(result.from),
    to: jsonTime(result.to),
    filters: result.filters,
    limit_bytes: result.limit,
    sections: result.sections.map((section) => jsonSection(section, places)),
    watched: result.watched.map((section) => jsonSection(section, places)),
    growing_fields: result.growingFields,
    unlike_equals: result.unlike.map(({ node, variable, moduleName, unit, measure, value, perHour, equals }) => {
      return { node, variable, module: moduleName, unit, measure, value, per_hour: perHour, equals };
    }),
    nodes: result.nodes.map((node) => ({
      node: node.node,
      resident_memory_bytes: node.residentMemory,
      resident_memory: node.residentTrend === null ? null : jsonTrend(node.residentTrend),
      measuring: node.measuringTrend === null ? null : jsonTrend(node.measuringTrend),
      growing: node.growing,
      bytes_per_hour: node.bytesPerHour,
      hours_to_limit: node.hoursToLimit,
    })),
    stretches: result.stretches.map(({ boot, firstTs, lastTs, ...rest }) => ({
      ...rest,
      boot: boot === null ? null : jsonTime(boot),
      first: jsonTime(firstTs),
      last: jsonTime(lastTs),
    })),
    series: told.map(({ one }) => jsonSeries(one)),
    counts: result.counts,
    stopped: result.stopped.map(({ node, lastSeen }) => ({ node, last_seen: jsonTime(lastSeen) })),
    reading: jsonReading(result.reading),
  });
}

function jsonSection({ unit, rows, hidden }: GrowthSection, places: ReadonlyMap<number, number>): object {
  return { unit, hidden, rows: rows.map((row) => jsonRow(row, places)) };
}

function jsonRow(row: GrowthRow, places: ReadonlyMap<number, number>): object {
  return {
    group: row.group,
    shape: row.shape,
    verdict: row.verdict,
    why: row.why,
    confidence: row.confidence,
    since: jsonTime(row.since),
    per_hour: row.perHour,
    bytes_per_hour: row.bytesPerHour,
    entries_per_hour: row.entriesPerHour,
    now: row.now,
    bytes_now: row.bytesNow,
    hours_to_limit: row.hoursToLimit,
    expiry_not_in_effect: row.expiryFails,
    variables: row.variables,
    nodes: row.nodes,
    of_nodes: row.ofNodes,
    worst_node: row.worstNode,
    series: row.series.map((i) => places.get(i)!),
  };
}

function jsonTrend({
  shape,
  verdict,
  why,
  since,
  perHour,
  confidence,
  rise,
  plateau,
  neverShrank,
}: SeriesTrend): object {
  return {
    shape,
    verdict,
    why,
    since: jsonTime(since),
    per_hour: perHour,
    confidence,
    rise,
    plateau,
    never_shrank: neverShrank,
  };
}

function jsonSeries(one: GrowthSeries): object {
  return {
    source: one.source,
    variable: one.variable,
    module: one.moduleName,
    package: one.package,
    script: one.script,
    line: one.line,
    node: one.node,
    stretch: one.stretch,
    unit: one.unit,
    measure: one.measure,
    ...jsonTrend(one.trend),
    now: one.now,
    size_per_hour: one.sizePerHour,
    bytes_per_hour: one.bytesPerHour,
    expiry: one.expiry,
    expiry_not_in_effect: one.expiryFails,
    hours_to_limit: one.hoursToLimit,
  };
}

const COLUMNS: readonly (readonly [string, (row: GrowthRow) => Cell])[] = [
  ['group', (row) => row.group],
  ['shape', (row) => row.shape],
  ['verdict', (row) => row.verdict],
  ['why', (row) => row.why],
  ['confidence', (row) => row.confidence],
  ['since', (row) => formatTime(row.since)],
  ['per_hour', (row) => row.perHour],
  ...bytesColumns('bytes_per_hour', (row) => row.bytesPerHour),
  ['entries_per_hour', (row) => row.entriesPerHour],
  ['now', (row) => row.now],
  ['variables', (row) => row.variables],
  ['nodes', (row) => row.nodes],
  ['of_nodes', (row) => row.ofNodes],
  ['worst_node', (row) => row.worstNode],
  ['hours_to_limit', (row) => row.hoursToLimit],
  ['expiry_not_in_effect', (row) => row.expiryFails?.text ?? null],
];

function bytesColumns(
  name: string,
  value: (row: GrowthRow) => ByteRange | null,
): readonly (readonly [string, (row: GrowthRow) => Cell])[] {
  return (['low', 'likely', 'high'] as const).map((bound) => [
    `${name}_${bound}`,
    (row) => value(row)?.[bound] ?? null,
  ]);
}

/** What grows and what only may, told apart by `verdict`. */
export function growthDelimited(result: GrowthResult, format: 'csv' | 'tsv'): string {
  const period = [formatTime(result.from), formatTime(result.to)];
  const rows = [...result.sections, ...result.watched].flatMap(({ unit, rows }) =>
    rows.map((row): Cell[] => [unit, result.by, ...COLUMNS.map(([, cell]) => cell(row)), ...period]),
  );
  return delimited(format, ['unit', 'by', ...COLUMNS.map(([name]) => name), 'from', 'to'], rows);
}
