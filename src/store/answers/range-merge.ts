/** Adds up what the runs of all pieces logged. */

import type { Pivot, RangeGroup, RangeNode, RangeQuery, RangeResult } from '../../model/answers/range.ts';
import type { AgreedTime } from '../../model/clock.ts';
import { readNumber } from '../../model/logged/node-series.ts';
import { describeSetBack } from '../runs/clock-notes.ts';
import type { RunSet } from '../runs/run-tracker.ts';
import { cutStretches, describeSpan, listMisdated } from '../runs/stretches.ts';
import { GroupTotals, type NodeTotals, RUN_COLUMNS, TOTAL, TOTAL_COLUMNS } from '../scans/group-totals.ts';
import type { RangePart } from '../scans/range-scan.ts';
import { type MergedRuns, RunMerge } from './run-merge.ts';

export class RangeMerge {
  readonly #by: Pivot;
  readonly #runs = new RunMerge();
  readonly #totals = new Map<MergedRuns, GroupTotals>();
  readonly #offsets: AgreedTime['offsets'];
  /** What is odd about clocks, one sentence each. */
  readonly notes: string[] = [];

  constructor({ by, offsets = new Map() }: Pick<RangeQuery, 'by' | 'offsets'>) {
    this.#by = by;
    this.#offsets = offsets;
  }

  /** Takes what a piece holds, which is used up. */
  add(part: RangePart): void {
    for (const { of, totals, ids } of this.#runs.add(part)) this.#totalsOf(of).join(totals, ids);
  }

  /** Adds up the runs before a time, of which there are no rows to come: their rows need not be kept. */
  closeBefore(ts: number): void {
    for (const run of this.#runs.takeBefore(ts)) this.#totalsOf(run.of).addRun(run, run.cells, run.of.variables);
  }

  /** Nothing can be added afterwards. Null where runs had been added up of which rows came, or that do not count. */
  result(): RangeResult | null {
    this.#leaveOutMisdated();
    if (this.#runs.isLate) return null;
    this.closeBefore(Number.POSITIVE_INFINITY);
    const all = [...this.#totals].sort(([a], [b]) => (a.node < b.node ? -1 : 1));
    return {
      nodes: all.map(([{ node, runs }, { totals }]) => describeNode(node, runs, totals.runs)),
      groups: all.flatMap(([{ node }, { totals }]) => this.#groupsOf(node, totals)),
    };
  }

  #leaveOutMisdated(): void {
    for (const of of this.#runs.nodes.values()) {
      // A clock that is off in the end was right before it was set.
      if (this.#offsets.has(of.node)) continue;
      const misdated = listMisdated(cutStretches(of.runs.sorted(), () => null));
      for (const run of misdated) this.#runs.leaveOut(of, run);
      if (misdated.length > 0) this.notes.push(describeSetBack(of.node, misdated.length));
    }
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
  const spans = cutStretches(runs.sorted(), () => null).map((stretch) => describeSpan(node, stretch));
  const boots = spans.filter(({ begins }) => begins === 'first' || begins === 'restart').length;
  return { node, runs: count, boots, spans };
}

/** A run in which nothing of a group was logged counts 0. */
function sizeIn(run: Float64Array, group: number): number {
  const size = run[group * RUN_COLUMNS];
  return size !== undefined && size >= 0 ? size : 0;
}
