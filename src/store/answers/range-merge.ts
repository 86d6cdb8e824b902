/** Adds up what the runs of all pieces logged, however the logs were dealt out, cut, sorted or copied. */

import { StringPool } from '../../format/string-pool.ts';
import type { RangeGroup, RangeNode, RangeQuery, RangeResult } from '../../model/range.ts';
import { numberOrNull } from '../../model/unset.ts';
import { type KnownRun, RunSet } from '../runs/run-tracker.ts';
import { stretchesOf } from '../runs/stretches.ts';
import { NO_SLOT, VariableSlots } from '../runs/variable-slots.ts';
import {
  addRun,
  blankRun,
  emptyTotals,
  type GroupTotals,
  RUN_COLUMNS,
  reserveGroup,
  TOTAL,
  TOTAL_COLUMNS,
} from '../scans/group-totals.ts';
import { type NodePart, putCells, type RangePart, UNMEASURED } from '../scans/range-scan.ts';

interface Group {
  readonly key: number;
  readonly unit: number;
  readonly variables: Set<number>;
  unmeasured: number;
}

interface MergedNode {
  readonly node: string;
  readonly runs: RunSet;
  /** What the runs logged that may yet have rows, by variable. */
  readonly open: Map<KnownRun, Float64Array>;
  /** A variable's number by its name and unit, and the number of its group. */
  readonly variables: VariableSlots;
  readonly groupOf: number[];
  readonly groups: Group[];
  readonly groupSlots: VariableSlots;
  /** What the closed runs come to, and the first and the last of them: `RUN_COLUMNS` numbers per group. */
  readonly totals: GroupTotals;
  first: Float64Array | null;
  last: Float64Array;
}

export class RangeMerge {
  readonly #by: RangeQuery['by'];
  readonly #nodes = new Map<string, MergedNode>();
  readonly #texts = new StringPool();
  #closedBefore = Number.NEGATIVE_INFINITY;
  #isLate = false;

  constructor(by: RangeQuery['by']) {
    this.#by = by;
  }

