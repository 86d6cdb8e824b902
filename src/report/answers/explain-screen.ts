/** `explain` on a terminal: what it is, its type, its bytes, its size on every node, its history. */

import type { ExplainedHistory, ExplainedNode, ExplainResult } from '../../model/answers/explain.ts';
import { type ByteRange, isExact } from '../../model/bytes.ts';
import type { Unit } from '../../model/logged/sample.ts';
import { formatCount, formatEstimate, formatSize } from '../../model/quantity.ts';
import type { Column } from '../tables/column.ts';
import type { ScreenText } from '../tables/screen.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { sparkline } from '../text/sparkline.ts';
import { truncateMiddle, wrap } from '../text/width.ts';
import { formatPeriod, nameInSentence } from '../words.ts';

/** Bars of the sparkline: it is there to show a shape, not to be read off. */
const BARS = 16;
/** Columns of the labels of facts. */
const LABEL = 11;
/** Types can be records in records; the tree has all of it. */
const LONGEST_FACT = 400;

export function explainScreen(text: ScreenText, result: ExplainResult): void {
  text.title(visibleName(result.variable));
  for (const [label, value] of listFacts(result)) {
    const lines = wrap(truncateMiddle(value, LONGEST_FACT), text.width === null ? null : text.width - LABEL);
    for (const [i, line] of lines.entries()) text.line(`${(i === 0 ? label : '').padEnd(LABEL)}${line}`);
  }
  writeType(text, result);
  writeBytes(text, result);
  table(text, 'On every node, in its last complete run', listNodeColumns(result.nodes), result.nodes);
  writeHistory(text, result);
}

function* listFacts(result: ExplainResult): Iterable<readonly [label: string, value: string]> {
  const { attribution, declarations, assignments, statements } = result;
  const { kind, version, script, line, expiry } = attribution;
  const origin = { package: version ?? 'version not known', zeek: 'part of Zeek', local: 'a script of the site' };
  const name = visibleName(attribution.package);
  yield ['package', kind === 'unknown' ? 'not known' : `${name} (${visible(origin[kind])})`];
  yield ['module', visibleName(result.moduleName)];
  yield ['script', script === null ? 'not known' : `${visibleName(script)}${line === null ? '' : `:${line}`}`];
  yield ['type', result.type === null ? 'not known' : visible(result.type)];
  yield ['expiry', expiry === null ? describeNoExpiry(result) : visible(expiry)];
  for (const { keyword, script, line, attributes } of declarations) {
    const more = attributes.filter((text) => !expiry?.includes(text));
    const place = script === attribution.script && line === attribution.line ? '' : `${visibleName(script)}:${line}`;
    const text = [place, visible(more.join(' '))].filter((part) => part !== '').join('  ');
    if (keyword === 'redef') yield ['redefined', text];
    else if (text !== '') yield [place === '' ? 'attributes' : 'declared', text];
  }
  for (const { script, line, text } of assignments)
    yield ['replaced', `${visibleName(script)}:${line}  ${visible(text)}`];
  for (const { does, script, line, text } of statements)
    yield [VERBS[does], `${visibleName(script)}:${line}  ${visible(text)}`];
}

const VERBS = { adds: 'added to', deletes: 'deleted', clears: 'cleared' } as const;

/** Where the script was at hand, nothing declared is nothing; else it may only not be known. */
function describeNoExpiry({ attribution }: ExplainResult): string {
  return attribution.line === null ? 'none that the logs tell' : 'none declared';
}

function writeType(text: ScreenText, { typeTree }: ExplainResult): void {
  // A type without parts has been told already.
  if (typeTree.length < 2) return;
  const label = ({ depth, label }: TypePart) => `${'  '.repeat(depth)}${label === null ? '' : visibleName(label)}`;
  const columns: Column<TypePart>[] = [
    { heading: 'part', text: (part) => label(part) || 'whole' },
    { heading: 'type', text: ({ type, optional }) => `${visible(type)}${optional ? ' &optional' : ''}` },
  ];
  table(text, 'Type', columns, typeTree);
}

type TypePart = ExplainResult['typeTree'][number];
type Step = NonNullable<ExplainResult['bytes']>['steps'][number];

