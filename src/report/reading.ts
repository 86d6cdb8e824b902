/** What every answer says about the logs it was read from: nothing is left out in silence. */

import type { Reading } from '../model/reading.ts';
import { formatTime } from '../model/time.ts';
import { visible, visibleName } from './text/sanitize.ts';
import { truncateMiddle } from './text/width.ts';

/** A name in a sentence must leave room for the sentence. */
const LONGEST_IN_SENTENCE = 60;
const LONGEST_SENTENCE = 300;

/** A name from a log as part of a sentence. */
export function named(text: string): string {
  return truncateMiddle(visibleName(text), LONGEST_IN_SENTENCE);
}

/** A text of any length in a note. */
export function sentence(text: string): string {
  return truncateMiddle(visible(text), LONGEST_SENTENCE);
}

/** Sentences, each sanitized; those that begin with spaces belong to the one before. */
export function readingNotes(reading: Reading): string[] {
  const notes = reading.notes.map(sentence);
  if (reading.skipped > 0) {
    notes.push(
      `${rows(reading.skipped)} could not be read and ${were(reading.skipped)} skipped (--strict stops there):`,
    );
    for (const { file, line, reason } of reading.examples) {
      notes.push(sentence(`  ${file}${line === null ? '' : `:${line}`}: ${reason}`));
    }
    const more = reading.skipped - reading.examples.length;
    if (more > 0) notes.push(`  … and ${more} more`);
  }
  if (reading.unfinished > 0) {
    const lines = reading.unfinished === 1 ? '1 line' : `${reading.unfinished} lines`;
    notes.push(`${lines} at the end of a log ${were(reading.unfinished)} still being written and not counted.`);
  }
  return notes;
}

/** `1 row`, `3 rows`. */
export function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}

export function were(count: number): string {
  return count === 1 ? 'was' : 'were';
}

/** `2026-11-24T03:56:05Z to 2026-11-24T03:56:54Z`; one time where both are the same second. */
export function formatPeriod(from: number, to: number): string {
  const first = formatTime(from);
  const last = formatTime(to);
  return first === last ? first : `${first} to ${last}`;
}
