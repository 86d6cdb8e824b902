/** `growth`: what grows, what only may, and what its tables have no place for. */

import type { GrowthResult, GrowthRow, GrowthSection, GrowthSeries, SeriesTrend } from '../../model/answers/growth.ts';
import { type ByteRange, isExact } from '../../model/bytes.ts';
import { formatCount, formatSize } from '../../model/quantity.ts';
import { formatDuration, formatTime } from '../../model/time.ts';
import { createReport, type Reporter } from '../answer.ts';
import type { Column } from '../tables/column.ts';
import { convertRows, jsonTime } from '../tables/json.ts';
import type { ScreenText } from '../tables/screen.ts';
import { countThings, describeFilters, formatChange, formatPeriod, LEAST_TO_JUDGE, titleUnit } from '../words.ts';
import { describeFindings, listNotes } from './growth-words.ts';

/** @param all shows what only may grow as well */
export function growthReport(all: boolean): Reporter<GrowthResult> {
  return createReport<GrowthResult, GrowthRow>({
    name: 'growth',
    screen: (text, result) => writeScreen(text, result, all),
    json: convertGrowth,
    // What grows and what only may, told apart by `verdict`.
    tables(result) {
      const sections = [...result.sections, ...result.watched];
      return (sections.length === 0 ? [NO_SECTION] : sections).map((section) => ({
        columns: chooseColumns(result, section),
        rows: section.rows,
      }));
    },
    notes: listNotes,
    asides: describeFindings,
  });
}

const NO_SECTION: GrowthSection = { unit: 'bytes', rows: [], hidden: 0 };

function writeScreen(text: ScreenText, result: GrowthResult, all: boolean): void {
  text.title(...listHeaderLines(result));
  const table = (section: GrowthSection, title: string) => {
    text.line('');
    text.title(title);
    text.table(chooseColumns(result, section), section.rows);
    if (section.hidden > 0) text.line(`… ${section.hidden} more`, text.paint.faint);
  };
  for (const section of result.sections) table(section, titleSection(section));
  if (result.sections.length === 0) {
    text.line('');
    text.line(describeEmpty(result));
  }
  if (all) for (const section of result.watched) table(section, `rising, but no finding: ${titleSection(section)}`);
  const findings = describeFindings(result);
  if (findings.length > 0) text.line('');
  for (const finding of findings) text.line(finding, undefined, finding.startsWith(' ') ? '    ' : '  ');
}

function listHeaderLines(result: GrowthResult): [string, ...string[]] {
  const judged = result.stretches.filter((stretch) => stretch.judged);
  const runs = judged.reduce((sum, stretch) => sum + stretch.runs, 0);
  return [
    `What grows, by ${result.by === 'field' ? 'field of connections' : result.by}: what will hurt first comes first`,
    `${countThings(judged.length, 'node')}, ${countThings(runs, 'run')}, ${formatPeriod(result.from, result.to)}`,
    ...describeFilters(result.filters),
    ...(result.limit === null ? [] : [`a process may have ${formatSize(result.limit, 'bytes')}`]),
  ];
}

function describeEmpty({ by, counts }: GrowthResult): string {
  const judged = counts.fine + counts.watch;
  if (by === 'field' && judged + counts.unclear === 0)
    return 'No field of connections held anything worth a row of my_stats_connection.log.';
  if (judged === 0)
    return `Not enough data: ${LEAST_TO_JUDGE} to tell anything. If the logs were just rotated, give the folder above.`;
  return `Nothing grows: ${formatCount(judged)} series of sizes were looked at.`;
}

function titleSection({ unit, rows }: GrowthSection): string {
  const estimated = rows.some(({ bytesNow }) => bytesNow !== null && !isExact(bytesNow));
  return titleUnit(unit, estimated ? 'estimated from types and entries' : null);
}

function convertGrowth(result: GrowthResult): object {
  const told = result.series.map((one, i) => ({ one, i })).filter(({ one }) => one.trend.verdict !== 'fine');
  const places = new Map(told.map(({ i }, place) => [i, place]));
  const jsonSection = (section: GrowthSection) => {
    const { unit, hidden, rows } = section;
    return { unit, hidden, rows: convertRows(chooseColumns(result, section, places), rows) };
  };
  return {
    by: result.by,
    from: jsonTime(result.from),
    to: jsonTime(result.to),
    filters: result.filters,
    limit_bytes: result.limit,
    sections: result.sections.map(jsonSection),
    watched: result.watched.map(jsonSection),
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
      fills_per_hour: node.fillsPerHour,
      limit_bytes: node.limit,
      hours_to_limit: node.timeLeft,
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
  restarts,
  isOfEarlierLife,
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
    restarts,
    of_earlier_life: isOfEarlierLife,
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

/** @param places where a series is in JSON, by its index in the answer */
export function chooseColumns(
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
    unit === 'bytes' && { heading: 'between', kind: 'bytes', text: (row) => writeRange(row.bytesPerHour), rank: 4 },
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

function writeRange(range: ByteRange | null): string {
  return range === null ? '-' : `${formatSize(range.low, 'bytes')} … ${formatSize(range.high, 'bytes')}`;
}
