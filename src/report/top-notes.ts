/** What the reader of a `top` answer must know besides its numbers. */

import { formatTime } from '../model/time.ts';
import type { TopResult } from '../model/top.ts';
import { named, readingNotes, rows, were } from './reading.ts';

export function topNotes(result: TopResult): string[] {
  const notes: string[] = [];
  const counted = result.mode === 'span' ? 'its runs until then are counted' : 'it is not counted';
  for (const { node, lastSeen } of result.stopped) {
    notes.push(`${named(node)} stopped reporting at ${formatTime(lastSeen)}; ${counted}.`);
  }
  for (const node of result.nodes.filter(({ complete }) => !complete)) {
    notes.push(
      `${named(node.node)} has no complete run here; what it wrote by ${formatTime(node.ts)} is counted as it stands.`,
    );
  }
  const unmeasured = result.sections.flatMap((section) => section.rows).filter((row) => row.unmeasured > 0);
  if (unmeasured.length > 0) {
    const count = unmeasured.reduce((sum, row) => sum + row.unmeasured, 0);
    const names = unmeasured.slice(0, 3).map((row) => named(row.group));
    const more = unmeasured.length > names.length ? ` and ${unmeasured.length - names.length} more` : '';
    notes.push(
      `${rows(count)} ${were(count)} logged without a size and ${were(count)} not added: ${names.join(', ')}${more}.`,
    );
  }
  if (result.guessed.length > 0) notes.push(guessedNote(result.guessed));
  if (result.unit === 'bytes' && result.sections.some(({ unit }) => unit === 'unknown')) {
    notes.push('A log that names no unit cannot be weighed: it may hold bytes or objects.');
  }
  return [...notes, ...readingNotes(result.reading)];
}

/** A wide range is never a silent guess. */
export function guessedNote(guessed: TopResult['guessed']): string {
  const names = guessed.slice(0, 3).map(({ variable, type }) => {
    return `${named(variable)}${type === null ? '' : ` (${named(type)})`}`;
  });
  const more = guessed.length > names.length ? ` and ${guessed.length - names.length} more` : '';
  const whose = guessed.length === 1 ? '1 variable has' : `${guessed.length} variables have`;
  return `${whose} no type that is known and understood, so the size is a guess: ${names.join(', ')}${more}.`;
}
