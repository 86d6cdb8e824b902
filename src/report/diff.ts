/** `diff` in all its forms. */

import { isExact } from '../model/bytes.ts';
import type { DiffResult, DiffRow, DiffSection, DiffSide } from '../model/diff.ts';
import { formatCount, formatSize } from '../model/quantity.ts';
import type { Unit } from '../model/sample.ts';
import { formatTime } from '../model/time.ts';
import { type Cell, delimited } from './delimited.ts';
import { jsonDocument, jsonReading, jsonTime } from './json.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { formatPeriod, named, readingNotes } from './reading.ts';
import { ScreenText } from './screen.ts';
import { visibleName } from './text/sanitize.ts';
import { alignPrefixes, type Column } from './text/table.ts';

export function diffReport(result: DiffResult, format: OutputFormat, screen: Screen): Report {
  if (format === 'table') return { text: diffScreen(result, screen), asides: [] };
  if (format === 'json') return { text: diffJson(result), asides: [] };
  return { text: diffDelimited(result, format), asides: diffNotes(result) };
}

function diffScreen(result: DiffResult, screen: Screen): string {
  const text = new ScreenText(screen);
  const per = result.per === null ? '' : ', per live connection';
  text.line(`What is different, by ${result.by}${per}`, text.paint.title);
  for (const [which, side] of [['before', result.before] as const, ['after', result.after] as const])
    text.line(`${which}: ${sideWords(side)}`);
  const filters = (['module', 'variable', 'node', 'package'] as const).flatMap((field) =>
    result.filters[field].length === 0 ? [] : [`${field} ${result.filters[field].map(named).join(' or ')}`],
  );
  if (filters.length > 0) text.line(`only ${filters.join(' and ')}`);
  const dropped = new Set<string>();
  const changed = result.sections.filter(({ rows }) => rows.length > 0);
  for (const section of changed) {
    text.line('');
    text.line(sectionTitle(section), text.paint.title);
    const columns = columnsOf(result, section).map((column, i) =>
      i === 0 ? { ...column, paint: text.paint.name } : column,
    );
    for (const heading of text.table(columns, rowsOf(columns, section, text.paint))) dropped.add(heading);
  }
  if (changed.length === 0) {
    text.line('');
    text.line('Nothing is different.');
  }
  const notes = diffNotes(result);
  if (dropped.size > 0) notes.push(`Not shown for lack of width: ${[...dropped].join(', ')}.`);
  text.notes(notes);
  return text.toString();
}

function sideWords({ name, from, to, nodes, connections }: DiffSide): string {
  const count = nodes.length === 1 ? '1 node' : `${nodes.length} nodes`;
  const live = connections === null ? '' : `, ${formatCount(connections)} live connections`;
  return `${named(name)} (${count}, ${formatPeriod(from, to)}${live})`;
}

const UNIT_TITLES: Record<string, string> = {
  bytes: 'bytes',
  entries: 'entries (elements of containers)',
  objects: 'objects (values held in containers)',
  characters: 'characters (text of patterns and strings)',
  unknown: 'unit unknown: the log does not say whether these are bytes or objects',
};

function sectionTitle({ unit, rows }: DiffSection): string {
  const estimated = rows.some(({ beforeBytes, afterBytes }) => {
    return (beforeBytes !== null && !isExact(beforeBytes)) || (afterBytes !== null && !isExact(afterBytes));
  });
  if (estimated) return 'bytes (≈ estimated from types and entries)';
  return Object.hasOwn(UNIT_TITLES, unit) ? UNIT_TITLES[unit]! : named(unit);
}

interface DiffColumn extends Column {
  readonly cell: (row: DiffRow) => string;
  readonly hidden?: string;
  readonly total?: string;
}

function columnsOf(result: DiffResult, { unit, before, after, hidden }: DiffSection): DiffColumn[] {
  const number = (heading: string, rank: number, cell: (row: DiffRow) => string): DiffColumn => {
    return { heading, align: 'right', shrinks: false, rank, cell };
  };
  const size = (value: number | null) => (value === null ? '-' : formatSize(value, unit));
  return [
    {
      heading: result.by,
      align: 'left',
      shrinks: true,
      rank: 0,
      cell: ({ group }) => visibleName(group),
      hidden: `… ${hidden.groups} more`,
      total: 'total',
    },
    {
      ...number('change', 0, ({ change }) => signed(change, unit)),
      hidden: signed(hidden.change, unit),
      total: signed(after - before, unit),
    },
    {
      ...number('%', 1, ({ relative, state }) => (relative === null ? state : formatRelative(relative))),
      total: before === 0 ? '' : formatRelative((after - before) / before),
    },
    { ...number('before', 1, (row) => size(row.before)), total: formatSize(before, unit) },
    { ...number('after', 1, (row) => size(row.after)), total: formatSize(after, unit) },
    number('entries', 3, ({ beforeEntries, afterEntries }) => change(beforeEntries, afterEntries)),
    ...(result.kind === 'nodes' || result.kind === 'boots' || result.by === 'node'
      ? []
      : [number('nodes', 4, ({ beforeNodes, afterNodes }) => pair(beforeNodes, afterNodes))]),
  ];
}

