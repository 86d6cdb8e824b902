/** The columns by which sites and shippers tell their sensors apart: a row of Zeek's own does not say which cluster it is of. */

import type { JsonRow, LogColumn, LogKind } from './log-kind.ts';

/** What sites add to their logs by an extension, and packages that stream logs. */
const SET_BY_SITE = ['_system_name', 'system_name', '_sensor_name', 'sensor_name', '_sensor', 'sensor'];
/** What shippers add: it may be the machine of one logger of several. A dot leads into a record. */
const ADDED_BY_SHIPPER = [
  'observer.name',
  'observer.hostname',
  'host.name',
  'host.hostname',
  'agent.name',
  'agent.hostname',
  'host',
  'hostname',
];
const KNOWN = [...SET_BY_SITE, ...ADDED_BY_SHIPPER];

/**
 * The column among those of a log that names the system; null where there is none.
 *
 * @param asked the column that the user named; null for those known
 */
export function findSystemColumn(has: (name: string) => boolean, asked: string | null): string | null {
  return (asked === null ? KNOWN : [asked]).find(has) ?? null;
}

/** True for a column that says which system a row is of, not by which machine it came. */
export function namesSystem(column: string): boolean {
  return !ADDED_BY_SHIPPER.includes(column);
}

/** The kind of a log with one more column, the last, for the system's name. */
export function withSystem(kind: LogKind, column: string | null): LogKind {
  if (column === null) return kind;
  const added: LogColumn = { name: column, kind: 'string', required: false, optional: true, recursWith: column };
  return { ...kind, columns: [...kind.columns, added] };
}

/** What a row in JSON says in a column, which may lie in a record within it. */
export function systemIn(row: JsonRow, column: string): string | null {
  const path = Object.hasOwn(row, column) ? [column] : column.split('.');
  const value = path.reduce<unknown>((within, name) => (isRecord(within) ? within[name] : undefined), row);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The columns of a record around a row that name its system, as the row's own. */
export function systemsAround(record: JsonRow): JsonRow {
  const named = KNOWN.map((column) => [column, systemIn(record, column)] as const);
  return Object.fromEntries(named.filter(([, name]) => name !== null));
}

function isRecord(value: unknown): value is JsonRow {
  return typeof value === 'object' && value !== null;
}
