/** The frame all JSON answers share: a named, versioned format, and times both as text and as numbers. */

import type { Reading } from '../model/reading.ts';
import { formatTime } from '../model/time.ts';
import { safeJson } from './text/sanitize.ts';

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
const VERSION = 1;

/** An instant: ISO 8601 in UTC, cut to seconds, and seconds since the epoch as logged. */
export function jsonTime(ts: number): { iso: string; epoch: number } {
  return { iso: formatTime(ts), epoch: ts };
}

export function jsonReading(reading: Reading): object {
  return {
    files: reading.files.map(({ path, rows }) => ({ path, rows })),
    rows: reading.rows,
    skipped: reading.skipped,
    skipped_examples: reading.examples.map(({ file, line, reason }) => ({ file, line, reason })),
    unfinished: reading.unfinished,
    notes: reading.notes,
  };
}

/** The document as text: `format` says which answer it is. */
export function jsonDocument(
  format:
    | 'top'
    | 'growth'
    | 'doctor'
    | 'explain'
    | 'connections'
    | 'estimate'
    | 'runs'
    | 'sql'
    | 'diff'
    | 'check'
    | 'profile'
    | 'lab'
    | 'ask',
  body: object,
): string {
  return `${safeJson({ format: `my-stats.${format}`, version: VERSION, ...body }, 2)}\n`;
}
