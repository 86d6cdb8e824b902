/**
 * What the runs of a node come to, per group of its variables. The numbers of a group stand side by side, so that adding a
 * run touches each place of memory once and makes no object. Runs may be added in any order, each once.
 */

import type { StringPool } from '../../format/string-pool.ts';
import type { Pivot } from '../../model/answers/range.ts';
import type { KnownRun } from '../runs/run-tracker.ts';
import { NO_SLOT, VariableSlots } from '../runs/variable-slots.ts';

/** A variable in a unit, by the places of its name, its module and its unit among the texts. */
export interface LoggedVariable {
  readonly variable: number;
  readonly moduleName: number;
  readonly unit: number;
}

/** What one run holds of each variable or group: its size and its entries, NaN where it logged nothing. */
export const RUN_COLUMNS = 2;

/** Stands in the place of a size for a row without one. */
export const UNMEASURED = -1;

/** A group's numbers, from `group * TOTAL_COLUMNS` on. */
export const TOTAL = {
  max: 0,
  sum: 1,
  /** Entries of the last run that had any, NaN if none had, and when that was. */
  entries: 2,
  entriesTs: 3,
} as const;
export const TOTAL_COLUMNS = 4;
const FEWEST_GROUPS = 32;

interface TotalGroup {
  /** The places of the pivot's value and of the unit among the texts. */
  readonly key: number;
  readonly unit: number;
  /** Those that were logged, by the places of their names. */
  readonly variables: Set<number>;
  /** Rows without a size. */
  unmeasured: number;
}

interface RunTotals extends KnownRun {
  /** `RUN_COLUMNS` numbers per group there was by then. */
  readonly sums: Float64Array<ArrayBuffer>;
}

/** Plain data, so that a thread can send it. */
export interface NodeTotals {
  runs: number;
  readonly groups: TotalGroup[];
  cells: Float64Array<ArrayBuffer>;
  first: RunTotals | null;
  last: RunTotals | null;
}

export class GroupTotals {
  readonly totals: NodeTotals = { runs: 0, groups: [], cells: new Float64Array(0), first: null, last: null };
  readonly #keyOf: (variable: LoggedVariable) => number;
  readonly #slots = new VariableSlots();
  /** The group of each variable of the node. */
  readonly #groupOf: number[] = [];
  #sums: Float64Array<ArrayBuffer> = new Float64Array(0);

  /** @param texts those that the variables' names are among */
  constructor(by: Pivot, node: string, texts: StringPool) {
    const nodeKey = by === 'node' ? texts.id(node) : 0;
    this.#keyOf = ({ variable, moduleName }) => (by === 'module' ? moduleName : by === 'variable' ? variable : nodeKey);
  }

  /**
   * Adds a run.
   *
   * @param cells `RUN_COLUMNS` numbers for each of the node's variables, as far as it has any
   * @param variables all of the node's so far, which are only added to
   */
  addRun({ run, ts }: KnownRun, cells: Float64Array, variables: readonly LoggedVariable[]): void {
    this.#placeVariables(variables);
    const { totals } = this;
    const sums = this.#sumsOf(cells, variables.length);
    for (let group = 0; group < totals.groups.length; group++) {
      const size = sums[group * RUN_COLUMNS]!;
      if (!(size >= 0)) continue;
      const at = group * TOTAL_COLUMNS;
      if (size > totals.cells[at + TOTAL.max]!) totals.cells[at + TOTAL.max] = size;
      totals.cells[at + TOTAL.sum]! += size;
      this.#putEntries(at, sums[group * RUN_COLUMNS + 1]!, ts);
    }
    totals.runs++;
    const one = { run, ts, sums };
    if (totals.first === null || isEarlier(one, totals.first)) totals.first = { run, ts, sums: sums.slice() };
    if (totals.last === null || isEarlier(totals.last, one)) totals.last = copyInto(totals.last, one);
  }

