/** JSON: the frame all answers share, with a named, versioned format and times both as text and as numbers; and rows. */

import type { Reading } from '../../model/logged/reading.ts';
import { readSensor } from '../../model/names.ts';
import { formatTime } from '../../model/time.ts';
import { writeSafeJson } from '../text/sanitize.ts';
import type { Column, Value } from './column.ts';

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
const VERSIONS: Readonly<Record<string, number>> = { doctor: 2, growth: 2 };

/** An instant: ISO 8601 in UTC, cut to seconds, and seconds since the epoch as logged. */
export function jsonTime(ts: number): { iso: string; epoch: number } {
  return { iso: formatTime(ts), epoch: ts };
}

export function convertReading(reading: Reading): object {
  return {
    files: reading.files.map(({ path, rows }) => ({ path, rows })),
    rows: reading.rows,
    skipped: reading.skipped,
    skipped_examples: reading.examples.map(({ file, line, reason }) => ({ file, line, reason })),
    unfinished: reading.unfinished,
    notes: reading.notes,
  };
}

/** @param format says which answer it is */
export function jsonDocument(format: string, body: object): string {
  return `${writeSafeJson({ format: `my-stats.${format}`, version: VERSIONS[format] ?? 1, ...addSensors(body) }, 2)}\n`;
}

/** Beside the name of every node that has it, that of its sensor. */
function addSensors<T>(value: T): T {
  if (Array.isArray(value)) return value.map(addSensors) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).flatMap(([name, member]) => {
    const sensor = name === 'node' && typeof member === 'string' ? readSensor(member) : null;
    return [[name, addSensors(member)], ...(sensor === null ? [] : [['sensor', sensor]])];
  });
  return Object.fromEntries(members);
}

/** Rows as objects, in each what the keys of the columns say. An object of which nothing is known is null. */
export function convertRows<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): object[] {
  const fields = columns.flatMap(({ key, kind, value }) =>
    key === undefined || value === undefined ? [] : [{ path: key.split('.'), isTime: kind === 'time', value }],
  );
  return rows.map((row) => {
    const all: Record<string, Value> = {};
    for (const { path, isTime, value } of fields) {
      const held = value(row) ?? null;
      let within = all;
      for (const name of path.slice(0, -1)) {
        within[name] ??= {};
        within = within[name] as Record<string, Value>;
      }
      within[path.at(-1)!] = isTime && typeof held === 'number' ? jsonTime(held) : held;
    }
    for (const { path } of fields) {
      const inner = all[path[0]!];
      if (path.length > 1 && inner && Object.values(inner).every((held) => held === null)) all[path[0]!] = null;
    }
    return all;
  });
}
