/** Variables over all nodes, in every unit there is. */

import type { InventoryResult } from '../../model/answers/inventory.ts';
import type { PageMeasure } from '../../model/answers/report.ts';
import { addBytes, type ByteRange, isExact } from '../../model/bytes.ts';
import type { Entry } from '../../model/entry.ts';
import type { Unit } from '../../model/logged/sample.ts';
import { visibleName } from '../text/sanitize.ts';

/** One variable over all nodes, in one of the log's units. */
export interface WholeVariable {
  readonly package: string;
  readonly module: string;
  readonly variable: string;
  readonly script: string | null;
  readonly unit: Unit;
  /** Null where no node measured it. */
  readonly size: number | null;
  readonly entries: number | null;
  readonly bytes: ByteRange | null;
  readonly nodes: number;
  readonly largestNode: string;
}

/** The largest first: by bytes, then by size. Names are as logged. */
export function wholeVariables(rows: readonly Entry[]): WholeVariable[] {
  const groups = new Map<string, Entry[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.moduleName, row.variable, row.unit]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()]
    .map(wholeVariable)
    .sort(
      (a, b) =>
        (b.bytes?.likely ?? -1) - (a.bytes?.likely ?? -1) ||
        (b.size ?? -1) - (a.size ?? -1) ||
        (a.variable < b.variable ? -1 : 1),
    );
}

function wholeVariable(group: readonly Entry[]): WholeVariable {
  const first = group[0]!;
  const weight = (row: Entry) => row.bytes?.likely ?? row.size ?? 0;
  return {
    package: first.from.package,
    module: first.moduleName,
    variable: first.variable,
    script: first.from.script,
    unit: first.unit,
    size: sum(group.map(({ size }) => size)),
    entries: sum(group.map(({ entries }) => entries)),
    bytes: group.reduce<ByteRange | null>(
      (total, { bytes }) => (bytes === null ? total : total === null ? bytes : addBytes(total, bytes)),
      null,
    ),
    nodes: new Set(group.map(({ node }) => node)).size,
    largestNode: group.reduce((largest, row) => (weight(row) > weight(largest) ? row : largest)).node,
  };
}

function sum(values: readonly (number | null)[]): number | null {
  return values.reduce((total, value) => (value === null ? total : (total ?? 0) + value), null);
}

const TITLES: Readonly<Record<string, string>> = {
  bytes: 'bytes',
  objects: 'objects (values held in containers)',
  characters: 'characters (text of patterns and strings)',
  unknown: 'a unit the log does not name',
};
/** Groups that a bar tells apart by colour; the rest is one. */
const BAR_GROUPS = 7;
const OTHERS = 'all others';

/** Bytes first, where any are known; then the log's own units. */
export function measuresOf(inventory: InventoryResult): PageMeasure[] {
  const units = new Set(inventory.rows.filter(({ size }) => size !== null).map(({ unit }) => unit));
  units.delete('bytes');
  const order = (unit: Unit) => (unit === 'objects' ? 0 : unit === 'characters' ? 1 : 2);
  const logged = [...units].sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
  const withBytes = inventory.rows.some(({ bytes }) => bytes !== null);
  return [...(withBytes ? ['bytes'] : []), ...logged].map((unit) => ({
    unit: visibleName(unit),
    title: Object.hasOwn(TITLES, unit) ? TITLES[unit]! : visibleName(unit),
    estimated: unit === 'bytes' && inventory.rows.some(({ bytes }) => bytes !== null && !isExact(bytes)),
    bars: barsOf(inventory, unit),
  }));
}

/** Null where the row has nothing in the unit. */
function valueIn(row: Entry, unit: Unit): number | null {
  if (unit === 'bytes') return row.bytes?.likely ?? null;
  return row.unit === unit ? row.size : null;
}

/** By package where packages are known, else by module. */
function barsOf({ rows, nodes }: InventoryResult, unit: Unit): PageMeasure['bars'] {
  const groupOf = groupingOf(rows);
  const totals = new Map<string, number>();
  for (const row of rows) {
    const value = valueIn(row, unit) ?? 0;
    if (value > 0) totals.set(groupOf(row), (totals.get(groupOf(row)) ?? 0) + value);
  }
  const sorted = [...totals].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([group]) => group);
  const shown = sorted.slice(0, BAR_GROUPS);
  const index = new Map(shown.map((group, i) => [group, i]));
  const groups = shown.length < sorted.length ? [...shown, OTHERS] : shown;
  const values = new Map(nodes.map(({ node }) => [node, groups.map(() => 0)]));
  for (const row of rows) {
    const i = index.get(groupOf(row)) ?? groups.length - 1;
    const ofNode = values.get(row.node);
    if (ofNode !== undefined) ofNode[i] = (ofNode[i] ?? 0) + (valueIn(row, unit) ?? 0);
  }
  return {
    groups,
    nodes: nodes.map(({ node }) => ({ node: visibleName(node), values: values.get(node)!.map(Math.round) })),
  };
}

/** The name of the group a row is in, safe to show. */
function groupingOf(rows: readonly Entry[]): (row: Entry) => string {
  const withPackages = knowsPackages(rows);
  return ({ from, moduleName }) => visibleName(withPackages ? from.package : moduleName);
}

/** False where no package of any variable is known, so that they would all be in one. */
export function knowsPackages(rows: readonly Entry[]): boolean {
  return rows.some(({ from }) => from.kind !== 'unknown');
}