  /** @param ids of the texts of `more` here */
  join(more: NodeTotals, ids: readonly number[]): void {
    const { totals } = this;
    const numbers = more.groups.map(({ key, unit }) => this.#groupWith(ids[key]!, ids[unit]!));
    numbers.forEach((group, theirs) => {
      const { variables, unmeasured } = more.groups[theirs]!;
      const ours = totals.groups[group]!;
      for (const variable of variables) ours.variables.add(ids[variable]!);
      ours.unmeasured += unmeasured;
      const [at, from] = [group * TOTAL_COLUMNS, theirs * TOTAL_COLUMNS];
      totals.cells[at + TOTAL.max] = Math.max(totals.cells[at + TOTAL.max]!, more.cells[from + TOTAL.max]!);
      totals.cells[at + TOTAL.sum]! += more.cells[from + TOTAL.sum]!;
      this.#putEntries(at, more.cells[from + TOTAL.entries]!, more.cells[from + TOTAL.entriesTs]!);
    });
    totals.runs += more.runs;
    const renumbered = ({ run, ts, sums }: RunTotals): RunTotals => {
      const here = blankRun(totals.groups.length);
      numbers.forEach((group, theirs) => {
        here.set(sums.subarray(theirs * RUN_COLUMNS, (theirs + 1) * RUN_COLUMNS), group * RUN_COLUMNS);
      });
      return { run, ts, sums: here };
    };
    const { first, last } = totals;
    if (more.first !== null && (first === null || isEarlier(more.first, first))) totals.first = renumbered(more.first);
    if (more.last !== null && (last === null || isEarlier(last, more.last))) totals.last = renumbered(more.last);
  }

  /** The run's sums by group; their memory serves the next run. */
  #sumsOf(cells: Float64Array, variables: number): Float64Array<ArrayBuffer> {
    const { groups } = this.totals;
    if (this.#sums.length !== groups.length * RUN_COLUMNS) this.#sums = blankRun(groups.length);
    const sums = this.#sums.fill(Number.NaN);
    for (let variable = 0; variable * RUN_COLUMNS < cells.length && variable < variables; variable++) {
      const size = cells[variable * RUN_COLUMNS]!;
      if (Number.isNaN(size)) continue;
      const group = this.#groupOf[variable]!;
      if (size === UNMEASURED) groups[group]!.unmeasured++;
      const at = group * RUN_COLUMNS;
      sums[at] = (sums[at]! || 0) + Math.max(0, size);
      const entries = cells[variable * RUN_COLUMNS + 1]!;
      if (entries >= 0) sums[at + 1] = (sums[at + 1]! || 0) + entries;
    }
    return sums;
  }

  #putEntries(at: number, entries: number, ts: number): void {
    const { cells } = this.totals;
    if (!(entries >= 0) || cells[at + TOTAL.entriesTs]! > ts) return;
    cells[at + TOTAL.entries] = entries;
    cells[at + TOTAL.entriesTs] = ts;
  }

  /** With a group for each of them. */
  #placeVariables(variables: readonly LoggedVariable[]): void {
    for (let number = this.#groupOf.length; number < variables.length; number++) {
      const variable = variables[number]!;
      const group = this.#groupWith(this.#keyOf(variable), variable.unit);
      this.#groupOf.push(group);
      this.totals.groups[group]!.variables.add(variable.variable);
    }
  }

  #groupWith(key: number, unit: number): number {
    const known = this.#slots.find(key, unit);
    if (known !== NO_SLOT) return known;
    const { totals } = this;
    const group = totals.groups.push({ key, unit, variables: new Set(), unmeasured: 0 }) - 1;
    this.#slots.add(key, group);
    if ((group + 1) * TOTAL_COLUMNS > totals.cells.length) totals.cells = withRoom(totals.cells);
    return group;
  }
}

function isEarlier(one: KnownRun, other: KnownRun): boolean {
  return one.ts < other.ts || (one.ts === other.ts && one.run < other.run);
}

/** A copy of a run's totals, in the memory of those of an earlier one where these are as many. */
function copyInto(earlier: RunTotals | null, { run, ts, sums }: RunTotals): RunTotals {
  if (earlier?.sums.length !== sums.length) return { run, ts, sums: sums.slice() };
  earlier.sums.set(sums);
  return { run, ts, sums: earlier.sums };
}

function withRoom(before: Float64Array): Float64Array<ArrayBuffer> {
  const cells = new Float64Array(Math.max(FEWEST_GROUPS * TOTAL_COLUMNS, before.length * 2));
  cells.set(before);
  for (let at = before.length + TOTAL.entries; at < cells.length; at += TOTAL_COLUMNS) cells[at] = Number.NaN;
  return cells;
}

/** Cells of a run without anything logged, for so many variables or groups, the first ones taken from another run. */
export function blankRun(groups: number, from: Float64Array = new Float64Array(0)): Float64Array<ArrayBuffer> {
  const cells = new Float64Array(groups * RUN_COLUMNS).fill(Number.NaN);
  cells.set(from);
  return cells;
}
