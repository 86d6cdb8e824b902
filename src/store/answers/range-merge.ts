/** Adds up what the runs of all pieces logged. */

import type { Pivot, RangeGroup, RangeNode, RangeResult } from '../../model/answers/range.ts';
import { readNumber } from '../../model/logged/node-series.ts';
import type { RunSet } from '../runs/run-tracker.ts';
import { cutStretches } from '../runs/stretches.ts';
import { GroupTotals, type NodeTotals, RUN_COLUMNS, TOTAL, TOTAL_COLUMNS } from '../scans/group-totals.ts';
import type { RangePart } from '../scans/range-scan.ts';
import { type MergedRuns, RunMerge } from './run-merge.ts';

export class RangeMerge {
  readonly #by: Pivot;
  readonly #runs = new RunMerge();
  readonly #totals = new Map<MergedRuns, GroupTotals>();

  constructor(by: Pivot) {
    this.#by = by;
  }

  /** Takes what a piece holds, which is used up. */
  add(part: RangePart): void {
    for (const { of, totals, ids } of this.#runs.add(part)) this.#totalsOf(of).join(totals, ids);
  }

  /** Adds up the runs before a time, of which there are no rows to come: their rows need not be kept. */
  closeBefore(ts: number): void {
    for (const run of this.#runs.takeBefore(ts)) this.#totalsOf(run.of).addRun(run, run.cells, run.of.variables);
  }

  /** Nothing can be added afterwards. Null where rows came of runs that had been added up. */
  result(): RangeResult | null {
    if (this.#runs.isLate) return null;
    this.closeBefore(Number.POSITIVE_INFINITY);
    const all = [...this.#totals].sort(([a], [b]) => (a.node < b.node ? -1 : 1));
    return {
      nodes: all.map(([{ node, runs }, { totals }]) => describeNode(node, runs, totals.runs)),
      groups: all.flatMap(([{ node }, { totals }]) => this.#groupsOf(node, totals)),
    };
  }

  #groupsOf(node: string, { runs, groups, cells, first, last }: NodeTotals): RangeGroup[] {
    const { texts } = this.#runs;
    const named = groups.map(({ key, unit, variables, unmeasured }, group): RangeGroup => {
      const total = (column: number) => cells[group * TOTAL_COLUMNS + column]!;
      return {
        node,
        key: texts.text(key),
        unit: texts.text(unit),
        first: sizeIn(first!.sums, group),
        last: sizeIn(last!.sums, group),
        max: total(TOTAL.max),
        mean: total(TOTAL.sum) / runs,
        entries: readNumber(total(TOTAL.entries)),
        variables: Array.from(variables, (id) => texts.text(id)).sort(),
        unmeasured,
      };
    });
    return named.sort((a, b) => (a.key === b.key ? (a.unit < b.unit ? -1 : 1) : a.key < b.key ? -1 : 1));
  }

  #totalsOf(of: MergedRuns): GroupTotals {
    let totals = this.#totals.get(of);
    if (totals === undefined) {
      totals = new GroupTotals(this.#by, of.node, this.#runs.texts);
      this.#totals.set(of, totals);
    }
    return totals;
  }
}

function describeNode(node: string, runs: RunSet, count: number): RangeNode {
  const sorted = runs.sorted();
  const starts = cutStretches(sorted, () => null).filter(({ begins }) => begins === 'first' || begins === 'restart');
  return { node, runs: count, boots: starts.length, firstTs: sorted[0]!.ts, lastTs: sorted.at(-1)!.ts };
}

/** A run in which nothing of a group was logged counts 0. */
function sizeIn(run: Float64Array, group: number): number {
  const size = run[group * RUN_COLUMNS];
  return size !== undefined && size >= 0 ? size : 0;
}
