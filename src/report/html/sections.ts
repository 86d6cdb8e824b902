/** The parts of the page, each with its heading, a place for its picture and the table that says the same. */

import type { PageMeasure, ReportCurve, ReportResult } from '../../model/answers/report.ts';
import type { TopNode } from '../../model/answers/top.ts';
import { addBytes, type ByteRange } from '../../model/bytes.ts';
import { formatCount } from '../../model/quantity.ts';
import { formatTime } from '../../model/time.ts';
import { stateNotes } from '../export/values.ts';
import { describeReading } from '../reading.ts';
import type { Column } from '../tables/column.ts';
import { visibleName } from '../text/sanitize.ts';
import { LEAST_TO_JUDGE } from '../words.ts';
import { html, type Markup } from './markup.ts';
import { boundsOf, htmlTable, likelyBytes } from './table.ts';
import type { WholeVariable } from './variables.ts';

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

function totalBytes(variables: readonly WholeVariable[]): ByteRange | null {
  return variables.reduce<ByteRange | null>(
    (sum, { bytes }) => (bytes === null ? sum : sum === null ? bytes : addBytes(sum, bytes)),
    null,
  );
}

/** What holds the memory: a map whose areas are sizes. */
export function mapSection(): Section {
  const content = html`<p>Areas are what variables hold over all nodes; the redder, the faster they grow. Choose one to see more of it. The table of
<a href="#variables">all variables</a> says the same.</p>
<div id="map-place" data-script></div>
<p class="without-script">The map is drawn by the program in this page, which is switched off here.</p>
`;
  return { id: 'map', title: 'What holds the memory', content };
}

export function writeGrowthSection(growth: readonly ReportCurve[] | null): Section {
  const title = 'What grows';
  if (growth === null) {
    return { id: 'growth', title, content: html`<p>Not enough data: ${LEAST_TO_JUDGE} to tell what grows.</p>\n` };
  }
  if (growth.length === 0) return { id: 'growth', title, content: html`<p>No variable was found to grow.</p>\n` };
  const columns: Column<ReportCurve>[] = [
    { heading: 'variable', kind: 'name', value: ({ variable }) => variable },
    { heading: 'package', value: (row) => row.package },
    { heading: 'shape', value: ({ shape }) => shape },
    ...listBytesColumns<ReportCurve>('bytes per hour', ({ bytesPerHour }) => bytesPerHour),
    {
      heading: 'per hour, as logged',
      kind: 'count',
      value: ({ perHour }) => perHour,
      text: ({ perHour, unit }) => (perHour === null ? '-' : `${formatCount(perHour)} ${visibleName(unit)}`),
    },
    { heading: 'worst node', value: ({ worstNode }) => worstNode },
    { heading: 'nodes', kind: 'number', value: ({ nodes }) => nodes },
  ];
  const content = html`${htmlTable({ id: 'growth-table', caption: 'Variables that grow', columns, rows: growth, sorted: 'bytes per hour', filter: null })}`;
  return { id: 'growth', title, content };
}

interface NodeRow extends TopNode {
  readonly bytes: ByteRange | null;
  readonly sizes: ReadonlyMap<string, number>;
}

export function writeNodesSection({ inventory }: ReportResult, measures: readonly PageMeasure[]): Section {
  const rows = inventory.nodes.map((node): NodeRow => {
    const own = inventory.rows.filter((row) => row.node === node.node);
    const sizes = new Map<string, number>();
    for (const { unit, size } of own) sizes.set(visibleName(unit), (sizes.get(visibleName(unit)) ?? 0) + (size ?? 0));
    const bytes = own.reduce<ByteRange | null>(
      (sum, row) => (row.bytes === null ? sum : sum === null ? row.bytes : addBytes(sum, row.bytes)),
      null,
    );
    return { ...node, bytes, sizes };
  });
  const withBytes = measures.some(({ unit }) => unit === 'bytes');
  const sizeColumns = measures
    .filter(({ unit }) => unit !== 'bytes')
    .map(({ unit }): Column<NodeRow> => ({ heading: unit, kind: 'count', value: ({ sizes }) => sizes.get(unit) }));
  const sizes = [
    ...(withBytes ? listBytesColumns<NodeRow>('script variables', ({ bytes }) => bytes) : []),
    ...sizeColumns,
  ];
  const columns: Column<NodeRow>[] = [
    { heading: 'node', kind: 'name', value: ({ node }) => node },
    ...sizes,
    { heading: 'resident memory', kind: 'bytes', value: ({ residentMemory }) => residentMemory },
    { heading: 'last run', kind: 'time', value: ({ ts }) => ts },
    { heading: 'Zeek', value: ({ zeekVersion }) => zeekVersion },
  ];
  const weight = (row: NodeRow) => Number(sizes[0]?.value?.(row) ?? -1);
  const stopped = inventory.stopped.map(
    ({ node, lastSeen }) =>
      html`<li>${visibleName(node)} stopped reporting at ${formatTime(lastSeen)}; it is not counted.</li>\n`,
  );
  const content = html`<div id="nodes-place" data-script></div>
${stopped.length === 0 ? null : html`<ul class="notes">\n${stopped}</ul>\n`}${htmlTable({ id: 'nodes-table', caption: 'Nodes', columns, rows: rows.toSorted((a, b) => weight(b) - weight(a)), sorted: sizes[0]?.heading ?? null, filter: rows.length > 8 ? 'node' : null })}`;
  return { id: 'nodes', title: 'Nodes compared', content };
}

