/** A table of GitHub's Markdown. */

import { KINDS } from './column.ts';
import type { ShownColumn } from './layout.ts';

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
