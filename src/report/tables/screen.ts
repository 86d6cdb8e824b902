/** Puts the parts of a terminal answer together: header lines, tables, notes. */

import { chooseLineWidth, type Screen } from '../output.ts';
import { createPaint, type Paint } from '../text/paint.ts';
import { wrap } from '../text/width.ts';
import { type Column, hasHeading, shownColumns, writeCell } from './column.ts';
import { layOut, type TableRow } from './layout.ts';

export class ScreenText {
  readonly paint: Paint;
  /** Columns a line may take; null for as many as need be. */
  readonly width: number | null;
  readonly #lines: string[] = [];
  readonly #dropped = new Set<string>();
  readonly #shown = new Set<string>();

  constructor(screen: Screen) {
    this.paint = createPaint(screen.color);
    this.width = chooseLineWidth(screen);
  }

  /** A line of sanitized text, wrapped; an empty one separates blocks. */
  line(text: string, paint: (text: string) => string = (plain) => plain, indent = '  '): void {
    for (const line of wrap(text, this.width, indent)) this.#lines.push(line === '' ? '' : paint(line));
  }

  /** A heading over what follows, and what belongs under it. */
  title(text: string, ...lines: readonly string[]): void {
    this.line(text, this.paint.title);
    for (const line of lines) this.line(line);
  }

  /**
   * Columns that say nothing in any row are left out, and the first that names something is painted so.
   *
   * @param lines `hidden`: rows not shown are told in a line of their own; `total`: so are all together; `sparse`:
   *   columns that say nothing are shown, too; `paint`: how a whole row is
   */
  table<Row>(
    columns: readonly Column<Row>[],
    rows: readonly Row[],
    lines: {
      readonly hidden?: boolean;
      readonly total?: boolean;
      readonly sparse?: boolean;
      readonly paint?: (row: Row) => TableRow['paint'];
    } = {},
  ): void {
    const shown = lines.sparse ? columns.filter(hasHeading) : shownColumns(columns, rows);
    const named = shown.findIndex(({ kind }) => kind === 'name');
    const used = shown.map((column, i) => (i === named ? { paint: this.paint.name, ...column } : column));
    const all = rows.map((row): TableRow => {
      const cells = used.map((column) => writeCell(column, row));
      const paint = lines.paint?.(row);
      return paint === undefined ? { cells } : { cells, paint };
    });
    if (lines.hidden) all.push({ cells: used.map(({ hidden = '' }) => hidden), paint: this.paint.faint });
    if (lines.total) all.push({ cells: used.map(({ total = '' }) => total), paint: this.paint.total });
    const { lines: laidOut, dropped } = layOut(used, all, this.width, this.paint);
    this.#lines.push(...laidOut);
    for (const { heading } of used) if (!dropped.includes(heading)) this.#shown.add(heading);
    for (const heading of dropped) this.#dropped.add(heading);
  }

  /** What headings mean, for those there was room for. */
  explain(explanations: readonly (readonly [headings: readonly string[], text: string])[]): void {
    for (const [headings, text] of explanations)
      if (headings.some((heading) => this.#shown.has(heading))) this.line(text, this.paint.faint);
  }

  notes(notes: readonly string[]): void {
    const all =
      this.#dropped.size === 0 ? notes : [...notes, `Not shown for lack of width: ${[...this.#dropped].join(', ')}.`];
    if (all.length > 0) this.line('');
    for (const note of all) this.line(note, this.paint.warning, note.startsWith(' ') ? '    ' : '  ');
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}
