/** A table that fits a width: it drops the least important columns first, then shortens names in their middle. */

import type { Paint } from '../text/paint.ts';
import { measureWidth, padEnd, padStart, truncateMiddle, wrap } from '../text/width.ts';
import { type Column, KINDS, type KindOfColumn } from './column.ts';

const GAP = '  ';
/**
 * What a row is about is not shortened below this while there is another column to drop: most variables' names are not
 * as long, but of a narrow terminal a half is for what is said of them. What else is never dropped, and sentences, may be
 * shorter, and names that may be dropped even more.
 */
const SHORTEST_KEY = 40;
const SHORTEST_TEXT = 24;
const SHORTEST_NAME = 12;
/** Without a width to fit, one absurd name must not push all numbers out of sight. */
const LONGEST_NAME = 200;

/** Of a column, what its place on a screen depends on. */
export type ShownColumn = Pick<Column<never>, 'kind' | 'rank' | 'paint'> & { readonly heading: string };

interface LaidOutColumn extends KindOfColumn {
  readonly rank: number;
}

/** Cells are sanitized text, one per column. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly paint?: (text: string) => string;
}

export interface Table {
  readonly lines: readonly string[];
  /** Headings of columns there was no room for. */
  readonly dropped: readonly string[];
}

/** @param width columns of the terminal; null for as wide as need be */
export function layOut(
  shown: readonly ShownColumn[],
  unaligned: readonly TableRow[],
  width: number | null,
  paint: Paint,
): Table {
  const columns = shown.map(({ kind = 'text', rank = 0, ...column }) => ({
    ...column,
    rank,
    wraps: false,
    ...KINDS[kind],
  }));
  const rows = alignNumbers(columns, unaligned);
  const natural = columns.map((column, i) => {
    const widest = rows.reduce(
      (most, { cells }) => Math.max(most, measureWidth(cells[i]!)),
      measureWidth(column.heading),
    );
    return column.shrinks ? Math.min(widest, LONGEST_NAME) : widest;
  });
  const kept = chooseColumns(columns, natural, width);
  const widths = shrink(columns, natural, kept, width);
  const line = (cells: readonly string[], painted: (i: number) => ((text: string) => string) | undefined) => {
    // Nothing after the last cell that says something: no padding, and no colour on it.
    const used = kept.slice(0, kept.findLastIndex((i) => cells[i] !== '') + 1);
    const parts = used.map((i, position) => {
      const text = truncateMiddle(cells[i]!, widths.get(i)!);
      const padded = columns[i]!.align === 'right' ? padStart(text, widths.get(i)!) : padEnd(text, widths.get(i)!);
      const shown = position === used.length - 1 ? padded.trimEnd() : padded;
      return painted(i)?.(shown) ?? shown;
    });
    return parts.join(GAP);
  };
  const linesOf = (row: TableRow) => {
    const wrapped = columns.map(({ wraps }, i) =>
      wraps && widths.has(i) ? wrap(row.cells[i]!, widths.get(i)!) : [row.cells[i]!],
    );
    const height = Math.max(...wrapped.map((parts) => parts.length));
    return Array.from({ length: height }, (_, k) =>
      line(
        wrapped.map((parts) => parts[k] ?? ''),
        (i) => row.paint ?? columns[i]!.paint,
      ),
    );
  };
  const headings = columns.map((column) => column.heading);
  return {
    lines: [line(headings, () => paint.heading), ...rows.flatMap(linesOf)],
    dropped: columns.filter((_, i) => !kept.includes(i)).map((column) => column.heading),
  };
}

function chooseColumns(columns: readonly LaidOutColumn[], natural: readonly number[], width: number | null): number[] {
  const kept = columns.map((_, i) => i);
  if (width === null) return kept;
  const least = (i: number) => {
    const { shrinks, wraps, rank } = columns[i]!;
    if (!shrinks) return natural[i]!;
    // A sentence in a narrow column is a column of words.
    const key = Math.max(SHORTEST_TEXT, Math.min(SHORTEST_KEY, width / 2));
    return Math.min(natural[i]!, i === 0 ? key : rank === 0 || wraps ? SHORTEST_TEXT : SHORTEST_NAME);
  };
  for (;;) {
    const needed = kept.reduce((sum, i) => sum + least(i) + GAP.length, -GAP.length);
    if (needed <= width) return kept;
    const droppable = kept.filter((i) => columns[i]!.rank > 0);
    if (droppable.length === 0) return kept;
    const rank = Math.max(...droppable.map((i) => columns[i]!.rank));
    // Of equal rank the rightmost goes first, so that a wide query result loses its end, not its middle.
    kept.splice(kept.indexOf(droppable.filter((i) => columns[i]!.rank === rank).at(-1)!), 1);
  }
}

function shrink(
  columns: readonly LaidOutColumn[],
  natural: readonly number[],
  kept: readonly number[],
  width: number | null,
): Map<number, number> {
  const widths = new Map(kept.map((i) => [i, natural[i]!]));
  if (width === null) return widths;
  const total = () => kept.reduce((sum, i) => sum + widths.get(i)! + GAP.length, -GAP.length);
  let excess = total() - width;
  // Names give way first; where even they cannot, everything does, since a line that wraps is worse.
  for (const candidates of [kept.filter((i) => columns[i]!.shrinks), kept]) {
    while (excess > 0) {
      const widest = candidates.reduce<number | null>(
        (best, i) => (best === null || widths.get(i)! > widths.get(best)! ? i : best),
        null,
      );
      if (widest === null || widths.get(widest)! <= 1) break;
      widths.set(widest, widths.get(widest)! - 1);
      excess--;
    }
  }
  return widths;
}

/** Gives counts without a prefix room for one where others have it, so that digits stand under digits. */
function alignNumbers(columns: readonly LaidOutColumn[], rows: readonly TableRow[]): TableRow[] {
  const prefixed = columns.map(({ align }, i) => {
    return align === 'right' && rows.some(({ cells }) => / [kMGTP]$/.test(cells[i]!));
  });
  return rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, i) => (prefixed[i] && /\d$/.test(cell) ? `${cell}  ` : cell)),
  }));
}