function rowsOf(columns: readonly DiffColumn[], section: DiffSection, paint: ScreenText['paint']) {
  const rows: { cells: string[]; paint?: (text: string) => string }[] = section.rows.map((row) => ({
    cells: columns.map(({ cell }) => cell(row)),
  }));
  if (section.hidden.groups > 0) rows.push({ cells: columns.map(({ hidden }) => hidden ?? ''), paint: paint.faint });
  rows.push({ cells: columns.map(({ total }) => total ?? ''), paint: paint.total });
  columns.forEach((column, i) => {
    if (column.align !== 'right') return;
    const aligned = alignPrefixes(rows.map(({ cells }) => cells[i]!));
    rows.forEach(({ cells }, r) => {
      cells[i] = cells[i] === '' ? '' : aligned[r]!;
    });
  });
  return rows;
}

function signed(value: number, unit: Unit): string {
  return value > 0 ? `+${formatSize(value, unit)}` : formatSize(value, unit);
}

/** `+12.3 %`, `×8.1` from three times as much on. */
function formatRelative(relative: number): string {
  if (relative >= 2) return `×${formatCount(relative + 1)}`;
  const percent = (relative * 100).toFixed(1);
  return `${relative > 0 ? '+' : ''}${percent} %`;
}

function change(before: number | null, after: number | null): string {
  if (before === null && after === null) return '-';
  const value = (after ?? 0) - (before ?? 0);
  return value > 0 ? `+${formatCount(value)}` : formatCount(value);
}

function pair(before: number, after: number): string {
  return before === after ? String(after) : `${before} → ${after}`;
}

function diffNotes(result: DiffResult): string[] {
  const notes: string[] = [];
  const { before, after, kind } = result;
  const names = (side: DiffSide) => new Set(side.nodes.map(({ node }) => node));
  if (kind === 'times' || kind === 'logs') {
    for (const [which, one, other] of [
      ['before', before, after],
      ['after', after, before],
    ] as const) {
      const only = [...names(one)].filter((node) => !names(other).has(node));
      if (only.length > 0) {
        const shown = only.slice(0, 5).map(named).join(', ');
        notes.push(`Only ${which}: ${shown}${only.length > 5 ? ` and ${only.length - 5} more nodes` : ''}.`);
      }
    }
  }
  const ones = result.sections
    .flatMap(({ rows }) => rows)
    .some(({ state }) => state === 'appeared' || state === 'gone');
  if (ones)
    notes.push('What appeared or is gone was not there, or smaller than what the collector logs, on the other side.');
  for (const side of [before, after]) {
    for (const node of side.nodes.filter(({ complete }) => !complete))
      notes.push(
        `${named(node.node)} has no complete run at ${formatTime(node.ts)}; what it wrote by then is compared.`,
      );
  }
  return [...notes, ...readingNotes(result.reading)];
}

function diffJson(result: DiffResult): string {
  return jsonDocument('diff', {
    kind: result.kind,
    by: result.by,
    unit: result.unit,
    per: result.per,
    filters: result.filters,
    before: jsonSide(result.before),
    after: jsonSide(result.after),
    sections: result.sections.map(({ unit, before, after, rows, hidden, same }) => ({
      unit,
      before,
      after,
      same,
      hidden,
      rows: rows.map((row) => ({
        group: row.group,
        state: row.state,
        before: row.before,
        after: row.after,
        change: row.change,
        relative: row.relative,
        before_bytes: row.beforeBytes,
        after_bytes: row.afterBytes,
        before_entries: row.beforeEntries,
        after_entries: row.afterEntries,
        before_nodes: row.beforeNodes,
        after_nodes: row.afterNodes,
      })),
    })),
    reading: jsonReading(result.reading),
  });
}

function jsonSide({ name, from, to, nodes, stopped, connections }: DiffSide): object {
  return {
    name,
    from: jsonTime(from),
    to: jsonTime(to),
    connections,
    nodes: nodes.map(({ node, run, ts, complete }) => ({ node, run, time: jsonTime(ts), complete })),
    stopped: stopped.map(({ node, lastSeen }) => ({ node, last_seen: jsonTime(lastSeen) })),
  };
}

const COLUMNS: readonly (readonly [string, (row: DiffRow) => Cell])[] = [
  ['group', ({ group }) => group],
  ['state', ({ state }) => state],
  ['before', ({ before }) => before],
  ['after', ({ after }) => after],
  ['change', ({ change }) => change],
  ['relative', ({ relative }) => relative],
  ['before_entries', ({ beforeEntries }) => beforeEntries],
  ['after_entries', ({ afterEntries }) => afterEntries],
  ['before_nodes', ({ beforeNodes }) => beforeNodes],
  ['after_nodes', ({ afterNodes }) => afterNodes],
];

function diffDelimited(result: DiffResult, format: 'csv' | 'tsv'): string {
  const sides = [formatTime(result.before.to), formatTime(result.after.to)];
  const rows = result.sections.flatMap(({ unit, rows }) =>
    rows.map((row): Cell[] => [unit, result.by, ...COLUMNS.map(([, cell]) => cell(row)), result.per, ...sides]),
  );
  const columns = ['unit', 'by', ...COLUMNS.map(([name]) => name), 'per', 'before_time', 'after_time'];
  return delimited(format, columns, rows);
}
