/** Sorting by a column, and showing only the rows that have a text. */

import { element } from './elements.ts';

/** Rows shown before one asks for all: a page of thousands of rows is slow to scroll and to print. */
const SHOWN = 50;
/** The same on a phone, where a row takes more room. */
const SHOWN_NARROW = 6;
const NARROW = '(max-width: 600px)';

export function enhanceTables(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-sortable]')) enhance(place);
}

function enhance(place: HTMLElement): void {
  const body = place.querySelector('tbody')!;
  const headings = [...place.querySelectorAll<HTMLTableCellElement>('thead th')];
  const rows = [...body.rows];
  const texts = rows.map((row) => (row.textContent ?? '').toLowerCase());
  const textOf = new Map(rows.map((row, i) => [row, texts[i]!]));
  let order = rows;
  const most = matchMedia(NARROW).matches ? SHOWN_NARROW : SHOWN;
  let all = rows.length <= most * 1.2;
  let wanted = '';

  const status = element('p', { class: 'status', role: 'status' });
  const more = element('button', { type: 'button', class: 'more' });
  const show = () => {
    const matching = wanted === '' ? order : order.filter((row) => textOf.get(row)!.includes(wanted));
    const shown = all ? matching : matching.slice(0, most);
    body.replaceChildren(...shown);
    more.hidden = shown.length === matching.length;
    more.textContent = `Show all ${matching.length}`;
    if (wanted !== '' || shown.length < matching.length) {
      status.textContent = `${shown.length} of ${wanted === '' ? rows.length : `${matching.length} that match`} shown`;
    } else status.textContent = '';
  };

  headings.forEach((heading, column) => {
    const button = element('button', { type: 'button' }, heading.textContent ?? '');
    button.addEventListener('click', () => {
      const numeric = heading.classList.contains('number');
      const before = heading.getAttribute('aria-sort');
      const descending = before === null ? numeric : before !== 'descending';
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      order = sorted(order, column, numeric, descending);
      show();
    });
    heading.replaceChildren(button);
  });
  more.addEventListener('click', () => {
    all = true;
    show();
  });
  const { filter } = place.dataset;
  if (filter !== undefined) {
    const input = element('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
    input.addEventListener('input', () => {
      wanted = input.value.trim().toLowerCase();
      show();
    });
    place.prepend(element('label', { class: 'filter' }, `Filter by ${filter} `, input));
  }
  place.append(status, more);
  show();
  // What is printed is whole.
  addEventListener('beforeprint', () => {
    all = true;
    show();
  });
}

function sorted(rows: readonly HTMLTableRowElement[], column: number, numeric: boolean, descending: boolean) {
  const sign = descending ? -1 : 1;
  const number = (row: HTMLTableRowElement) => Number(row.cells[column]!.dataset.value ?? 0);
  const text = (row: HTMLTableRowElement) => row.cells[column]!.textContent ?? '';
  return numeric
    ? rows.toSorted((a, b) => sign * (number(a) - number(b)))
    : rows.toSorted((a, b) => sign * text(a).localeCompare(text(b), 'en', { numeric: true }));
}
