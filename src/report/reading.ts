/** What every answer says about the logs it was read from: nothing is left out in silence. */

import type { Reading } from '../model/logged/reading.ts';
import { countThings, cutSentence, were } from './words.ts';

/** Sentences, each sanitized; those that begin with spaces belong to the one before. */
export function describeReading(reading: Reading): string[] {
  const notes = reading.notes.map(cutSentence);
  if (reading.skipped > 0) {
    notes.push(
      `${countThings(reading.skipped, 'row')} could not be read and ${were(reading.skipped)} skipped (--strict stops there):`,
    );
    for (const { file, line, reason } of reading.examples) {
      notes.push(cutSentence(`  ${file}${line === null ? '' : `:${line}`}: ${reason}`));
    }
    const more = reading.skipped - reading.examples.length;
    if (more > 0) notes.push(`  … and ${more} more`);
  }
  if (reading.unfinished > 0) {
    const lines = countThings(reading.unfinished, 'line');
    notes.push(`${lines} at the end of a log ${were(reading.unfinished)} still being written and not counted.`);
  }
  return notes;
}
