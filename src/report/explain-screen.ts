/** `explain` on a terminal: what it is, its type, its bytes, its size on every node, its history. */

import { type ByteRange, isExact } from '../model/bytes.ts';
import type { ExplainedHistory, ExplainedNode, ExplainResult } from '../model/explain.ts';
import { formatCount, formatEstimate, formatShare, formatSize } from '../model/quantity.ts';
import type { Unit } from '../model/sample.ts';
import { formatTime } from '../model/time.ts';
import { explainNotes } from './explain-notes.ts';
import { lineWidth, type Screen } from './output.ts';
import { formatPeriod, named } from './reading.ts';
import { ScreenText } from './screen.ts';
import { visible, visibleName } from './text/sanitize.ts';
import { sparkline } from './text/sparkline.ts';
import { alignPrefixes, type Column } from './text/table.ts';
import { truncateMiddle, wrap } from './text/width.ts';

/** Bars of the sparkline: it is there to show a shape, not to be read off. */
const BARS = 16;
/** Columns of the labels of facts. */
const LABEL = 11;
/** Types can be records in records; the tree has all of it. */
const LONGEST_FACT = 400;

export function explainScreen(result: ExplainResult, screen: Screen): string {
  const text = new ScreenText(screen);
  text.line(visibleName(result.variable), text.paint.title);
  const width = lineWidth(screen);
  for (const [label, value] of facts(result)) {
    const lines = wrap(truncateMiddle(value, LONGEST_FACT), width === null ? null : width - LABEL);
    for (const [i, line] of lines.entries()) text.line(`${(i === 0 ? label : '').padEnd(LABEL)}${line}`);
  }
  typeSection(text, result);
  const dropped = [
    ...bytesSection(text, result),
    ...table(text, 'On every node, in its last complete run', nodeColumns(result.nodes), result.nodes),
    ...historySection(text, result, screen.width !== null),
  ];
  const notes = explainNotes(result);
  if (dropped.length > 0) notes.push(`Not shown for lack of width: ${[...new Set(dropped)].join(', ')}.`);
  text.notes(notes);
  return text.toString();
}

function* facts(result: ExplainResult): Iterable<readonly [label: string, value: string]> {
  const { attribution, declarations, assignments } = result;
  const { kind, version, script, line, expiry } = attribution;
  const origin = { package: version ?? 'version not known', zeek: 'part of Zeek', local: 'a script of the site' };
  const name = visibleName(attribution.package);
  yield ['package', kind === 'unknown' ? 'not known' : `${name} (${visible(origin[kind])})`];
  yield ['module', visibleName(result.moduleName)];
  yield ['script', script === null ? 'not known' : `${visibleName(script)}${line === null ? '' : `:${line}`}`];
  yield ['type', result.type === null ? 'not known' : visible(result.type)];
  yield ['expiry', expiry === null ? noExpiry(result) : visible(expiry)];
  for (const { keyword, script, line, attributes } of declarations) {
    const more = attributes.filter((text) => !expiry?.includes(text));
    const place = script === attribution.script && line === attribution.line ? '' : `${visibleName(script)}:${line}`;
    const text = [place, visible(more.join(' '))].filter((part) => part !== '').join('  ');
    if (keyword === 'redef') yield ['redefined', text];
    else if (text !== '') yield [place === '' ? 'attributes' : 'declared', text];
  }
  for (const { script, line, text } of assignments)
    yield ['replaced', `${visibleName(script)}:${line}  ${visible(text)}`];
}

/** Where the script was at hand, nothing declared is nothing; else it may only not be known. */
function noExpiry({ attribution }: ExplainResult): string {
  return attribution.line === null ? 'none that the logs tell' : 'none declared';
}

function typeSection(text: ScreenText, { typeTree }: ExplainResult): void {
  // A type without parts has been told already.
  if (typeTree.length < 2) return;
  text.line('');
  text.line('Type', text.paint.title);
  const labels = typeTree.map(({ depth, label }) => `${'  '.repeat(depth)}${label === null ? '' : visibleName(label)}`);
  const column = (heading: string): Column => ({ heading, align: 'left', shrinks: true, rank: 0 });
  text.table(
    [column('part'), column('type')],
    typeTree.map(({ type, optional }, i) => ({
      cells: [labels[i] === '' ? 'whole' : labels[i]!, `${visible(type)}${optional ? ' &optional' : ''}`],
    })),
  );
}

function bytesSection(text: ScreenText, { bytes }: ExplainResult): readonly string[] {
  if (bytes === null || bytes.steps.length === 0) return [];
  const isEstimate = bytes.total !== null && !isExact(bytes.total);
  const rows = bytes.steps.map(({ what, bytes: range }) => bytesRow(visible(what), range));
  if (bytes.total !== null && rows.length > 1) rows.push(bytesRow('total', bytes.total));
  const columns: BytesColumn[] = [
    { heading: 'what', align: 'left', shrinks: true, rank: 0, cell: (row) => row.what },
    number('bytes', 0, (row) => row.likely),
    ...(isEstimate
      ? [number<BytesRow>('low', 1, (row) => row.low), number<BytesRow>('high', 1, (row) => row.high)]
      : []),
  ];
  return table(text, `Bytes on ${named(bytes.node)}${isEstimate ? ' (≈ is estimated)' : ''}`, columns, rows);
}

