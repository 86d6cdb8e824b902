/** A column of an answer, declared once: what it holds, and how people read it. Every format is rendered from these. */

import type { ByteRange } from '../../model/bytes.ts';
import { formatCount, formatEstimate, formatShare, formatSize } from '../../model/quantity.ts';
import { formatDuration, formatTime } from '../../model/time.ts';
import { visible, visibleName } from '../text/sanitize.ts';

/** What JSON can hold; a `time` is seconds since the epoch. */
export type Value = string | number | boolean | null | undefined | object;

export interface KindOfColumn {
  readonly align: 'left' | 'right';
  /** True for names, which may be shortened; numbers never are. */
  readonly shrinks: boolean;
  /** True for sentences: what there is no room for goes on in a line below, instead of being left out. */
  readonly wraps?: boolean;
  /** Sanitized. */
  readonly write: (value: never) => string;
}

export const KINDS = {
  /** What a row is about, or a name in it. */
  name: { align: 'left', shrinks: true, write: visibleName },
  text: { align: 'left', shrinks: true, write: visible },
  /** Half of it would say nothing. */
  word: { align: 'left', shrinks: false, write: visible },
  sentence: { align: 'left', shrinks: true, wraps: true, write: visible },
  count: { align: 'right', shrinks: false, write: formatCount },
  number: { align: 'right', shrinks: false, write: String },
  bytes: { align: 'right', shrinks: false, write: (bytes: number) => formatSize(bytes, 'bytes') },
  duration: { align: 'right', shrinks: false, write: formatDuration },
  time: { align: 'right', shrinks: false, write: formatTime },
  share: { align: 'right', shrinks: false, write: formatShare },
} satisfies Record<string, KindOfColumn>;

export interface Column<Row> {
  /** Where the value is in a row of JSON, such as `largest.uid`; absent where it is not. */
  readonly key?: string;
  /** Its heading in CSV and TSV, if that is not the key with `_` for dots; null where it is not in them. */
  readonly csv?: string | null;
  /** Its heading for people; absent where it is for programs only. */
  readonly heading?: string;
  /** `text` if absent. */
  readonly kind?: keyof typeof KINDS;
  readonly value?: (row: Row) => Value;
  /** What people read, sanitized, where that is not the value as its kind is written; `-` for nothing. */
  readonly text?: (row: Row) => string;
  /** Columns with the highest number are dropped first where there is no room; 0, which is meant if absent, never. */
  readonly rank?: number;
  readonly paint?: (text: string) => string;
  /** In the lines that stand for what is not shown, and for all. */
  readonly hidden?: string;
  readonly total?: string;
}

/** A cell as people read it. */
export function writeCell<Row>({ kind = 'text', value, text }: Column<Row>, row: Row): string {
  if (text !== undefined) return text(row);
  const held = value?.(row) ?? null;
  return held === null ? '-' : KINDS[kind].write(held as never);
}

/** The columns that people see: what says nothing in any row is left out, the first excepted. */
export function shownColumns<C extends Column<Row>, Row>(columns: readonly C[], rows: readonly Row[]) {
  return columns
    .filter(hasHeading)
    .filter((column, i) => i === 0 || rows.some((row) => !['-', ''].includes(writeCell(column, row))));
}

/** True for what people may see. */
export function hasHeading<C extends { readonly heading?: string }>(
  column: C,
): column is C & { readonly heading: string } {
  return column.heading !== undefined;
}

/** Bytes whole in JSON, under the key if there is one; in CSV the likely value under a name, and its bounds. */
export function rangeColumns<Row>(
  key: string | null,
  csv: string,
  range: (row: Row) => ByteRange | null | undefined,
): Column<Row>[] {
  return [
    ...(key === null ? [] : [{ key, csv: null, value: range }]),
    { csv, value: (row) => range(row)?.likely },
    { csv: `${csv}_low`, value: (row) => range(row)?.low },
    { csv: `${csv}_high`, value: (row) => range(row)?.high },
  ];
}

/** `≈ 12.3 MB`, without the sign where it is exact. */
export function estimateText(range: ByteRange | null): string {
  return range === null ? '-' : formatEstimate(Math.round(range.likely), 'bytes', range);
}
