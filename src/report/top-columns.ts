/** The columns of the `top` table, by what was asked. */

import type { ByteRange } from '../model/bytes.ts';
import { formatCount, formatEstimate, formatShare, formatSize } from '../model/quantity.ts';
import type { Unit } from '../model/sample.ts';
import { formatTime } from '../model/time.ts';
import type { TopNode, TopResult, TopRow, TopSection } from '../model/top.ts';
import type { Paint } from './text/paint.ts';
import { visibleName } from './text/sanitize.ts';
import { alignPrefixes, type Column, type TableRow } from './text/table.ts';

interface TopColumn extends Column {
  readonly cell: (row: TopRow) => string;
  /** In the line of what is not shown, and in the line of the total. */
  readonly hidden?: string;
  readonly total?: string;
}

/** Headings, rows, what is hidden and the total, ready to be laid out. */
export function topTable(
  result: TopResult,
  section: TopSection,
  paint: Paint,
  withRange: boolean,
): { columns: readonly Column[]; rows: readonly TableRow[] } {
  const columns = columnsOf(result, section, paint, withRange);
  const rows: { cells: string[]; paint?: (text: string) => string }[] = section.rows.map((row) => ({
    cells: columns.map((column) => column.cell(row)),
  }));
  const groups = section.rows.length + section.hidden.groups;
  if (section.hidden.groups > 0) rows.push({ cells: columns.map((column) => column.hidden ?? ''), paint: paint.faint });
  if (groups > 1) rows.push({ cells: columns.map((column) => column.total ?? ''), paint: paint.total });
  columns.forEach((column, i) => {
    if (column.align !== 'right') return;
    const aligned = alignPrefixes(rows.map((row) => row.cells[i]!));
    rows.forEach((row, r) => {
      row.cells[i] = row.cells[i] === '' ? '' : aligned[r]!;
    });
  });
  return { columns, rows };
}

/** The column rows are sorted by is never dropped. */
function columnsOf(result: TopResult, section: TopSection, paint: Paint, withRange: boolean): TopColumn[] {
  const sorted = result.sort === 'variables' ? 'vars' : result.sort;
  return allColumns(result, section, paint, withRange).map((column) =>
    column.heading === sorted ? { ...column, rank: 0 } : column,
  );
}

function allColumns(result: TopResult, section: TopSection, paint: Paint, withRange: boolean): TopColumn[] {
  const { unit, total, totalBytes, hidden } = section;
  const number = (heading: string, rank: number, cell: (row: TopRow) => string): TopColumn => {
    return { heading, align: 'right', shrinks: false, rank, cell };
  };
  const spans = result.mode === 'span' ? spanColumns(unit, number) : [];
  return [
    {
      heading: result.by,
      align: 'left',
      shrinks: true,
      rank: 0,
      paint: paint.name,
      cell: (row) => visibleName(row.group),
      hidden: `… ${hidden.groups} more`,
      total: 'total',
    },
    {
      ...number(result.mode === 'span' ? 'last' : 'size', 0, (row) => formatEstimate(row.size, unit, row.bytes)),
      hidden: formatEstimate(hidden.size, unit, totalBytes),
      total: formatEstimate(total, unit, totalBytes),
    },
    ...(withRange && totalBytes !== null ? rangeColumns(totalBytes, number) : []),
    {
      ...number('share', 1, (row) => formatShare(row.share)),
      hidden: formatShare(total === 0 ? 0 : hidden.size / total),
      total: formatShare(total === 0 ? 0 : 1),
    },
    ...spans,
    ...(showsResident(result, section) ? residentColumns(result, number) : []),
    ...(result.by === 'package' && section.rows.some(({ versions }) => versions.length > 0) ? [versionColumn()] : []),
    ...placeColumns(result, unit, number),
    ...(section.rows.every(({ entries }) => entries === null)
      ? []
      : [number('entries', 4, (row) => (row.entries === null ? '-' : formatCount(row.entries)))]),
    ...(result.by === 'variable' ? [] : [number('vars', 7, (row) => formatCount(row.variables))]),
  ];
}

