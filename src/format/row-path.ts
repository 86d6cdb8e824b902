/** Which log a row in JSON is of, where several share a stream. */

import { findKind, type LogKind, recognizeKind } from './log-kind.ts';

export type JsonRow = Readonly<Record<string, unknown>>;

/** What the packages that stream logs call the column with the log's name, and what other programs make of it. */
const PATH_COLUMNS = ['_path', '@path'] as const;
const PATH_IN_TEXT = /"[_@]path"\s*:\s*"([^"\\]*)"/;

/** The name of the log that a row says it is of; null where it does not. */
export function readPath(row: JsonRow): string | null {
  for (const name of PATH_COLUMNS) {
    const path = row[name];
    if (typeof path === 'string') return path;
  }
  return null;
}

/** The same of a line that has not been parsed. */
export function findPath(line: string): string | null {
  return PATH_IN_TEXT.exec(line)?.[1] ?? null;
}

/** The kind of a row; null for rows of logs this program does not read. */
export function chooseKind(row: JsonRow): LogKind | null {
  const path = readPath(row);
  // A site may write our stream under another name; its columns still tell.
  return (path === null ? null : findKind(path)) ?? recognizeKind(new Set(Object.keys(row)));
}
