/** Tables that can be read without the program in the page, and sorted and filtered with it. */

import { html, type Markup } from './markup.ts';

export interface HtmlColumn<Row> {
  readonly heading: string;
  /** Numbers stand right, and are sorted with the largest first. */
  readonly numeric: boolean;
  readonly cell: (row: Row) => string;
  /** What a number is sorted by; null is sorted as the least. */
  readonly value?: (row: Row) => number | null;
  /** True for the column that names the row. */
  readonly names?: boolean;
  /** True for sentences, which may take several lines. */
  readonly wraps?: boolean;
}

export interface HtmlTable<Row> {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly HtmlColumn<Row>[];
  readonly rows: readonly Row[];
  /** Index of the column the rows are sorted by already, largest first; null for none. */
  readonly sorted: number | null;
  /** Shows a field to filter by; what it searches, as its label says it. */
  readonly filter: string | null;
}

export function htmlTable<Row>({ id, caption, columns, rows, sorted, filter }: HtmlTable<Row>): Markup {
  const headings = columns.map(({ heading, numeric }, i) => {
    const sort = i === sorted ? html` aria-sort="descending"` : null;
    return html`<th scope="col"${numeric ? html` class="number"` : null}${sort}>${heading}</th>`;
  });
  const body = rows.map((row) => html`<tr>${columns.map((column) => cellOf(column, row))}</tr>\n`);
  return html`<div class="table" id="${id}" data-sortable${filter === null ? null : html` data-filter="${filter}"`}>
<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption>${caption}</caption>
<thead><tr>${headings}</tr></thead>
<tbody>
${body}</tbody>
</table>
</div>
</div>
`;
}

function cellOf<Row>({ numeric, cell, value, names, wraps }: HtmlColumn<Row>, row: Row): Markup {
  if (names) return html`<th scope="row">${breakable(cell(row))}</th>`;
  if (!numeric) return html`<td${wraps ? html` class="wraps"` : null}>${cell(row)}</td>`;
  const sortedBy = value === undefined ? null : value(row);
  return html`<td class="number" data-value="${sortedBy ?? -1}">${cell(row)}</td>`;
}

/** A name that can be broken where a reader would: after `::` and `_`. */
export function breakable(name: string): Markup {
  return html`${name.split(/(?<=::|_)/).map((part, i) => (i === 0 ? html`${part}` : html`<wbr>${part}`))}`;
}