  /** Takes what a piece holds, which is used up. */
  add({ texts, nodes }: RangePart): void {
    const ids = texts.map((text) => this.#texts.id(text));
    for (const part of nodes) this.#addPart(part, ids);
  }

  /** Adds up the runs before a time, of which there are no rows to come: their rows need not be kept. */
  closeBefore(ts: number): void {
    if (ts <= this.#closedBefore) return;
    for (const node of this.#nodes.values()) closeRuns(node, ts);
    this.#closedBefore = ts;
  }

  /** Nothing can be added afterwards. Null where rows came of runs that had been closed. */
  result(): RangeResult | null {
    if (this.#isLate) return null;
    this.closeBefore(Number.POSITIVE_INFINITY);
    const all = [...this.#nodes.values()].sort((a, b) => (a.node < b.node ? -1 : 1));
    return { nodes: all.map(nodeOf), groups: all.flatMap((node) => this.#groupsOf(node)) };
  }

  #groupsOf({ node, groups, totals, first, last }: MergedNode): RangeGroup[] {
    const named = groups.map(({ key, unit, variables, unmeasured }, group): RangeGroup => {
      const total = (column: number) => totals.cells[group * TOTAL_COLUMNS + column]!;
      return {
        node,
        key: this.#texts.text(key),
        unit: this.#texts.text(unit),
        first: sizeIn(first!, group),
        last: sizeIn(last, group),
        max: total(TOTAL.max),
        mean: total(TOTAL.sum) / totals.runs,
        entries: numberOrNull(total(TOTAL.entries)),
        variables: Array.from(variables, (id) => this.#texts.text(id)).sort(),
        unmeasured,
      };
    });
    return named.sort((a, b) => (a.key === b.key ? (a.unit < b.unit ? -1 : 1) : a.key < b.key ? -1 : 1));
  }

  /** @param ids of the part's texts here */
  #addPart({ node, variables, runs }: NodePart, ids: readonly number[]): void {
    let merged = this.#nodes.get(node);
    if (merged === undefined) {
      merged = emptyNode(node);
      this.#nodes.set(node, merged);
    }
    const numbers = variables.map(({ variable, moduleName, unit }) =>
      this.#numberOf(merged, ids[variable]!, ids[moduleName]!, ids[unit]!),
    );
    const inOrder = numbers.every((number, slot) => number === slot);
    for (const { run, ts, cells } of runs) {
      if (ts < this.#closedBefore) this.#isLate = true;
      const known = merged.runs.at(run, ts);
      const before = merged.open.get(known);
      if (before === undefined && inOrder) merged.open.set(known, cells);
      else merged.open.set(known, joinedCells(before, cells, numbers, merged.groupOf.length));
    }
  }

  #numberOf(merged: MergedNode, variable: number, moduleName: number, unit: number): number {
    const known = merged.variables.find(variable, unit);
    if (known !== NO_SLOT) return known;
    const key = this.#by === 'module' ? moduleName : this.#by === 'variable' ? variable : this.#texts.id(merged.node);
    let group = merged.groupSlots.find(key, unit);
    if (group === NO_SLOT) {
      group = merged.groups.push({ key, unit, variables: new Set(), unmeasured: 0 }) - 1;
      merged.groupSlots.add(key, group);
      reserveGroup(merged.totals, group);
    }
    merged.groups[group]!.variables.add(variable);
    const number = merged.groupOf.push(group) - 1;
    merged.variables.add(variable, number);
    return number;
  }
}

function emptyNode(node: string): MergedNode {
  return {
    node,
    runs: new RunSet(),
    open: new Map(),
    variables: new VariableSlots(),
    groupOf: [],
    groups: [],
    groupSlots: new VariableSlots(),
    totals: emptyTotals(),
    first: null,
    last: new Float64Array(0),
  };
}

function nodeOf({ node, runs, totals }: MergedNode): RangeNode {
  const sorted = runs.sorted();
  const starts = stretchesOf(sorted, () => null).filter(({ begins }) => begins === 'first' || begins === 'restart');
  return { node, runs: totals.runs, boots: starts.length, firstTs: sorted[0]!.ts, lastTs: sorted.at(-1)!.ts };
}

/** A run in which nothing of a group was logged counts 0. */
function sizeIn(run: Float64Array, group: number): number {
  const size = run[group * RUN_COLUMNS];
  return size !== undefined && size >= 0 ? size : 0;
}

/** @param numbers of the variables here, by their slots in `more` */
function joinedCells(
  cells: Float64Array | undefined,
  more: Float64Array,
  numbers: readonly number[],
  variables: number,
): Float64Array {
  const joined = cells !== undefined && cells.length >= variables * RUN_COLUMNS ? cells : blankRun(variables, cells);
  numbers.forEach((number, slot) => {
    const size = more[slot * RUN_COLUMNS];
    if (size === undefined || Number.isNaN(size)) return;
    putCells(joined, number, size, more[slot * RUN_COLUMNS + 1]!);
  });
  return joined;
}

/** Adds up a node's runs before a time, in the order of theirs. */
function closeRuns(merged: MergedNode, before: number): void {
  const { open, groups, groupOf, totals } = merged;
  const ready = [...open.keys()].filter(({ ts }) => ts < before).sort((a, b) => a.ts - b.ts || a.run - b.run);
  for (const run of ready) {
    const cells = open.get(run)!;
    open.delete(run);
    const sums = blankRun(groups.length);
    for (let variable = 0; variable * RUN_COLUMNS < cells.length && variable < groupOf.length; variable++) {
      const size = cells[variable * RUN_COLUMNS]!;
      if (Number.isNaN(size)) continue;
      const group = groupOf[variable]!;
      if (size === UNMEASURED) groups[group]!.unmeasured++;
      const at = group * RUN_COLUMNS;
      sums[at] = (sums[at]! || 0) + Math.max(0, size);
      const entries = cells[variable * RUN_COLUMNS + 1]!;
      if (entries >= 0) sums[at + 1] = (sums[at + 1]! || 0) + entries;
    }
    addRun(totals, sums, groups.length);
    merged.first ??= sums;
    merged.last = sums;
  }
}