export function writeVariablesSection(
  variables: readonly WholeVariable[],
  measures: readonly PageMeasure[],
  withPackages: boolean,
): Section {
  const withBytes = measures.some(({ unit }) => unit === 'bytes');
  const total = totalBytes(variables)?.likely ?? 0;
  const columns: Column<WholeVariable>[] = [
    { heading: 'variable', kind: 'name', value: ({ variable }) => variable },
    ...(withBytes ? listBytesColumns<WholeVariable>('bytes', ({ bytes }) => bytes) : []),
    ...(withBytes
      ? [
          {
            heading: 'share',
            kind: 'share',
            value: ({ bytes }: WholeVariable) => (bytes === null || total === 0 ? null : bytes.likely / total),
          } as const,
        ]
      : []),
    {
      heading: 'as logged',
      kind: 'count',
      value: ({ size }) => size,
      text: ({ size, unit }) => (size === null ? '-' : `${formatCount(size)} ${visibleName(unit)}`),
    },
    { heading: 'entries', kind: 'count', value: ({ entries }) => entries },
    withPackages
      ? { heading: 'package', value: (row) => row.package }
      : { heading: 'module', value: (row) => row.module },
    { heading: 'largest on', value: ({ largestNode }) => largestNode },
    { heading: 'nodes', kind: 'count', value: ({ nodes }) => nodes },
  ];
  const table = {
    id: 'variables-table',
    caption: 'All variables, over all nodes',
    columns,
    rows: variables,
    sorted: withBytes ? 'bytes' : 'as logged',
  };
  return {
    id: 'variables',
    title: 'All variables',
    content: htmlTable({ ...table, filter: withPackages ? 'variable or package' : 'variable or module' }),
  };
}

function listBytesColumns<Row>(heading: string, bytes: (row: Row) => ByteRange | null): Column<Row>[] {
  return [
    { heading, kind: 'bytes', value: (row) => bytes(row)?.likely, text: (row) => likelyBytes(bytes(row)) },
    { heading: 'between', kind: 'bytes', value: (row) => bytes(row)?.low, text: (row) => boundsOf(bytes(row)) },
  ];
}

/** What the numbers are, and what is not in them. */
export function writeAboutSection(result: ReportResult): Section {
  const notes = [...stateNotes(result.inventory), ...describeReading(result.reading)];
  const { files, rows } = result.reading;
  const told = notes.map((note) => html`<li>${note.trim()}</li>\n`);
  const content = html`${told.length === 0 ? null : html`<ul class="notes">\n${told}</ul>\n`}<details class="printed"><summary>What bytes, objects and characters are, and what is not in them</summary>
<ul class="notes">
<li>Bytes are estimates unless they are marked as exact: ≈ is the likely value, and the truth lies between the bounds beside it. They are
worked out from the type of a variable, its entries, and how many values Zeek counts in it.</li>
<li>Objects are values held in containers, characters the length of a text: neither are bytes, and they are never added to each other.</li>
<li>These are variables of scripts. The rest of a process's memory (connections, packets being put together, everything in C++, and what was
freed but is kept by the allocator) is not in them.</li>
</ul></details>
<p>Read: ${formatCount(rows)} rows from ${files.length === 1 ? '1 log' : `${files.length} logs`}.</p>
`;
  return { id: 'about', title: 'About these numbers', content };
}
