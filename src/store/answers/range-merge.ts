/** Adds up what the runs of all pieces logged. */

import type { RangeGroup, RangeNode, RangeQuery, RangeResult } from '../../model/answers/range.ts';
import { numberOrNull } from '../../model/logged/node-series.ts';
import type { RunSet } from '../runs/run-tracker.ts';
import { stretchesOf } from '../runs/stretches.ts';
import { NO_SLOT, VariableSlots } from '../runs/variable-slots.ts';
import {
  addRun,
  blankRun,
  emptyTotals,
  type GroupTotals,
  type RangePart,
  RUN_COLUMNS,
  reserveGroup,
  TOTAL,
  TOTAL_COLUMNS,
  UNMEASURED,
} from '../scans/range-scan.ts';
import { type MergedRuns, RunMerge, type WholeRun } from './run-merge.ts';

interface Group {
  readonly key: number;
  readonly unit: number;
  readonly variables: Set<number>;
  unmeasured: number;
}

/** What the runs of a node come to. */
interface NodeTotals {
  /** The number of each variable's group. */
  readonly groupOf: number[];
  readonly groups: Group[];
  readonly groupSlots: VariableSlots;
  /** The first run and the last: `RUN_COLUMNS` numbers per group. */
  readonly totals: GroupTotals;
  first: Float64Array | null;
  last: Float64Array;
}

export class RangeMerge {
  readonly #by: RangeQuery['by'];
  readonly #runs = new RunMerge();
  readonly #totals = new Map<MergedRuns, NodeTotals>();

  constructor(by: RangeQuery['by']) {
    this.#by = by;
  }

  /** Takes what a piece holds, which is used up. */
  add(part: RangePart): void {
    this.#runs.add(part);
  }

  /** Adds up the runs before a time, of which there are no rows to come: their rows need not be kept. */
  closeBefore(ts: number): void {
    for (const run of this.#runs.takeBefore(ts)) this.#addRun(run);
  }

  /** Nothing can be added afterwards. Null where rows came of runs that had been closed. */
  result(): RangeResult | null {
    if (this.#runs.isLate) return null;
    this.closeBefore(Number.POSITIVE_INFINITY);
    const all = [...this.#totals].sort(([a], [b]) => (a.node < b.node ? -1 : 1));
    return {
      nodes: all.map(([{ node, runs }, { totals }]) => nodeOf(node, runs, totals)),
      groups: all.flatMap(([{ node }, totals]) => this.#groupsOf(node, totals)),
    };
  }

  #groupsOf(node: string, { groups, totals, first, last }: NodeTotals): RangeGroup[] {
    const { texts } = this.#runs;
    const named = groups.map(({ key, unit, variables, unmeasured }, group): RangeGroup => {
      const total = (column: number) => totals.cells[group * TOTAL_COLUMNS + column]!;
      return {
        node,
        key: texts.text(key),
        unit: texts.text(unit),
        first: sizeIn(first!, group),
        last: sizeIn(last, group),
        max: total(TOTAL.max),
        mean: total(TOTAL.sum) / totals.runs,
        entries: numberOrNull(total(TOTAL.entries)),
        variables: Array.from(variables, (id) => texts.text(id)).sort(),
        unmeasured,
      };
    });
    return named.sort((a, b) => (a.key === b.key ? (a.unit < b.unit ? -1 : 1) : a.key < b.key ? -1 : 1));
  }

  #addRun({ of, cells }: WholeRun): void {
    const node = this.#totalsOf(of);
    const { groups, groupOf, totals } = node;
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
    node.first ??= sums;
    node.last = sums;
  }

  /** With a group for every variable that was met. */
  #totalsOf(of: MergedRuns): NodeTotals {
    let node = this.#totals.get(of);
    if (node === undefined) {
      const none = { groupOf: [], groups: [], groupSlots: new VariableSlots() };
      node = { ...none, totals: emptyTotals(), first: null, last: new Float64Array(0) };
      this.#totals.set(of, node);
    }
    for (let number = node.groupOf.length; number < of.variables.length; number++) {
      const { variable, moduleName, unit } = of.variables[number]!;
      const key =
        this.#by === 'module' ? moduleName : this.#by === 'variable' ? variable : this.#runs.texts.id(of.node);
      node.groupOf.push(groupOf(node, key, unit, variable));
    }
    return node;
  }
}

function groupOf({ groups, groupSlots, totals }: NodeTotals, key: number, unit: number, variable: number): number {
  let group = groupSlots.find(key, unit);
  if (group === NO_SLOT) {
    group = groups.push({ key, unit, variables: new Set(), unmeasured: 0 }) - 1;
    groupSlots.add(key, group);
    reserveGroup(totals, group);
  }
  groups[group]!.variables.add(variable);
  return group;
}

function nodeOf(node: string, runs: RunSet, totals: GroupTotals): RangeNode {
  const sorted = runs.sorted();
  const starts = stretchesOf(sorted, () => null).filter(({ begins }) => begins === 'first' || begins === 'restart');
  return { node, runs: totals.runs, boots: starts.length, firstTs: sorted[0]!.ts, lastTs: sorted.at(-1)!.ts };
}

/** A run in which nothing of a group was logged counts 0. */
function sizeIn(run: Float64Array, group: number): number {
  const size = run[group * RUN_COLUMNS];
  return size !== undefined && size >= 0 ? size : 0;
}
