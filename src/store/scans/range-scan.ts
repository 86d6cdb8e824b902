/** The range query on rows as they are read: what every run of a piece logged of each variable. `RangeMerge` adds it up. */

import { SAMPLE } from '../../format/log-kind.ts';
import type { RowsHandler } from '../../format/row-reader.ts';
import type { StringPool } from '../../format/string-pool.ts';
import { type KnownRun, RunSet } from '../runs/run-tracker.ts';
import { isOfTurn, NO_TURN, SampleTexts, type Turn, turnToRow } from '../runs/sample-row.ts';
import { LEFT_OUT, NO_SLOT, VariableSlots } from '../runs/variable-slots.ts';
import { type RowChoice, WantedRows } from './wanted-rows.ts';

/** What a piece holds. Names recur on every node, so they are given once. */
export interface RangePart {
  readonly texts: readonly string[];
  readonly nodes: readonly NodePart[];
}

export interface NodePart {
  readonly node: string;
  /** Of each variable in a unit: the places of its name, its module and its unit among the texts. */
  readonly variables: { readonly variable: number; readonly moduleName: number; readonly unit: number }[];
  readonly runs: readonly { readonly run: number; readonly ts: number; readonly cells: Float64Array<ArrayBuffer> }[];
}

/** Stands in the place of a size for a row without one. */
export const UNMEASURED = -1;

interface NodeState {
  readonly name: string;
  /** By how much its clock is ahead, in seconds. */
  readonly offset: number;
  runs: RunSet;
  cellsOf: Map<KnownRun, Float64Array<ArrayBuffer>>;
  readonly variables: NodePart['variables'];
  readonly slots: VariableSlots;
}

/** What the row before had, as read, and where it went. */
interface RangeTurn extends Turn {
  state: NodeState | null;
  known: KnownRun | null;
  cells: Float64Array<ArrayBuffer>;
}

const FEWEST_VARIABLES = 16;

export class RangeScan {
  readonly #pool: StringPool;
  readonly #texts: SampleTexts;
  readonly #nodes: (NodeState | null | undefined)[] = [];
  /** Nodes of a cluster hold much the same: the most variables that any of them has. */
  #mostVariables = FEWEST_VARIABLES;
  readonly #turn: RangeTurn = { ...NO_TURN, state: null, known: null, cells: new Float64Array(0) };
  readonly #wanted: WantedRows;
  #latest = Number.NEGATIVE_INFINITY;

  constructor(choice: RowChoice, pool: StringPool) {
    this.#pool = pool;
    this.#texts = new SampleTexts(pool);
    this.#wanted = new WantedRows(choice);
  }

  readonly rows: RowsHandler = (values, from, stride, count) => {
    const turn = this.#turn;
    const end = from + count * stride;
    for (let at = from; at < end; at += stride) {
      if (!isOfTurn(turn, values, at)) this.#turnTo(values, at);
      const { state } = turn;
      if (state === null) continue;
      const variable = values[at + SAMPLE.variable]!;
      let slot = state.slots.find(variable, turn.unitId);
      if (slot === NO_SLOT) {
        slot = this.#newSlot(state, values, at, turn.unitId);
        state.slots.add(variable, slot);
      }
      if (slot >= 0) putCells(this.#cells(slot), slot, values[at + SAMPLE.size]!, values[at + SAMPLE.entries]!);
    }
  };

  /** What there was since this was last asked for. */
  take(): RangePart {
    const nodes = this.#nodes.flatMap((state) => {
      if (!state || state.cellsOf.size === 0) return [];
      const runs = [...state.cellsOf].map(([{ run, ts }, cells]) => ({ run, ts, cells }));
      state.runs = new RunSet();
      state.cellsOf = new Map();
      return [{ node: state.name, variables: state.variables, runs }];
    });
    this.#turn.ts = Number.NaN;
    return { texts: this.#pool.texts, nodes };
  }

  /** The time of the latest row so far, also of one that is left out. */
  get latest(): number {
    return this.#latest;
  }