/** Between what and what an estimate lies. */
function rangeColumns(total: ByteRange, number: NumberColumn): TopColumn[] {
  return (['low', 'high'] as const).map((bound) => ({
    ...number(bound, 1, ({ bytes }) => (bytes === null ? '-' : formatSize(bytes[bound], 'bytes'))),
    total: formatSize(total[bound], 'bytes'),
  }));
}

/** True where the sizes of nodes can be compared with the memory of their processes: bytes, and nothing filtered out. */
export function showsResident({ by, filters, nodes }: TopResult, { unit }: TopSection): boolean {
  const all = filters.module.length + filters.variable.length + filters.package.length === 0;
  return by === 'node' && unit === 'bytes' && all && nodes.some(({ residentMemory }) => residentMemory !== null);
}

/** The memory of the process, and what of it is not in variables. */
function residentColumns(result: TopResult, number: NumberColumn): TopColumn[] {
  const resident = new Map(result.nodes.map(({ node, residentMemory }) => [node, residentMemory]));
  const of = (row: TopRow) => resident.get(row.group) ?? null;
  return [
    number('resident', 2, (row) => {
      const bytes = of(row);
      return bytes === null ? '-' : formatSize(bytes, 'bytes');
    }),
    number('not in variables', 3, (row) => {
      const bytes = of(row);
      return bytes === null ? '-' : formatEstimate(bytes - row.size, 'bytes', row.bytes);
    }),
  ];
}

type NumberColumn = (heading: string, rank: number, cell: (row: TopRow) => string) => TopColumn;

function spanColumns(unit: Unit, number: NumberColumn): TopColumn[] {
  return [
    number('first', 2, ({ span }) => (span === null ? '-' : formatSize(span.first, unit))),
    number('change', 3, ({ span }) => (span === null ? '-' : formatChange(span.last - span.first, unit))),
    number('max', 2, ({ span }) => (span === null ? '-' : formatSize(span.max, unit))),
    number('mean', 2, ({ span }) => (span === null ? '-' : formatSize(span.mean, unit))),
  ];
}

function formatChange(change: number, unit: Unit): string {
  return change > 0 ? `+${formatSize(change, unit)}` : formatSize(change, unit);
}

function versionColumn(): TopColumn {
  const cell = ({ versions }: TopRow) => (versions.length === 0 ? '-' : visibleName(versions.join(', ')));
  return { heading: 'version', align: 'left', shrinks: true, rank: 5, cell };
}

/** Where a group is largest; a node is its own largest node, so there its run stands instead. */
function placeColumns(result: TopResult, unit: Unit, number: NumberColumn): TopColumn[] {
  if (result.by !== 'node') {
    return [
      {
        heading: 'largest node',
        align: 'left',
        shrinks: true,
        rank: result.mode === 'span' ? 5 : 3,
        cell: (row) => visibleName(row.largestNode.node),
      },
      number('there', 6, (row) => formatEstimate(row.largestNode.size, unit, row.bytes)),
    ];
  }
  const nodes = new Map(result.nodes.map((node) => [node.node, node]));
  const of = (row: TopRow, text: (node: TopNode) => string | null) => {
    const node = nodes.get(row.group);
    return node === undefined ? '-' : (text(node) ?? '-');
  };
  const count = (value: number | null) => (value === null ? null : String(value));
  const when: TopColumn = number('last run', 5, (row) => of(row, ({ ts }) => formatTime(ts)));
  if (result.mode === 'snapshot') return [number('run', 6, (row) => of(row, ({ run }) => count(run))), when];
  return [
    number('runs', 5, (row) => of(row, ({ runs }) => count(runs))),
    number('boots', 5, (row) => of(row, ({ boots }) => count(boots))),
    when,
  ];
}