interface BytesRow {
  readonly what: string;
  readonly likely: string;
  readonly low: string;
  readonly high: string;
}

type BytesColumn = DataColumn<BytesRow>;

function bytesRow(what: string, range: ByteRange): BytesRow {
  return {
    what,
    likely: formatEstimate(range.likely, 'bytes', range),
    low: formatSize(range.low, 'bytes'),
    high: formatSize(range.high, 'bytes'),
  };
}

interface DataColumn<Row> extends Column {
  readonly cell: (row: Row) => string;
}

function number<Row>(heading: string, rank: number, cell: (row: Row) => string): DataColumn<Row> {
  return { heading, align: 'right', shrinks: false, rank, cell };
}

function name<Row>(heading: string, rank: number, cell: (row: Row) => string): DataColumn<Row> {
  return { heading, align: 'left', shrinks: true, rank, cell };
}

function nodeColumns(nodes: readonly ExplainedNode[]): readonly DataColumn<ExplainedNode>[] {
  const unit = commonUnit(nodes);
  return [
    name('node', 0, ({ node }) => visibleName(node)),
    number('bytes', 0, ({ bytes }) => (bytes === null ? '-' : formatEstimate(bytes.likely, 'bytes', bytes))),
    number('low', 4, ({ bytes }) => (bytes === null || isExact(bytes) ? '-' : formatSize(bytes.low, 'bytes'))),
    number('high', 4, ({ bytes }) => (bytes === null || isExact(bytes) ? '-' : formatSize(bytes.high, 'bytes'))),
    number('of the process', 2, ({ bytes, residentMemory }) => {
      return bytes === null || residentMemory === null ? '-' : formatShare(bytes.likely / residentMemory);
    }),
    // Bytes that Zeek reported have been told.
    ...(unit === 'bytes' ? [] : [sized<ExplainedNode>('size', unit, 1, ({ size }) => size)]),
    number('entries', 3, ({ entries }) => (entries === null ? '-' : formatCount(entries))),
    number('run', 6, ({ run }) => String(run)),
    number('at', 5, ({ ts }) => formatTime(ts)),
  ];
}

/** The unit of all rows; null where they differ. */
function commonUnit(rows: readonly { readonly unit: Unit }[]): Unit | null {
  const first = rows[0]?.unit ?? null;
  return rows.every(({ unit }) => unit === first) ? first : null;
}

/** A size: in rows of one unit that is told by the heading of a column, or of the table; in others by each. */
function sized<Row extends { readonly unit: Unit }>(
  heading: string,
  unit: Unit | null,
  rank: number,
  value: (row: Row) => number | null,
): DataColumn<Row> {
  return number(heading === 'size' && unit !== null ? named(unit) : heading, rank, (row) => {
    const size = value(row);
    if (size === null) return '-';
    return unit === null && row.unit !== 'bytes'
      ? `${formatCount(size)} ${named(row.unit)}`
      : formatSize(size, row.unit);
  });
}

function historySection(text: ScreenText, { history }: ExplainResult, withShape: boolean): readonly string[] {
  const unit = commonUnit(history);
  const columns: DataColumn<ExplainedHistory>[] = [
    name('node', 0, ({ node }) => visibleName(node)),
    number('from', 3, ({ from }) => formatTime(from)),
    number('runs', 5, ({ runs }) => formatCount(runs)),
    sized('first', unit, 0, ({ first }) => first),
    sized('last', unit, 0, ({ last }) => last),
    sized('max', unit, 1, ({ max }) => max),
    number('most entries', 4, ({ mostEntries }) => (mostEntries === null ? '-' : formatCount(mostEntries))),
    ...(withShape ? [shape()] : []),
  ];
  const from = Math.min(...history.map((row) => row.from));
  const to = Math.max(...history.map((row) => row.to));
  const title = `${unitTitle(unit)} by node and boot, ${formatPeriod(from, to)}`;
  const dropped = table(text, title, columns, history);
  if (history.some(({ condensed }) => condensed))
    text.line('Sizes are those of every few runs: a short peak between them does not show.', text.paint.faint);
  return dropped;
}

function shape(): DataColumn<ExplainedHistory> {
  const cell = ({ points }: ExplainedHistory) => sparkline(points, BARS);
  return { heading: 'from 0 to max', align: 'left', shrinks: false, rank: 2, cell };
}

function unitTitle(unit: Unit | null): string {
  if (unit === null) return 'Sizes';
  if (unit === 'unknown') return 'Sizes in an unknown unit';
  const text = named(unit);
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Columns that say nothing are left out. @returns headings of those there was no room for */
function table<Row>(
  text: ScreenText,
  title: string,
  columns: readonly DataColumn<Row>[],
  rows: readonly Row[],
): readonly string[] {
  if (rows.length === 0) return [];
  text.line('');
  text.line(title, text.paint.title);
  const used = columns.filter(({ rank, cell }) => rank === 0 || rows.some((row) => cell(row) !== '-'));
  const cells = used.map((column) => {
    const column_ = rows.map(column.cell);
    return column.align === 'right' ? alignPrefixes(column_) : column_;
  });
  return text.table(
    used.map((column, i) => (i === 0 ? { ...column, paint: text.paint.name } : column)),
    rows.map((_, row) => ({ cells: cells.map((column) => column[row]!) })),
  );
}
