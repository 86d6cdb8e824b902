/** Words that answers share. All of them are sanitized. */

import type { Unit } from '../model/logged/sample.ts';
import { formatSize } from '../model/quantity.ts';
import { formatTime } from '../model/time.ts';
import { visible, visibleName } from './text/sanitize.ts';
import { truncateMiddle } from './text/width.ts';

/** A name in a sentence must leave room for the sentence. */
const LONGEST_IN_SENTENCE = 60;
const LONGEST_SENTENCE = 300;

/** A name from a log as part of a sentence. */
export function nameInSentence(text: string): string {
  return truncateMiddle(visibleName(text), LONGEST_IN_SENTENCE);
}

/** The first names, and how many more there are. */
export function listNames(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map(nameInSentence).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** A text of any length in a note. */
export function cutSentence(text: string): string {
  return truncateMiddle(visible(text), LONGEST_SENTENCE);
}

/** `1 row`, `3 rows`. */
export function countThings(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
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

const UNIT_TITLES: Record<string, string> = {
  bytes: 'bytes',
  entries: 'entries (elements of containers)',
  objects: 'objects (values held in containers)',
  characters: 'characters (text of patterns and strings)',
  unknown: 'unit unknown: the log does not say whether these are bytes or objects',
};

/** @param estimated what is to be said of bytes that are estimates; null where there are none */
export function titleUnit(unit: Unit, estimated: string | null = null): string {
  if (estimated !== null) return `bytes (≈ ${estimated})`;
  return Object.hasOwn(UNIT_TITLES, unit) ? UNIT_TITLES[unit]! : nameInSentence(unit);
}

const FILTERS = ['module', 'variable', 'node', 'package'] as const;

/** `only module HTTP or SSL and node worker-1`; nothing where all is shown. */
export function describeFilters(
  filters: { readonly [field in (typeof FILTERS)[number]]?: readonly string[] },
): string[] {
  const parts = FILTERS.flatMap((field) => {
    const names = filters[field] ?? [];
    return names.length === 0 ? [] : [`${field} ${names.map(nameInSentence).join(' or ')}`];
  });
  return parts.length === 0 ? [] : [`only ${parts.join(' and ')}`];
}

/** `+12.3 MB`. */
export function formatChange(change: number, unit: Unit): string {
  return change > 0 ? `+${formatSize(change, unit)}` : formatSize(change, unit);
}

/** What there has to be of a node, for sentences that say that it is not there. */
export const LEAST_TO_JUDGE = 'it takes 8 runs over 5 minutes of one boot';