function writeBytes(text: ScreenText, { bytes }: ExplainResult): void {
  if (bytes === null) return;
  const { total, steps, node } = bytes;
  const isEstimate = total !== null && !isExact(total);
  const size = (value: number | undefined) => (value === undefined ? '' : formatSize(value, 'bytes'));
  const bound = (name: 'low' | 'high'): Column<Step> => {
    return { heading: name, kind: 'bytes', value: (step) => step.bytes[name], total: size(total?.[name]), rank: 1 };
  };
  const columns: Column<Step>[] = [
    { heading: 'what', kind: 'name', value: ({ what }) => what, total: 'total' },
    { heading: 'bytes', kind: 'bytes', text: (step) => formatBytes(step.bytes), total: formatBytes(total) },
    ...(isEstimate ? [bound('low'), bound('high')] : []),
  ];
  const title = `Bytes on ${nameInSentence(node)}${isEstimate ? ' (≈ is estimated)' : ''}`;
  table(text, title, columns, steps, total !== null && steps.length > 1);
}

function formatBytes(bytes: ByteRange | null): string {
  return bytes === null ? '-' : formatEstimate(bytes.likely, 'bytes', bytes);
}

function listNodeColumns(nodes: readonly ExplainedNode[]): readonly Column<ExplainedNode>[] {
  const unit = findCommonUnit(nodes);
  const bound = (name: 'low' | 'high'): Column<ExplainedNode> => {
    return {
      heading: name,
      kind: 'bytes',
      value: ({ bytes }) => (bytes && !isExact(bytes) ? bytes[name] : null),
      rank: 4,
    };
  };
  return [
    { heading: 'node', kind: 'name', value: ({ node }) => node },
    { heading: 'bytes', kind: 'bytes', text: ({ bytes }) => formatBytes(bytes) },
    bound('low'),
    bound('high'),
    {
      heading: 'of the process',
      kind: 'share',
      value: ({ bytes, residentMemory }) =>
        bytes === null || residentMemory === null ? null : bytes.likely / residentMemory,
      rank: 2,
    },
    // Bytes that Zeek reported have been told.
    ...(unit === 'bytes' ? [] : [sized<ExplainedNode>('size', unit, 1, ({ size }) => size)]),
    { heading: 'entries', kind: 'count', value: ({ entries }) => entries, rank: 3 },
    { heading: 'run', kind: 'number', value: ({ run }) => run, rank: 6 },
    { heading: 'at', kind: 'time', value: ({ ts }) => ts, rank: 5 },
  ];
}

/** The unit of all rows; null where they differ. */
function findCommonUnit(rows: readonly { readonly unit: Unit }[]): Unit | null {
  const first = rows[0]?.unit ?? null;
  return rows.every(({ unit }) => unit === first) ? first : null;
}

/** A size: in rows of one unit that is told by the heading of a column, or of the table; in others by each. */
function sized<Row extends { readonly unit: Unit }>(
  heading: string,
  unit: Unit | null,
  rank: number,
  value: (row: Row) => number | null,
): Column<Row> {
  const text = (row: Row) => {
    const size = value(row);
    if (size === null) return '-';
    return unit === null && row.unit !== 'bytes'
      ? `${formatCount(size)} ${nameInSentence(row.unit)}`
      : formatSize(size, row.unit);
  };
  return { heading: heading === 'size' && unit !== null ? nameInSentence(unit) : heading, kind: 'bytes', rank, text };
}

function writeHistory(text: ScreenText, { history }: ExplainResult): void {
  const unit = findCommonUnit(history);
  const columns: Column<ExplainedHistory>[] = [
    { heading: 'node', kind: 'name', value: ({ node }) => node },
    { heading: 'from', kind: 'time', value: ({ from }) => from, rank: 3 },
    { heading: 'runs', kind: 'count', value: ({ runs }) => runs, rank: 5 },
    sized('first', unit, 0, ({ first }) => first),
    sized('last', unit, 0, ({ last }) => last),
    sized('max', unit, 1, ({ max }) => max),
    { heading: 'most entries', kind: 'count', value: ({ mostEntries }) => mostEntries, rank: 4 },
    ...(text.width === null
      ? []
      : [
          {
            heading: 'from 0 to max',
            kind: 'word',
            text: ({ points }: ExplainedHistory) => sparkline(points, BARS),
            rank: 2,
          } as const,
        ]),
  ];
  const from = Math.min(...history.map((row) => row.from));
  const to = Math.max(...history.map((row) => row.to));
  table(text, `${titleSizes(unit)} by node and boot, ${formatPeriod(from, to)}`, columns, history);
  if (history.some(({ condensed }) => condensed))
    text.line('Sizes are those of every few runs: a short peak between them does not show.', text.paint.faint);
}

function titleSizes(unit: Unit | null): string {
  if (unit === null) return 'Sizes';
  if (unit === 'unknown') return 'Sizes in an unknown unit';
  const text = nameInSentence(unit);
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function table<Row>(
  text: ScreenText,
  title: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  total = false,
): void {
  if (rows.length === 0) return;
  text.line('');
  text.title(title);
  text.table(columns, rows, { total });
}
