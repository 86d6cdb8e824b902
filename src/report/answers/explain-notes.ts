import type { ExplainResult } from '../../model/answers/explain.ts';
import { readingNotes } from '../reading.ts';
import { visible } from '../text/sanitize.ts';
import { truncateMiddle } from '../text/width.ts';

const LONGEST = 400;
/** Of many broken scripts some are enough on a screen; JSON has all. */
const MOST_OF_READING = 5;

/** Sanitized sentences that qualify the answer. */
export function explainNotes({ notes, bytes, reading }: ExplainResult): string[] {
  const about = [...notes, ...(bytes?.notes ?? [])].map((note) => truncateMiddle(visible(note), LONGEST));
  const read = readingNotes({ ...reading, notes: reading.notes.slice(0, MOST_OF_READING) });
  const more = reading.notes.length - MOST_OF_READING;
  return [...about, ...read, ...(more > 0 ? [`… and ${more} more such notes, which --json has.`] : [])];
}