  #turnTo(values: Float64Array, at: number): void {
    const turn = this.#turn;
    turnToRow(turn, values, at, this.#texts);
    const { ts } = turn;
    turn.state = null;
    if (ts > this.#latest) this.#latest = ts;
    const node = this.#texts.node(values, at);
    let state = this.#nodes[node];
    if (state === undefined) {
      state = this.#newNode(node);
      this.#nodes[node] = state;
    }
    if (state === null || !this.#wanted.isWithin(ts - state.offset)) return;
    const known = state.runs.at(turn.run, ts);
    let cells = state.cellsOf.get(known);
    if (cells === undefined) {
      cells = blankRun(this.#mostVariables);
      state.cellsOf.set(known, cells);
    }
    turn.state = state;
    turn.known = known;
    turn.cells = cells;
  }

  /** The cells of the row's run, with room for a slot. */
  #cells(slot: number): Float64Array {
    const turn = this.#turn;
    if ((slot + 1) * RUN_COLUMNS > turn.cells.length) {
      turn.cells = blankRun(Math.max(2 * slot, this.#mostVariables), turn.cells);
      turn.state!.cellsOf.set(turn.known!, turn.cells);
    }
    return turn.cells;
  }

  #newNode(node: number): NodeState | null {
    const name = this.#pool.text(node);
    if (!this.#wanted.wantsNode(name)) return null;
    const offset = this.#wanted.offsetOf(name);
    return { name, offset, runs: new RunSet(), cellsOf: new Map(), variables: [], slots: new VariableSlots() };
  }

  #newSlot({ variables }: NodeState, values: Float64Array, at: number, unit: number): number {
    const variable = values[at + SAMPLE.variable]!;
    const moduleName = this.#texts.moduleName(values, at);
    if (!this.#wanted.wantsVariable(this.#pool.text(moduleName), this.#pool.text(variable))) return LEFT_OUT;
    const slot = variables.push({ variable, moduleName, unit }) - 1;
    this.#mostVariables = Math.max(this.#mostVariables, variables.length);
    return slot;
  }
}

/** Puts a row into the cells of its run. Of two rows of one variable the larger one counts, so that copies add nothing. */
export function putCells(cells: Float64Array, slot: number, size: number, entries: number): void {
  const at = slot * RUN_COLUMNS;
  const told = Number.isNaN(size) ? UNMEASURED : size;
  if (!(cells[at]! >= told)) cells[at] = told;
  if (!(cells[at + 1]! >= entries)) cells[at + 1] = entries;
}

/** What the closed runs of a node come to, per group. The numbers of a group stand side by side, so that adding a run  touches each place of memory once and makes no object. */
export interface GroupTotals {
  /** Closed runs so far. */
  runs: number;
  /** `TOTAL_COLUMNS` numbers per group. */
  cells: Float64Array;
}

/** A group's numbers, from `group * TOTAL_COLUMNS` on. Sizes of the first and last run are in those runs' cells. */
export const TOTAL = {
  max: 0,
  sum: 1,
  /** Entries of the last run that had any; NaN if none had. */
  entries: 2,
} as const;
export const TOTAL_COLUMNS = 3;
const FEWEST_GROUPS = 32;

/** What one run holds of each group: its size and its entries, NaN where it logged nothing. */
export const RUN_COLUMNS = 2;

export function emptyTotals(): GroupTotals {
  return { runs: 0, cells: new Float64Array(0) };
}

/** Makes room for a group. */
export function reserveGroup(totals: GroupTotals, group: number): void {
  const before = totals.cells.length;
  if ((group + 1) * TOTAL_COLUMNS <= before) return;
  const groups = Math.max(FEWEST_GROUPS, (before / TOTAL_COLUMNS) * 2, group + 1);
  const cells = new Float64Array(groups * TOTAL_COLUMNS);
  cells.set(totals.cells);
  for (let at = before + TOTAL.entries; at < cells.length; at += TOTAL_COLUMNS) cells[at] = Number.NaN;
  totals.cells = cells;
}

/** Cells of a run without anything logged, for so many groups, the first ones taken from another run. */
export function blankRun(groups: number, from: Float64Array = new Float64Array(0)): Float64Array<ArrayBuffer> {
  const cells = new Float64Array(groups * RUN_COLUMNS).fill(Number.NaN);
  cells.set(from);
  return cells;
}

/** Adds a run of `groups` groups. */
export function addRun(totals: GroupTotals, run: Float64Array, groups: number): void {
  const { cells } = totals;
  for (let group = 0; group < groups; group++) {
    const size = run[group * RUN_COLUMNS]!;
    if (!(size >= 0)) continue;
    const at = group * TOTAL_COLUMNS;
    if (size > cells[at + TOTAL.max]!) cells[at + TOTAL.max] = size;
    cells[at + TOTAL.sum]! += size;
    const entries = run[group * RUN_COLUMNS + 1]!;
    if (entries >= 0) cells[at + TOTAL.entries] = entries;
  }
  totals.runs++;
}
