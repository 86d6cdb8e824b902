/** Tables that can be read without the program in the page, and sorted and filtered with it. */

import { type ByteRange, isExact } from '../../model/bytes.ts';
import { formatSize } from '../../model/quantity.ts';
import { type Column, KINDS, shownColumns, writeCell } from '../tables/column.ts';
import { html, type Markup } from './markup.ts';

const NOTHING = '–';

/** `≈ 12.3 MB`, `12.3 MB` where it is exact, `–` where it is not known. */
export function likelyBytes(bytes: ByteRange | null): string {
  if (bytes === null) return NOTHING;
  return `${isExact(bytes) ? '' : '≈ '}${formatSize(bytes.likely, 'bytes')}`;
}

/** `8.00 MB to 20.1 MB`, or `exact`. */
export function boundsOf(bytes: ByteRange | null): string {
  if (bytes === null) return NOTHING;
  return isExact(bytes) ? 'exact' : `${formatSize(bytes.low, 'bytes')} to ${formatSize(bytes.high, 'bytes')}`;
}

interface HtmlTable<Row> {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Heading of the column the rows are sorted by already, largest first; null for none. */
  readonly sorted: string | null;
  /** Shows a field to filter by; what it searches, as its label says it. */
  readonly filter: string | null;
}

/** Numbers stand right, and are sorted with the largest first; the first name is that of the row. */
export function htmlTable<Row>({ id, caption, columns, rows, sorted, filter }: HtmlTable<Row>): Markup {
  const shown = shownColumns(columns, rows);
  const names = shown.find(({ kind }) => kind === 'name');
  const headings = shown.map(({ heading, kind = 'text' }) => {
    const sort = heading === sorted ? html` aria-sort="descending"` : null;
    return html`<th scope="col"${isNumeric(kind) ? html` class="number"` : null}${sort}>${heading}</th>`;
  });
  const body = rows.map((row) => html`<tr>${shown.map((column) => cellOf(column, row, column === names))}</tr>\n`);
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

function isNumeric(kind: keyof typeof KINDS): boolean {
  return KINDS[kind].align === 'right';
}

function cellOf<Row>(column: Column<Row>, row: Row, names: boolean): Markup {
  const { kind = 'text', value } = column;
  const said = writeCell(column, row);
  const text = said === '-' ? NOTHING : said;
  if (names) return html`<th scope="row">${breakable(text)}</th>`;
  if (!isNumeric(kind)) return html`<td${kind === 'sentence' ? html` class="wraps"` : null}>${text}</td>`;
  // What is not known is sorted as the least.
  return html`<td class="number" data-value="${Number(value?.(row) ?? -1)}">${text}</td>`;
}

/** A name that can be broken where a reader would: after `::` and `_`. */
export function breakable(name: string): Markup {
  return html`${name.split(/(?<=::|_)/).map((part, i) => (i === 0 ? html`${part}` : html`<wbr>${part}`))}`;
}
