/** `top` on a terminal. */

import { isExact } from '../model/bytes.ts';
import { formatSize } from '../model/quantity.ts';
import type { Unit } from '../model/sample.ts';
import type { TopResult, TopSection } from '../model/top.ts';
import type { Screen } from './output.ts';
import { formatPeriod, named } from './reading.ts';
import { ScreenText } from './screen.ts';
import { showsResident, topTable } from './top-columns.ts';
import { topNotes } from './top-notes.ts';

export function topScreen(result: TopResult, screen: Screen, withRange: boolean): string {
  const text = new ScreenText(screen);
  for (const [i, line] of headerLines(result).entries()) text.line(line, i === 0 ? text.paint.title : undefined);
  if (result.sections.length === 0) text.line('No sizes were logged.');
  const dropped = new Set<string>();
  for (const section of result.sections) {
    text.line('');
    text.line(sectionTitle(section), text.paint.title);
    const { columns, rows } = topTable(result, section, text.paint, withRange);
    for (const heading of text.table(columns, rows)) dropped.add(heading);
    if (section.unit === 'characters') text.line(PATTERN_COST, text.paint.faint);
    if (showsResident(result, section)) text.line(BESIDE_VARIABLES, text.paint.faint);
  }
  const notes = topNotes(result);
  const summed = result.unit === 'objects' ? 'node' : 'variable on each node';
  if (result.mode === 'span' && (result.nodes.length > 1 || summed !== 'node')) {
    notes.unshift(`max adds the largest run of each ${summed}: they may peak at different times.`);
  }
  if (dropped.size > 0) notes.push(`Not shown for lack of width: ${[...dropped].join(', ')}.`);
  text.notes(notes);
  return text.toString();
}

function headerLines(result: TopResult): string[] {
  const nodes = result.nodes.length === 1 ? '1 node' : `${result.nodes.length} nodes`;
  const period = formatPeriod(result.from, result.to);
  const lines =
    result.mode === 'snapshot'
      ? [`Sizes by ${result.by} in the last complete run of every node`, `${nodes}, ${period}`]
      : [`Sizes by ${result.by} over all runs in a span of time`, `${nodes}, ${runCount(result)}, ${period}`];
  const filters = (['module', 'variable', 'node', 'package'] as const).flatMap((field) =>
    result.filters[field].length === 0 ? [] : [`${field} ${result.filters[field].map(named).join(' or ')}`],
  );
  if (filters.length > 0) lines.push(`only ${filters.join(' and ')}`);
  if (result.sort !== 'size' && result.sort !== 'last') lines.push(`sorted by ${result.sort}`);
  return lines;
}

function runCount(result: TopResult): string {
  const runs = result.nodes.reduce((sum, node) => sum + (node.runs ?? 0), 0);
  return runs === 1 ? '1 run' : `${runs} runs`;
}

const UNIT_TITLES: Record<string, string> = {
  bytes: 'bytes',
  entries: 'entries (elements of containers)',
  objects: 'objects (values held in containers)',
  characters: 'characters (text of patterns and strings)',
  unknown: 'unit unknown: the log does not say whether these are bytes or objects',
};

/** See docs/accuracy.md: without it the numbers mislead. */
const PATTERN_COST = 'A pattern takes about 0.3 to 2 kB of memory for each of its characters.';

const BESIDE_VARIABLES =
  'Not in variables: the process itself (a default Zeek takes some 130 MB), connections, and all else outside scripts.';

function sectionTitle({ unit, totalBytes }: TopSection): string {
  if (totalBytes === null || isExact(totalBytes)) return unitTitle(unit);
  return `bytes (≈ is estimated; all of it lies between ${formatSize(totalBytes.low, 'bytes')} and ${formatSize(totalBytes.high, 'bytes')})`;
}

function unitTitle(unit: Unit): string {
  return Object.hasOwn(UNIT_TITLES, unit) ? UNIT_TITLES[unit]! : named(unit);
}
