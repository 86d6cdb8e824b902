/** Tables as text: CSV and TSV, of which no cell holds a line break, a control character or a formula; Markdown. */

import { stringify } from 'csv-stringify/sync';
import { formatTime } from '../../model/time.ts';
import { visible } from '../text/sanitize.ts';
import { type Column, KINDS, type Value } from './column.ts';
import type { ShownColumn } from './layout.ts';

type Cell = string | number | boolean | null;

/** Rows that have the same columns; what their columns hold may depend on what they are part of. */
export interface DataTable<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

/** Tables with the same headings as one. */
export function delimitedTables<Row>(format: 'csv' | 'tsv', tables: readonly DataTable<Row>[]): string {
  const parts = tables.map(listCells);
  return delimited(
    format,
    parts[0]?.headings ?? [],
    parts.flatMap(({ cells }) => cells),
  );
}

/** What programs are told of a table: a column without a heading for them, or without a value, is for people only. */
function listCells<Row>({ columns, rows }: DataTable<Row>) {
  const told = columns.flatMap((column) => {
    const { key, csv = key?.replaceAll('.', '_'), kind, value } = column;
    return csv == null || value === undefined ? [] : [{ csv, kind, value }];
  });
  const headings = told.map(({ csv }) => csv);
  return { headings, cells: rows.map((row) => told.map(({ kind, value }) => makeCell(kind, value(row)))) };
}

function makeCell(kind: Column<never>['kind'], value: Value): Cell {
  if (value === null || value === undefined) return null;
  if (kind === 'time') return formatTime(value as number);
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

/**
 * RFC 4180 with `\n` line ends for CSV. TSV has no quoting that all readers agree on, and needs none: tabs and line
 * breaks are escapes by then, so its cells are bare.
 *
 * A null is an empty cell; in CSV an empty text is `""`. A text that a spreadsheet would run as a formula gets a `'`
 * before it; numbers do not.
 */
export function delimited(format: 'csv' | 'tsv', columns: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const records: Cell[][] = [columns.map((column) => visible(column))];
  for (const row of rows) records.push(row.map((cell) => (typeof cell === 'string' ? visible(cell) : cell)));
  return stringify(records, {
    cast: { boolean: (value) => String(value), number: (value) => String(value) },
    delimiter: format === 'csv' ? ',' : '\t',
    escape_formulas: true,
    quote: format === 'csv' ? '"' : '',
    quoted_match: format === 'csv' ? [/^$/] : [],
    record_delimiter: '\n',
  });
}

/** A text as a cell of CSV that is yet to be quoted: on one line, and no formula. */
export function csvText(text: string): string {
  const shown = visible(text);
  return /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(shown) ? `'${shown}` : shown;
}

/** @param rows cells that Markdown takes as they are */
export function markdownTable(
  columns: readonly Pick<ShownColumn, 'heading' | 'kind'>[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ heading }) => heading)),
    line(columns.map(({ kind = 'text' }) => (KINDS[kind].align === 'left' ? '---' : '--:'))),
    ...rows.map(line),
  ].join('\n');
}
