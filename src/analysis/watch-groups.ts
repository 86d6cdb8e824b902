/** Groups what is being watched by how one looks at it. */

import type {
  WatchAnswer,
  WatchFrame,
  WatchGroup,
  WatchPoint,
  WatchRow,
  WatchUnit,
  WatchView,
} from '../model/answers/watch.ts';
import { GROUPS_OF } from '../model/entry.ts';
import { compareTexts } from '../model/names.ts';
import { GroupSum } from './weighing/group-sum.ts';

/** Parts of the window that a group's history has. */
const HISTORY_PARTS = 20;

export function groupFrame(frame: WatchFrame, view: WatchView): WatchAnswer {
  const rows = frame.rows.filter((row) => view.within.every(({ by, group }) => GROUPS_OF[by](row) === group));
  const units = listUnits(rows);
  const unit = view.unit !== null && units.includes(view.unit) ? view.unit : (units[0] ?? 'bytes');
  const groups = new Map<string, Sum>();
  const all = new Sum('total', frame, unit);
  const hidden = new Set<string>();
  const text = view.text.toLowerCase();
  for (const row of rows) {
    if (!hasUnit(row, unit)) continue;
    const name = GROUPS_OF[view.by](row);
    if (!name.toLowerCase().includes(text)) {
      hidden.add(name);
      continue;
    }
    let sum = groups.get(name);
    if (sum === undefined) {
      sum = new Sum(name, frame, unit);
      groups.set(name, sum);
    }
    sum.addRow(row);
    all.addRow(row);
  }
  return {
    unit,
    units,
    groups: [...groups.values()].map((sum) => sum.group(all.size)).sort(order(view, frame)),
    total: groups.size === 0 ? null : all.group(all.size),
    hidden: hidden.size,
  };
}

/** Bytes first, then what the log counts, by how many rows count that, then entries. */
function listUnits(rows: readonly WatchRow[]): WatchUnit[] {
  const logged = new Map<string, number>();
  for (const { unit, bytes } of rows)
    if (bytes === null || unit !== 'bytes') logged.set(unit, (logged.get(unit) ?? 0) + 1);
  const byCount = [...logged].sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1));
  return [
    ...(rows.some(({ bytes }) => bytes !== null) ? ['bytes'] : []),
    ...byCount.map(([unit]) => unit),
    ...(rows.some(({ entries }) => entries !== null) ? ['entries'] : []),
  ];
}

function hasUnit(row: WatchRow, unit: WatchUnit): boolean {
  if (unit === 'bytes') return row.bytes !== null;
  return unit === 'entries' ? row.entries !== null : row.unit === unit && row.size !== null;
}

function readSizeAt(point: WatchPoint, unit: WatchUnit): number | null {
  if (unit === 'bytes') return point.bytes;
  return unit === 'entries' ? point.entries : point.size;
}

/** A group while it is added up, with how it went. */
class Sum extends GroupSum {
  readonly #name: string;
  readonly #frame: WatchFrame;
  readonly #unit: WatchUnit;
  readonly #history: (number | null)[] = Array.from({ length: HISTORY_PARTS }, () => null);
  #change: number | null = null;

  constructor(name: string, frame: WatchFrame, unit: WatchUnit) {
    super();
    this.#name = name;
    this.#frame = frame;
    this.#unit = unit;
  }

  addRow(row: WatchRow): void {
    const known = row.history.flatMap((point) => {
      const value = readSizeAt(point, this.#unit);
      return value === null ? [] : [{ ts: point.ts, value }];
    });
    const last = known.at(-1);
    if (last === undefined) return;
    const first = known[0]!;
    const hours = (last.ts - first.ts) / 3600;
    const change = hours > 0 ? last.value - first.value : null;
    const { node, variable, entries } = row;
    const bytes = this.#unit === 'bytes' ? row.bytes : null;
    this.add({ node, size: last.value, bytes, entries }, change === null ? null : change / hours, [variable]);
    if (change !== null) this.#change = (this.#change ?? 0) + change;
    this.#addHistory(known);
  }

  /** Nodes do not measure at the same time: what a variable had last counts until it is measured again. */
  #addHistory(known: readonly { readonly ts: number; readonly value: number }[]): void {
    const { end, window } = this.#frame;
    let next = 0;
    let value: number | null = null;
    for (let part = 0; part < HISTORY_PARTS; part++) {
      const until = end - (window * (HISTORY_PARTS - 1 - part)) / HISTORY_PARTS;
      for (; next < known.length && known[next]!.ts <= until; next++) value = known[next]!.value;
      if (value !== null) this.#history[part] = (this.#history[part] ?? 0) + value;
    }
  }

  group(total: number): WatchGroup {
    return { group: this.#name, ...this.describe(total), change: this.#change, history: this.#history };
  }
}

function order({ sort, isReversed }: WatchView, { nodes }: WatchFrame): (a: WatchGroup, b: WatchGroup) => number {
  const resident = new Map(nodes.map(({ node, residentMemory }) => [node, residentMemory]));
  const text = ({ group, largestNode }: WatchGroup) => (sort === 'node' ? largestNode.node : group);
  const number = ({ group, size, change, perHour, entries, variables }: WatchGroup) => {
    if (sort === 'resident') return resident.get(group) ?? null;
    return { size, change, growth: perHour, entries, variables, node: 0, name: 0 }[sort];
  };
  const sign = isReversed ? -1 : 1;
  const byText = (a: WatchGroup, b: WatchGroup) => compareTexts(text(a), text(b)) || compareTexts(a.group, b.group);
  if (sort === 'name' || sort === 'node') return (a, b) => sign * byText(a, b);
  const weight = (group: WatchGroup) => number(group) ?? Number.NEGATIVE_INFINITY;
  return (a, b) => (weight(a) === weight(b) ? byText(a, b) : sign * (weight(b) > weight(a) ? 1 : -1));
}
