/** The rows of `growth`: series of one group put together, the worst first. */

import type { GrowthPivot, GrowthRow, GrowthSection, GrowthSeries } from '../../model/answers/growth.ts';
import { addBytes, type ByteRange } from '../../model/bytes.ts';
import type { Unit } from '../../model/logged/sample.ts';
import { readSensor } from '../../model/names.ts';

/** Where bytes are not known, rows are put in order as if an object or character took this many; nothing else uses it. */
const ORDER_WEIGHT: Readonly<Record<string, number>> = { bytes: 1, objects: 42, characters: 1720, entries: 150 };

/** The unit in which a series' growth is told. */
function chooseUnit({ bytesPerHour, now, unit, measure, trend }: GrowthSeries): Unit {
  if (bytesPerHour !== null || (now.bytes !== null && (measure === 'size' || trend.perHour === null))) return 'bytes';
  return now.size === null ? 'entries' : unit;
}

function groupOf({ variable, moduleName, package: from, node }: GrowthSeries, by: GrowthPivot): string {
  if (by === 'variable' || by === 'field') return variable;
  if (by === 'module') return moduleName;
  if (by === 'sensor') return readSensor(node) ?? 'unknown';
  return by === 'node' ? node : (from ?? 'unknown');
}

/** @param present series of nodes that report, of which `indexes` are shown */
export function sectionsOf(
  series: readonly GrowthSeries[],
  present: readonly number[],
  indexes: readonly number[],
  { by, limit }: { readonly by: GrowthPivot; readonly limit: number | null },
): GrowthSection[] {
  const nodesWith = new Map<string, Set<string>>();
  for (const i of present) {
    const group = groupOf(series[i]!, by);
    nodesWith.set(group, (nodesWith.get(group) ?? new Set()).add(series[i]!.node));
  }
  const units = new Map<Unit, Map<string, number[]>>();
  for (const i of indexes) {
    const unit = chooseUnit(series[i]!);
    const groups = units.get(unit) ?? new Map<string, number[]>();
    units.set(unit, groups);
    const group = groupOf(series[i]!, by);
    groups.set(group, [...(groups.get(group) ?? []), i]);
  }
  const rank = (unit: Unit) => (unit === 'bytes' ? 0 : unit === 'objects' ? 1 : 2);
  return [...units]
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([unit, groups]) => {
      const rows = [...groups]
        .map(([group, list]) => makeRow(group, unit, list, series, nodesWith.get(group)!.size))
        .sort(compareRows);
      const shown = limit === null ? rows : rows.slice(0, limit);
      return { unit, rows: shown, hidden: rows.length - shown.length };
    });
}

/** What a series does to its node's memory, for the order only. */
function weighRow({ bytesPerHour, sizePerHour, trend, unit }: GrowthSeries): number {
  if (bytesPerHour !== null) return bytesPerHour.likely;
  const weight = ORDER_WEIGHT[unit] ?? 42;
  if (sizePerHour !== null) return sizePerHour * weight;
  return (trend.perHour?.likely ?? 0) * ORDER_WEIGHT.entries!;
}

function makeRow(
  group: string,
  unit: Unit,
  list: readonly number[],
  series: readonly GrowthSeries[],
  ofNodes: number,
): GrowthRow {
  const ordered = list.toSorted((a, b) => weighRow(series[b]!) - weighRow(series[a]!) || a - b);
  const all = ordered.map((i) => series[i]!);
  const worst = all[0]!;
  const sum = (value: (one: GrowthSeries) => number | null) =>
    all.reduce<number | null>((total, one) => {
      const more = value(one);
      return more === null ? total : (total ?? 0) + more;
    }, null);
  const bytes = (value: (one: GrowthSeries) => ByteRange | null) =>
    all.reduce<ByteRange | null>((total, one) => {
      const more = value(one);
      return more === null ? total : total === null ? more : addBytes(total, more);
    }, null);
  const hours = all.flatMap(({ hoursToLimit }) => (hoursToLimit === null ? [] : [hoursToLimit]));
  const bytesPerHour = bytes((one) => one.bytesPerHour);
  const bytesNow = bytes((one) => one.now.bytes);
  const entriesPerHour = sum(({ measure, trend }) => (measure === 'entries' ? (trend.perHour?.likely ?? null) : null));
  const perHour =
    unit === 'bytes'
      ? (bytesPerHour?.likely ?? null)
      : unit === 'entries'
        ? entriesPerHour
        : sum(({ sizePerHour }) => sizePerHour);
  const now =
    unit === 'bytes'
      ? (bytesNow?.likely ?? 0)
      : (sum((one) => (unit === 'entries' ? one.now.entries : one.now.size)) ?? 0);
  return {
    group,
    shape: worst.trend.shape,
    verdict: worst.trend.verdict,
    why: worst.trend.why,
    confidence: worst.trend.confidence,
    since: worst.trend.since,
    expiryFails: all.find(({ expiryFails }) => expiryFails)?.expiry ?? null,
    series: ordered,
    variables: new Set(all.map(({ variable }) => variable)).size,
    nodes: new Set(all.map(({ node }) => node)).size,
    ofNodes,
    worstNode: worst.node,
    perHour,
    bytesPerHour,
    entriesPerHour,
    now,
    bytesNow,
    hoursToLimit: hours.length === 0 ? null : Math.min(...hours),
    weight: weighRow(worst),
  };
}

function compareRows(a: GrowthRow, b: GrowthRow): number {
  const hours = (row: GrowthRow) => row.hoursToLimit ?? Number.POSITIVE_INFINITY;
  if (hours(a) !== hours(b)) return hours(a) - hours(b);
  return b.weight - a.weight || b.now - a.now || (a.group < b.group ? -1 : 1);
}
