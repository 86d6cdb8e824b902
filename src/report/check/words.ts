/** What a check found, in words and as a table: for `check`, and for `profile --check`. */

import type { CheckResult, CheckRow } from '../../model/answers/budget.ts';
import type { ByteRange } from '../../model/bytes.ts';
import { formatCount, formatEstimate } from '../../model/quantity.ts';
import type { Column } from '../tables/column.ts';
import type { ScreenText } from '../tables/screen.ts';
import { visible, visibleName } from '../text/sanitize.ts';
import { nameInSentence } from '../words.ts';

/** A check without when, where and how its logs were read. */
export type CheckedLimits = Omit<CheckResult, 'from' | 'to' | 'nodes' | 'reading'>;

/** `2 of 12 limits failed, 1 is missing, 1 warns (my-stats.json).` */
export function checkSummary({ counts, rows, file, updated, baseline, newSizes }: CheckedLimits): string {
  const parts = [
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.missing > 0 ? [`${counts.missing} cannot be checked`] : []),
    ...(counts.warned > 0 ? [`${counts.warned} ${counts.warned === 1 ? 'warns' : 'warn'}`] : []),
  ];
  const limits = rows.length === 1 ? '1 limit' : `${rows.length} limits`;
  const what = parts.length === 0 ? `${limits} kept` : `Of ${limits} ${parts.join(', ')}`;
  const wrote = updated
    ? ` ${nameInSentence(baseline!)} has ${newSizes === 1 ? '1 size' : `${newSizes} sizes`} now.`
    : '';
  return `${what} (${nameInSentence(file)}).${wrote}`;
}

export function describeStale({ stale, baseline }: CheckedLimits): string[] {
  return stale.map((words) => {
    return `${nameInSentence(baseline!)} ${visible(words.length > 240 ? `${words.slice(0, 239)}…` : words)}: --update brings it up to date.`;
  });
}

export function checkAmount(row: CheckRow): string {
  return row.size === null ? '-' : formatAmount(row.size, row, row.bytes);
}

function formatAmount(value: number, { unit }: CheckRow, bytes: ByteRange | null = null): string {
  return unit === 'bytes' ? formatEstimate(value, 'bytes', bytes) : `${formatCount(value)} entries`;
}

/** `passes 10 MB by 7.6 MB: HostTracker::seen holds 16.5 MB`, as one sentence without its end. */
export function checkWords(row: CheckRow): string {
  const { state, size, allowedSize, allowed, limit, before, because, reason } = row;
  if (state === 'missing') return reason;
  const over = size! - allowedSize!;
  const isGrowth = limit === 'growth' || limit === 'warnGrowth';
  const from = isGrowth
    ? `grew from ${before === 0 ? 'nothing' : formatAmount(before!, row)}, allowed is ${visible(allowed)}, `
    : '';
  const by = over > 0 ? `${formatAmount(over, row)} too much` : `${formatAmount(-over, row)} left`;
  if (because === null || row.kind === 'variable') return `${from}${by}`;
  const most =
    because.change === null || !isGrowth
      ? `${nameInSentence(because.variable)} holds ${formatAmount(because.size, row)}`
      : `${nameInSentence(because.variable)} grew by ${formatAmount(because.change, row)}`;
  return `${from}${by}: ${most}`;
}

export function selectShown({ rows }: CheckedLimits, all: boolean): readonly CheckRow[] {
  return all ? rows : rows.filter(({ state }) => state !== 'kept');
}

export const CHECK_COLUMNS: readonly Column<CheckRow>[] = [
  { key: 'state', heading: 'state', kind: 'word', value: ({ state }) => state },
  { key: 'kind', heading: 'what', kind: 'word', value: ({ kind }) => kind, rank: 3 },
  { key: 'name', heading: 'name', kind: 'name', value: ({ name }) => name },
  { key: 'limit', value: ({ limit }) => limit },
  { key: 'allowed', value: ({ allowed }) => allowed },
  { key: 'allowed_size', value: ({ allowedSize }) => allowedSize },
  { key: 'unit', value: ({ unit }) => unit },
  { key: 'size', heading: 'size', kind: 'bytes', value: ({ size }) => size, text: checkAmount, rank: 1 },
  { key: 'bytes', csv: null, value: ({ bytes }) => bytes },
  { key: 'node', value: ({ node }) => node },
  { key: 'before', value: ({ before }) => before },
  { key: 'because', csv: null, value: ({ because }) => because },
  { csv: 'variable', value: ({ because }) => because?.variable },
  {
    heading: 'limit',
    kind: 'number',
    text: ({ limit, allowed }) => (limit === null ? '-' : `${limit} ${visible(allowed)}`),
    rank: 1,
  },
  { key: 'place', csv: null, value: ({ place }) => place },
  { csv: 'file', value: ({ place }) => place.file },
  { csv: 'line', value: ({ place }) => place.line },
  { heading: 'where', text: ({ place }) => `${visibleName(place.file)}:${place.line}`, rank: 2 },
  { key: 'reason', value: ({ reason }) => reason },
];

/** @param all also shows limits that are kept */
export function checkLines(text: ScreenText, result: CheckedLimits, all: boolean): void {
  const rows = selectShown(result, all);
  if (rows.length > 0) {
    text.table(CHECK_COLUMNS, rows);
    const told = rows.filter(({ state }) => state !== 'kept');
    if (told.length > 0) text.line('');
    for (const row of told) text.line(`${nameInSentence(row.name)}: ${checkWords(row)}.`);
    text.line('');
  }
  text.line(checkSummary(result), hasFailed(result) ? text.paint.warning : undefined);
}

export function hasFailed({ counts }: CheckedLimits): boolean {
  return counts.failed + counts.missing > 0;
}
