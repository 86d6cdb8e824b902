/** What a check found, in words and as a table: for `check`, and for `profile --check`. */

import type { CheckResult, CheckRow } from '../model/budget.ts';
import { formatCount, formatEstimate } from '../model/quantity.ts';
import { named } from './reading.ts';
import type { ScreenText } from './screen.ts';
import { visible, visibleName } from './text/sanitize.ts';
import { alignPrefixes, type Column } from './text/table.ts';

/** A check without when, where and how its logs were read. */
export type Judged = Omit<CheckResult, 'from' | 'to' | 'nodes' | 'reading'>;

/** `2 of 12 limits failed, 1 is missing, 1 warns (my-stats.json).` */
export function checkSummary({ counts, rows, file, updated, baseline, newSizes }: Judged): string {
  const parts = [
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.missing > 0 ? [`${counts.missing} cannot be checked`] : []),
    ...(counts.warned > 0 ? [`${counts.warned} ${counts.warned === 1 ? 'warns' : 'warn'}`] : []),
  ];
  const limits = rows.length === 1 ? '1 limit' : `${rows.length} limits`;
  const what = parts.length === 0 ? `${limits} kept` : `Of ${limits} ${parts.join(', ')}`;
  const wrote = updated ? ` ${named(baseline!)} has ${newSizes === 1 ? '1 size' : `${newSizes} sizes`} now.` : '';
  return `${what} (${named(file)}).${wrote}`;
}

export function staleNotes({ stale, baseline }: Judged): string[] {
  return stale.map((words) => {
    return `${named(baseline!)} ${visible(words.length > 240 ? `${words.slice(0, 239)}…` : words)}: --update brings it up to date.`;
  });
}

export function checkAmount(value: number | null, { unit, bytes }: CheckRow): string {
  if (value === null) return '-';
  return unit === 'bytes' ? formatEstimate(value, 'bytes', bytes) : `${formatCount(value)} entries`;
}

function plain(value: number, { unit }: CheckRow): string {
  return unit === 'bytes' ? formatEstimate(value, 'bytes', null) : `${formatCount(value)} entries`;
}

/** `passes 10 MB by 7.6 MB: HostTracker::seen holds 16.5 MB`, as one sentence without its end. */
export function checkWords(row: CheckRow): string {
  const { state, size, allowedSize, allowed, limit, before, because, reason } = row;
  if (state === 'missing') return reason;
  const over = size! - allowedSize!;
  const isGrowth = limit === 'growth' || limit === 'warnGrowth';
  const from = isGrowth
    ? `grew from ${before === 0 ? 'nothing' : plain(before!, row)}, allowed is ${visible(allowed)}, `
    : '';
  const by = over > 0 ? `${plain(over, row)} too much` : `${plain(-over, row)} left`;
  if (because === null || row.kind === 'variable') return `${from}${by}`;
  const most =
    because.change === null || !isGrowth
      ? `${named(because.variable)} holds ${plain(because.size, row)}`
      : `${named(because.variable)} grew by ${plain(because.change, row)}`;
  return `${from}${by}: ${most}`;
}

export function shownRows({ rows }: Judged, all: boolean): readonly CheckRow[] {
  return all ? rows : rows.filter(({ state }) => state !== 'kept');
}

interface CheckColumn extends Column {
  readonly cell: (row: CheckRow) => string;
}

const COLUMNS: readonly CheckColumn[] = [
  { heading: 'state', align: 'left', shrinks: false, rank: 0, cell: ({ state }) => state },
  { heading: 'what', align: 'left', shrinks: false, rank: 3, cell: ({ kind }) => kind },
  { heading: 'name', align: 'left', shrinks: true, rank: 0, cell: ({ name }) => visibleName(name) },
  { heading: 'size', align: 'right', shrinks: false, rank: 1, cell: (row) => checkAmount(row.size, row) },
  {
    heading: 'limit',
    align: 'right',
    shrinks: false,
    rank: 1,
    cell: ({ limit, allowed }) => (limit === null ? '-' : `${limit} ${visible(allowed)}`),
  },
  {
    heading: 'where',
    align: 'left',
    shrinks: true,
    rank: 2,
    cell: ({ place }) => `${visibleName(place.file)}:${place.line}`,
  },
];

/** @param all also shows limits that are kept */
export function checkLines(text: ScreenText, result: Judged, all: boolean): void {
  const rows = shownRows(result, all);
  if (rows.length > 0) {
    const cells = rows.map((row) => ({ cells: COLUMNS.map(({ cell }) => cell(row)) }));
    COLUMNS.forEach((column, i) => {
      if (column.heading !== 'size') return;
      const aligned = alignPrefixes(cells.map((row) => row.cells[i]!));
      cells.forEach((row, r) => {
        row.cells[i] = aligned[r]!;
      });
    });
    text.table(
      COLUMNS.map((column) => (column.heading === 'name' ? { ...column, paint: text.paint.name } : column)),
      cells,
    );
    const told = rows.filter(({ state }) => state !== 'kept');
    if (told.length > 0) text.line('');
    for (const row of told) text.line(`${named(row.name)}: ${checkWords(row)}.`);
    text.line('');
  }
  text.line(checkSummary(result), hasFailed(result) ? text.paint.warning : undefined);
}

export function hasFailed({ counts }: Judged): boolean {
  return counts.failed + counts.missing > 0;
}
