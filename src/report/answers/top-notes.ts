/** What the reader of a `top` answer must know besides its numbers. */

import type { TopResult } from '../../model/answers/top.ts';
import { formatTime } from '../../model/time.ts';
import { readingNotes } from '../reading.ts';
import { counted, listed, named, were } from '../words.ts';

export function topNotes(result: TopResult, onScreen: boolean): string[] {
  const notes: string[] = onScreen && result.growth === 'too-long' ? [UNJUDGED] : [];
  const until = result.mode === 'span' ? 'its runs until then are counted' : 'it is not counted';
  for (const { node, lastSeen } of result.stopped) {
    notes.push(`${named(node)} stopped reporting at ${formatTime(lastSeen)}; ${until}.`);
  }
  for (const node of result.nodes.filter(({ complete }) => !complete)) {
    notes.push(
      `${named(node.node)} has no complete run here; what it wrote by ${formatTime(node.ts)} is counted as it stands.`,
    );
  }
  const unmeasured = result.sections.flatMap((section) => section.rows).filter((row) => row.unmeasured > 0);
  if (unmeasured.length > 0) {
    const count = unmeasured.reduce((sum, row) => sum + row.unmeasured, 0);
    const names = listed(unmeasured.map(({ group }) => group));
    notes.push(`${counted(count, 'row')} ${were(count)} logged without a size and ${were(count)} not added: ${names}.`);
  }
  if (result.guessed.length > 0) notes.push(guessedNote(result.guessed));
  if (result.unit === 'bytes' && result.sections.some(({ unit }) => unit === 'unknown')) {
    notes.push('A log that names no unit cannot be weighed: it may hold bytes or objects.');
  }
  const summed = result.unit === 'objects' ? 'node' : 'variable on each node';
  const peaks =
    result.mode === 'span' && (result.nodes.length > 1 || summed !== 'node')
      ? [`max adds the largest run of each ${summed}: they may peak at different times.`]
      : [];
  return [...peaks, ...notes, ...readingNotes(result.reading)];
}

const UNJUDGED = 'Growth per hour is not among this: with so much logged, telling it takes seconds. --growth adds it.';

/** A wide range is never a silent guess. */
export function guessedNote(guessed: TopResult['guessed']): string {
  const names = guessed.slice(0, 3).map(({ variable, type }) => {
    return `${named(variable)}${type === null ? '' : ` (${named(type)})`}`;
  });
  const more = guessed.length > names.length ? ` and ${guessed.length - names.length} more` : '';
  const whose = guessed.length === 1 ? '1 variable has' : `${guessed.length} variables have`;
  return `${whose} no type that is known and understood, so the size is a guess: ${names.join(', ')}${more}.`;
}
