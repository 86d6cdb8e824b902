/** The columns of `top`, by what was asked. */

import type { TopNode, TopResult, TopRow, TopSection, TopSort, TopSpan } from '../../model/answers/top.ts';
import { type ByteRange, isExact } from '../../model/bytes.ts';
import { formatEstimate, formatShare, formatSize } from '../../model/quantity.ts';
import { type Column, writeCell } from '../tables/column.ts';
import { formatChange } from '../words.ts';

const SORTED_BY: { readonly [sort in TopSort]?: string } = { variables: 'vars', growth: 'per hour' };

/**
 * The column rows are sorted by is never dropped.
 *
 * @param withRange whether people see the bounds of estimates, too
 */
export function chooseColumns(result: TopResult, section: TopSection, withRange: boolean): Column<TopRow>[] {
  const sorted = SORTED_BY[result.sort] ?? result.sort;
  const people = [
    ...listSizeColumns(result, section),
    ...(section.totalBytes === null
      ? []
      : withRange
        ? listRangeColumns(section.totalBytes)
        : makeBetweenColumn(section.totalBytes)),
    ...shareColumn(section),
    ...makeProcessColumn(result, section),
    makeGrowthColumn(section),
    ...(result.mode === 'span' ? listSpanColumns(section) : []),
    ...(showsResident(result, section) ? listResidentColumns(result) : []),
    ...(result.by === 'node' ? runColumns(result) : placeColumns(result, section)),
    { heading: 'entries', kind: 'count', value: ({ entries }: TopRow) => entries, rank: 5 } as const,
    ...(result.by === 'variable'
      ? []
      : [{ heading: 'vars', kind: 'count', value: ({ variables }: TopRow) => variables, rank: 7 } as const]),
  ];
  return [
    ...people.map((column) => (column.heading === sorted ? { ...column, rank: 0 } : column)),
    ...listDataColumns(result, section),
  ];
}

/** The same whatever was asked, so that answers can be put under one another. */
function listDataColumns(result: TopResult, { unit }: TopSection): Column<TopRow>[] {
  const span = (name: keyof TopSpan): Column<TopRow> => ({ csv: name, value: (row) => row.span?.[name] });
  return [
    { csv: 'unit', value: () => unit },
    { csv: 'by', value: () => result.by },
    { key: 'group', value: (row) => row.group },
    { key: 'size', value: (row) => row.size },
    { key: 'bytes', csv: null, value: (row) => row.bytes },
    { csv: 'low', value: (row) => row.bytes?.low },
    { csv: 'high', value: (row) => row.bytes?.high },
    { key: 'bytes_methods', csv: null, value: (row) => row.methods },
    { csv: 'method', value: (row) => row.methods.join(' ') },
    ...(result.by === 'package' ? [{ key: 'versions', csv: null, value: (row: TopRow) => row.versions } as const] : []),
    { key: 'share', value: (row) => row.share },
    { key: 'largest_node', value: (row) => row.largestNode.node },
    { key: 'largest_node_size', value: (row) => row.largestNode.size },
    { key: 'per_hour', value: (row) => row.perHour },
    { key: 'entries', value: (row) => row.entries },
    { key: 'variables', value: (row) => row.variables },
    { key: 'nodes', value: (row) => row.nodes },
    { key: 'unmeasured', value: (row) => row.unmeasured },
    { key: 'span', csv: null, value: (row) => row.span },
    span('first'),
    span('last'),
    span('max'),
    span('mean'),
    { csv: 'from', kind: 'time', value: () => result.from },
    { csv: 'to', kind: 'time', value: () => result.to },
  ];
}

function listSizeColumns(result: TopResult, { unit, total, totalBytes, hidden }: TopSection): Column<TopRow>[] {
  return [
    {
      heading: result.by,
      kind: 'name',
      value: (row) => row.group,
      hidden: `… ${hidden.groups} more`,
      total: 'total',
    },
    {
      heading: result.mode === 'span' ? 'last' : 'size',
      kind: 'bytes',
      text: (row) => formatEstimate(row.size, unit, row.bytes),
      hidden: formatEstimate(hidden.size, unit, totalBytes),
      total: formatEstimate(total, unit, totalBytes),
    },
  ];
}

function shareColumn({ total, hidden }: TopSection): Column<TopRow>[] {
  return [
    {
      heading: 'share',
      kind: 'share',
      value: (row) => row.share,
      rank: 3,
      hidden: formatShare(total === 0 ? 0 : hidden.size / total),
      total: formatShare(total === 0 ? 0 : 1),
    },
  ];
}

/** The same in a column that gives way where there is little room. */
function makeBetweenColumn(total: ByteRange): Column<TopRow>[] {
  const text = (range: ByteRange | null) =>
    range === null || isExact(range) ? '-' : `${formatSize(range.low, 'bytes')} – ${formatSize(range.high, 'bytes')}`;
  return [{ heading: 'between', kind: 'number', text: ({ bytes }) => text(bytes), total: text(total), rank: 6 }];
}

