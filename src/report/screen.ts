/** Puts the parts of a terminal answer together: header lines, tables, notes. */

import { lineWidth, type Screen } from './output.ts';
import { createPaint, type Paint } from './text/paint.ts';
import { type Column, layOut, type TableRow } from './text/table.ts';
import { wrap } from './text/width.ts';

export class ScreenText {
  readonly paint: Paint;
  readonly #width: number | null;
  readonly #lines: string[] = [];

  constructor(screen: Screen) {
    this.paint = createPaint(screen.color);
    this.#width = lineWidth(screen);
  }

  /** A line of sanitized text, wrapped; an empty one separates blocks. */
  line(text: string, paint: (text: string) => string = (plain) => plain, indent = '  '): void {
    for (const line of wrap(text, this.#width, indent)) this.#lines.push(line === '' ? '' : paint(line));
  }

  /** @returns the headings of columns there was no room for */
  table(columns: readonly Column[], rows: readonly TableRow[]): readonly string[] {
    const { lines, dropped } = layOut(columns, rows, this.#width, this.paint);
    for (const line of lines) this.#lines.push(line);
    return dropped;
  }

  notes(notes: readonly string[]): void {
    if (notes.length > 0) this.line('');
    for (const note of notes) this.line(note, this.paint.warning, note.startsWith(' ') ? '    ' : '  ');
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}
