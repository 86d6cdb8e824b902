/** Which field of which connection holds what, on every node. */

import type { ConnectionField, ConnectionsResult, ConnectionsRow } from '../model/logged/connection.ts';
import { compareTexts, createMatcher, type NameFilter } from '../model/names.ts';

interface ConnectionsQuestion {
  readonly nodes: readonly NameFilter[];
  readonly fields: readonly NameFilter[];
  /** Null for all. */
  readonly limit: number | null;
}

/** The fields in the last run of each node that told of any, most entries first. */
export function listConnections(
  fields: readonly ConnectionField[],
  question: ConnectionsQuestion,
): Omit<ConnectionsResult, 'reading'> {
  const wantsNode = createMatcher(question.nodes);
  const wantsField = createMatcher(question.fields);
  const byNode = new Map<string, ConnectionField[]>();
  for (const field of fields) {
    if (!wantsNode(field.node)) continue;
    const list = byNode.get(field.node);
    if (list === undefined) byNode.set(field.node, [field]);
    else list.push(field);
  }
  const rows = [...byNode.values()]
    .flatMap(chooseLastRun)
    .filter(({ field }) => wantsField(field))
    .sort((a, b) => b.entries - a.entries || compareTexts(a.node, b.node) || compareTexts(a.field, b.field));
  const shown = question.limit === null ? rows : rows.slice(0, question.limit);
  return {
    from: rows.reduce((first, { ts }) => Math.min(first, ts), Number.POSITIVE_INFINITY),
    to: rows.reduce((last, { ts }) => Math.max(last, ts), Number.NEGATIVE_INFINITY),
    rows: shown,
    hidden: rows.length - shown.length,
  };
}

/** @param fields of one node */
function chooseLastRun(fields: readonly ConnectionField[]): ConnectionsRow[] {
  const last = fields.reduce((latest, row) => (row.ts >= latest.ts ? row : latest));
  return fields
    .filter(({ ts, run, boot }) => ts === last.ts && run === last.run && boot === last.boot)
    .map((row) => ({ ...row, largestEntriesPerSecond: measureRate(row, fields) }));
}

/** Over the runs in which the same connection was the largest. */
function measureRate(row: ConnectionField, fields: readonly ConnectionField[]): number | null {
  const { largest } = row;
  if (largest === null) return null;
  const same = fields.filter(({ field, boot, largest: l }) => {
    return field === row.field && boot === row.boot && l?.uid === largest.uid;
  });
  const first = same.reduce((earliest, other) => (other.ts < earliest.ts ? other : earliest), row);
  return first.ts < row.ts ? (largest.entries - first.largest!.entries) / (row.ts - first.ts) : null;
}