/** How much of the process a group is on the node on which it is largest: no process is as large as all together. */
function makeProcessColumn({ by, mode, nodes }: TopResult, { unit }: TopSection): Column<TopRow>[] {
  if (by === 'node' || mode === 'span' || unit !== 'bytes') return [];
  const resident = new Map(nodes.map(({ node, residentMemory }) => [node, residentMemory]));
  const value = ({ largestNode: { node, size } }: TopRow) => {
    const memory = resident.get(node) ?? null;
    return memory === null || memory === 0 ? null : size / memory;
  };
  return [{ heading: 'of process', kind: 'share', value, rank: 2 }];
}

/** As `growth` says it; the unit is that of the section. */
function makeGrowthColumn({ unit }: TopSection): Column<TopRow> {
  const text = ({ perHour }: TopRow) => (perHour === null ? '-' : formatChange(Number(perHour.toPrecision(3)), unit));
  return { heading: 'per hour', kind: 'bytes', text, rank: 1 };
}

/** Between what and what an estimate lies. */
function listRangeColumns(total: ByteRange): Column<TopRow>[] {
  return (['low', 'high'] as const).map((bound) => ({
    heading: bound,
    kind: 'bytes',
    value: ({ bytes }) => bytes?.[bound],
    rank: 1,
    total: formatSize(total[bound], 'bytes'),
  }));
}

/** True where the sizes of nodes can be compared with the memory of their processes: bytes, and nothing filtered out. */
export function showsResident({ by, filters, nodes }: TopResult, { unit }: TopSection): boolean {
  const all = filters.module.length + filters.variable.length + filters.package.length === 0;
  return by === 'node' && unit === 'bytes' && all && nodes.some(({ residentMemory }) => residentMemory !== null);
}

/** The memory of the process, how much of it is explained at least, and what of it is not in variables. */
function listResidentColumns(result: TopResult): Column<TopRow>[] {
  const explained = new Map(result.nodes.map(({ node, explained }) => [node, explained]));
  const resident = new Map(result.nodes.map(({ node, residentMemory }) => [node, residentMemory]));
  return [
    { heading: 'resident', kind: 'bytes', value: (row) => resident.get(row.group), rank: 1 },
    { heading: 'explained', kind: 'share', value: (row) => explained.get(row.group), rank: 2 },
    {
      heading: 'not in variables',
      kind: 'bytes',
      text: (row) => {
        const bytes = resident.get(row.group) ?? null;
        return bytes === null ? '-' : formatEstimate(bytes - row.size, 'bytes', row.bytes);
      },
      rank: 4,
    },
  ];
}

function listSpanColumns({ unit }: TopSection): Column<TopRow>[] {
  const column = (heading: string, rank: number, text: (span: TopSpan) => string): Column<TopRow> => {
    return { heading, kind: 'bytes', rank, text: ({ span }) => (span === null ? '-' : text(span)) };
  };
  return [
    column('first', 2, ({ first }) => formatSize(first, unit)),
    column('change', 3, ({ first, last }) => formatChange(last - first, unit)),
    column('max', 2, ({ max }) => formatSize(max, unit)),
    column('mean', 2, ({ mean }) => formatSize(mean, unit)),
  ];
}

/** Where a group is largest, which one node alone need not be told of. */
function placeColumns(result: TopResult, { unit }: TopSection): Column<TopRow>[] {
  const version = { heading: 'version', kind: 'name', rank: 5 } as const;
  const versions: Column<TopRow> = { ...version, value: (row) => row.versions.join(', ') || null };
  if (result.nodes.length === 1) return [versions];
  return [
    versions,
    {
      heading: 'largest node',
      kind: 'name',
      value: (row) => row.largestNode.node,
      rank: result.mode === 'span' ? 5 : 4,
    },
    {
      heading: 'there',
      kind: 'bytes',
      text: (row) => formatEstimate(row.largestNode.size, unit, row.bytes),
      rank: 6,
    },
  ];
}

/** A node is its own largest node, so there its run stands instead. */
function runColumns(result: TopResult): Column<TopRow>[] {
  const nodes = new Map(result.nodes.map((node) => [node.node, node]));
  const column = (heading: string, name: 'run' | 'runs' | 'boots' | 'ts', rank: number): Column<TopNode> => {
    return { heading, kind: name === 'ts' ? 'time' : 'number', value: (node) => node[name], rank };
  };
  const columns =
    result.mode === 'snapshot' ? [column('run', 'run', 6)] : [column('runs', 'runs', 5), column('boots', 'boots', 5)];
  return [...columns, column('last run', 'ts', 5)].map(({ heading = '', kind = 'number', rank = 0, ...column }) => ({
    heading,
    kind,
    rank,
    text: (row) => {
      const node = nodes.get(row.group);
      return node === undefined ? '-' : writeCell({ kind, ...column }, node);
    },
  }));
}
