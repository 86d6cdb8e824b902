/** Puts the rows of runs together from all pieces, however the logs were dealt out, cut, sorted or copied. */

import { StringPool } from '../../format/string-pool.ts';
import { type KnownRun, RunSet } from '../runs/run-tracker.ts';
import { NAME_COLUMNS } from '../runs/segment.ts';
import { NO_SLOT, VariableSlots } from '../runs/variable-slots.ts';
import { blankRun, type LoggedVariable, type NodeTotals, RUN_COLUMNS } from '../scans/group-totals.ts';
import { type NodePart, putCells, type RangePart } from '../scans/range-scan.ts';

export interface MergedRuns {
  readonly node: string;
  /** All that were met. */
  readonly runs: RunSet;
  /** Each of its variables in a unit has a number; their texts are those of the merge. */
  readonly variables: LoggedVariable[];
  readonly numbers: VariableSlots;
  /** What the runs logged that may yet have rows: `RUN_COLUMNS` numbers per variable. */
  readonly open: Map<KnownRun, Float64Array>;
}

/** What runs that no other piece has rows of come to. */
interface ScannedTotals {
  readonly of: MergedRuns;
  readonly totals: NodeTotals;
  /** Of the texts of the totals, those of the merge. */
  readonly ids: readonly number[];
}

/** A run of which no more rows are to come. */
export interface WholeRun extends KnownRun {
  readonly of: MergedRuns;
  readonly cells: Float64Array;
}

export class RunMerge {
  readonly texts = new StringPool();
  readonly nodes = new Map<string, MergedRuns>();
  /** Those that a scan has added up. */
  readonly #scanned = new Set<KnownRun>();
  #takenBefore = Number.NEGATIVE_INFINITY;
  #isLate = false;

  /** True where rows came of runs that should have had all of theirs. */
  get isLate(): boolean {
    return this.#isLate;
  }

  /** Takes what a piece holds, which is used up, but for what its scan has added up. */
  add({ texts, nodes, isLate }: RangePart): ScannedTotals[] {
    if (isLate) this.#isLate = true;
    const ids = texts.map((text) => this.texts.id(text));
    return nodes.flatMap((part) => {
      const of = this.#addPart(part, ids);
      return part.totals === null ? [] : [{ of, totals: part.totals, ids }];
    });
  }

  /** Gives the runs before a time away, of which there are no rows to come, in the order of time and nodes. */
  takeBefore(ts: number): WholeRun[] {
    if (ts <= this.#takenBefore) return [];
    this.#takenBefore = ts;
    const whole: { key: KnownRun; run: WholeRun }[] = [];
    for (const of of this.nodes.values())
      for (const [key, cells] of of.open) if (key.ts < ts) whole.push({ key, run: { ...key, of, cells } });
    for (const { key, run } of whole) run.of.open.delete(key);
    const runs = whole.map(({ run }) => run);
    return runs.sort(
      (a, b) => a.ts - b.ts || (a.of.node < b.of.node ? -1 : Number(a.of.node > b.of.node)) || a.run - b.run,
    );
  }

  /** Leaves a run out; where it has been given away, or was added up by a scan, that is too late. */
  leaveOut(of: MergedRuns, run: KnownRun): void {
    if (!of.open.delete(run)) this.#isLate = true;
    of.runs.forget(run);
  }

  /** @param ids of the part's texts here */
  #addPart({ node, names, runs, scanned }: NodePart, ids: readonly number[]): MergedRuns {
    let known = this.nodes.get(node);
    if (known === undefined) {
      known = { node, runs: new RunSet(), variables: [], numbers: new VariableSlots(), open: new Map() };
      this.nodes.set(node, known);
    }
    const of = known;
    const numbers = Array.from({ length: names.length / NAME_COLUMNS }, (_, slot) => {
      const [variable, moduleName, unit] = names.subarray(slot * NAME_COLUMNS);
      return findNumber(of, ids[variable!]!, ids[moduleName!]!, ids[unit!]!);
    });
    const inOrder = numbers.every((number, slot) => number === slot);
    scanned.run.forEach((run, i) => {
      const before = of.runs.size;
      this.#scanned.add(of.runs.at(run, scanned.ts[i]!));
      if (of.runs.size === before) this.#isLate = true;
    });
    for (const { run, ts, cells } of runs) {
      const one = of.runs.at(run, ts);
      if (ts < this.#takenBefore || this.#scanned.has(one)) this.#isLate = true;
      const before = of.open.get(one);
      if (before === undefined && inOrder) of.open.set(one, cells);
      else of.open.set(one, joinedCells(before, cells, numbers, of.variables.length));
    }
    return of;
  }
}

function findNumber({ numbers, variables }: MergedRuns, variable: number, moduleName: number, unit: number): number {
  const known = numbers.find(variable, unit);
  if (known !== NO_SLOT) return known;
  const number = variables.push({ variable, moduleName, unit }) - 1;
  numbers.add(variable, number);
  return number;
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
