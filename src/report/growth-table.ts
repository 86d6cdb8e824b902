import { isExact } from '../model/bytes.ts';
import type { GrowthResult, GrowthRow, GrowthSection } from '../model/growth.ts';
import { formatCount, formatSize } from '../model/quantity.ts';
import type { Unit } from '../model/sample.ts';
import { formatDuration, formatTime } from '../model/time.ts';
import { growthFindings, growthNotes } from './growth-words.ts';
import type { Screen } from './output.ts';
import { formatPeriod, named } from './reading.ts';
import { ScreenText } from './screen.ts';
import type { Paint } from './text/paint.ts';
import { visibleName } from './text/sanitize.ts';
import { alignPrefixes, type Column } from './text/table.ts';

export function growthScreen(result: GrowthResult, screen: Screen, all: boolean): string {
  const text = new ScreenText(screen);
  for (const [i, line] of headerLines(result).entries()) text.line(line, i === 0 ? text.paint.title : undefined);
  const dropped = new Set<string>();
  const table = (section: GrowthSection, title: string) => {
    text.line('');
    text.line(title, text.paint.title);
    const { columns, rows } = growthTable(result, section, text.paint);
    for (const heading of text.table(columns, rows)) dropped.add(heading);
    if (section.hidden > 0) text.line(`… ${section.hidden} more`, text.paint.faint);
  };
  for (const section of result.sections) table(section, sectionTitle(section));
  if (result.sections.length === 0) {
    text.line('');
    text.line(emptyWords(result));
  }
  if (all) for (const section of result.watched) table(section, `rising, but no finding: ${sectionTitle(section)}`);
  const findings = growthFindings(result);
  if (findings.length > 0) text.line('');
  for (const finding of findings) text.line(finding, undefined, finding.startsWith(' ') ? '    ' : '  ');
  const notes = growthNotes(result);
  if (dropped.size > 0) notes.push(`Not shown for lack of width: ${[...dropped].join(', ')}.`);
  text.notes(notes);
  return text.toString();
}

function headerLines(result: GrowthResult): string[] {
  const judged = result.stretches.filter((stretch) => stretch.judged);
  const runs = judged.reduce((sum, stretch) => sum + stretch.runs, 0);
  const nodes = judged.length === 1 ? '1 node' : `${judged.length} nodes`;
  const lines = [
    `What grows, by ${result.by === 'field' ? 'field of connections' : result.by}: what will hurt first comes first`,
    `${nodes}, ${runs === 1 ? '1 run' : `${runs} runs`}, ${formatPeriod(result.from, result.to)}`,
  ];
  const filters = (['module', 'variable', 'node'] as const).flatMap((field) =>
    result.filters[field].length === 0 ? [] : [`${field} ${result.filters[field].map(named).join(' or ')}`],
  );
  if (filters.length > 0) lines.push(`only ${filters.join(' and ')}`);
  if (result.limit !== null) lines.push(`a process may have ${formatSize(result.limit, 'bytes')}`);
  return lines;
}

function emptyWords({ by, counts }: GrowthResult): string {
  const judged = counts.fine + counts.watch;
  if (by === 'field' && judged + counts.unclear === 0)
    return 'No field of connections held anything worth a row of my_stats_connection.log.';
  if (judged === 0) return 'Not enough data: it takes 8 runs over 5 minutes of one boot to tell anything.';
  return `Nothing grows: ${formatCount(judged)} series of sizes were looked at.`;
}

const UNIT_TITLES: Record<string, string> = {
  bytes: 'bytes',
  objects: 'objects (values held in containers)',
  characters: 'characters (text of patterns and strings)',
  entries: 'entries (of sizes that were not measured)',
  unknown: 'unit unknown: the log does not say whether these are bytes or objects',
};

function unitTitle(unit: Unit): string {
  return Object.hasOwn(UNIT_TITLES, unit) ? UNIT_TITLES[unit]! : named(unit);
}

function sectionTitle({ unit, rows }: GrowthSection): string {
  const estimated = rows.some(({ bytesNow }) => bytesNow !== null && !isExact(bytesNow));
  return estimated ? 'bytes (≈ estimated from types and entries)' : unitTitle(unit);
}

interface GrowthColumn extends Column {
  readonly cell: (row: GrowthRow) => string;
}

function growthTable(result: GrowthResult, section: GrowthSection, paint: Paint) {
  const columns = columnsOf(result, section, paint).filter(
    ({ rank, cell }) => rank < 2 || section.rows.some((row) => cell(row) !== '-'),
  );
  const rows = section.rows.map((row) => ({ cells: columns.map(({ cell }) => cell(row)) }));
  columns.forEach((column, i) => {
    if (column.align !== 'right') return;
    const aligned = alignPrefixes(rows.map(({ cells }) => cells[i]!));
    rows.forEach(({ cells }, r) => {
      cells[i] = aligned[r]!;
    });
  });
  return { columns, rows };
}

function columnsOf(result: GrowthResult, { unit }: GrowthSection, paint: Paint): GrowthColumn[] {
  const number = (heading: string, rank: number, cell: (row: GrowthRow) => string): GrowthColumn => {
    return { heading, align: 'right', shrinks: false, rank, cell };
  };
  const word = (heading: string, rank: number, cell: (row: GrowthRow) => string): GrowthColumn => {
    return { heading, align: 'left', shrinks: heading === result.by || heading === 'worst node', rank, cell };
  };
  const rate = (value: number | null) => (value === null ? '-' : `+${formatSize(value, unit)}`);
  const days = result.to - result.from > 86_400;
  return [
    { ...word(result.by, 0, (row) => visibleName(row.group)), paint: paint.name },
    word('shape', 1, ({ shape }) => shape),
    number('per hour', 0, ({ perHour }) => rate(perHour)),
    ...(unit === 'bytes'
      ? [number('between', 4, ({ bytesPerHour }) => (bytesPerHour === null ? '-' : range(bytesPerHour)))]
      : []),
    number('now', 1, ({ now }) => formatSize(now, unit)),
    ...(result.limit === null
      ? []
      : [
          number('limit in', 1, ({ hoursToLimit }) =>
            hoursToLimit === null ? '-' : formatDuration(hoursToLimit * 3600),
          ),
        ]),
    ...(unit === 'entries'
      ? []
      : [
          number('entries/h', 3, ({ entriesPerHour }) =>
            entriesPerHour === null ? '-' : `+${formatCount(entriesPerHour)}`,
          ),
        ]),
    ...(result.by === 'node'
      ? []
      : [
          number('nodes', 2, ({ nodes, ofNodes }) => `${nodes} of ${ofNodes}`),
          word('worst node', 5, ({ worstNode }) => visibleName(worstNode)),
        ]),
    ...(result.by === 'variable' || result.by === 'field'
      ? []
      : [number('vars', 5, ({ variables }) => formatCount(variables))]),
    word('since', 3, ({ since }) => (days ? formatTime(since) : formatTime(since).slice(11))),
    word('sure', 4, ({ confidence }) => confidence ?? '-'),
  ];
}

function range({ low, high }: { low: number; high: number }): string {
  return `${formatSize(low, 'bytes')} … ${formatSize(high, 'bytes')}`;
}
