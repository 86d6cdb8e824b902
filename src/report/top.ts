/** `top` in all its forms. */

import { formatSize } from '../model/quantity.ts';
import type { TopResult } from '../model/top.ts';
import type { OutputFormat, Report, Screen } from './output.ts';
import { named } from './reading.ts';
import { topDelimited, topJson } from './top-data.ts';
import { topNotes } from './top-notes.ts';
import { topScreen } from './top-table.ts';

/** @param withRange whether the table has the bounds of estimates; data for programs always has */
export function topReport(result: TopResult, format: OutputFormat, screen: Screen, withRange = false): Report {
  if (format === 'table') return { text: topScreen(result, screen, withRange), asides: [] };
  if (format === 'json') return { text: topJson(result), asides: [] };
  const hidden = result.sections
    .filter((section) => section.hidden.groups > 0)
    .map(({ unit, hidden: { groups, size } }) => {
      return `${groups} more in ${named(unit)}, ${formatSize(size, unit)} together, left out by --limit.`;
    });
  return { text: topDelimited(result, format), asides: [...hidden, ...topNotes(result)] };
}
