/**
 * The range query on rows as they are read: what every run of a piece logged of each variable. Runs in the middle of a piece,
 * of which no other piece of a log in order has rows, are added up at once; `RangeMerge` adds up the others, and notices
 * where that was too early.
 */

import { SAMPLE } from '../../format/log-kind.ts';
import type { RowsHandler } from '../../format/row-reader.ts';
import type { StringPool } from '../../format/string-pool.ts';
import type { Pivot } from '../../model/answers/range.ts';
import { DISORDER, type KnownRun, RunSet } from '../runs/run-tracker.ts';
import { isOfTurn, NO_TURN, SampleTexts, type Turn, turnToRow } from '../runs/sample-row.ts';
import { LEFT_OUT, NO_SLOT, VariableSlots } from '../runs/variable-slots.ts';
import {
  blankRun,
  GroupTotals,
  type LoggedVariable,
  type NodeTotals,
  RUN_COLUMNS,
  UNMEASURED,
} from './group-totals.ts';
import { type RowChoice, WantedRows } from './wanted-rows.ts';

/** What a piece holds. Names recur on every node, so they are given once. */
export interface RangePart {
  readonly texts: readonly string[];
  readonly nodes: readonly NodePart[];
  /** True where rows came of runs that had been added up. */
  readonly isLate: boolean;
}

export interface NodePart {
  readonly node: string;
  /** Each variable in a unit: `NAME_COLUMNS` places among the texts. */
  readonly names: Int32Array<ArrayBuffer>;
  readonly runs: readonly { readonly run: number; readonly ts: number; readonly cells: Float64Array<ArrayBuffer> }[];
  /** Counters and times of those that were added up, and what they come to. */
  readonly scanned: { readonly run: Float64Array<ArrayBuffer>; readonly ts: Float64Array<ArrayBuffer> };
  readonly totals: NodeTotals | null;
}

interface NodeState {
  readonly name: string;
  /** By how much its clock is ahead, in seconds. */
  readonly offset: number;
  runs: RunSet;
  cellsOf: Map<KnownRun, Float64Array<ArrayBuffer>>;
  readonly variables: LoggedVariable[];
  readonly slots: VariableSlots;
  readonly scanned: Set<KnownRun>;
  readonly totals: GroupTotals | null;
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
  readonly #by: Pivot | null;
  #latest = Number.NEGATIVE_INFINITY;
  /** When all pieces have begun, how far the rows of each have come, and the one that is read, as the clocks of most have it. */
  #began = Number.NEGATIVE_INFINITY;
  readonly #reached: number[] = [];
  #piece = 0;
  /** From when on there are runs to add up. */
  #addsUpAt = Number.NEGATIVE_INFINITY;
  readonly #free: Float64Array<ArrayBuffer>[] = [];
  #isLate = false;

  /** @param by by what runs in the middle of the piece are added up; null where all are to be given as they are */
  constructor(choice: RowChoice, pool: StringPool, by: Pivot | null) {
    this.#pool = pool;
    this.#by = by;
    this.#texts = new SampleTexts(pool);
    this.#wanted = new WantedRows(choice);
  }

  /** Takes the rows of one of the pieces that are read side by side; to be asked for each before any is read. */
  rowsOfPiece(): RowsHandler {
    const piece = this.#reached.push(Number.NEGATIVE_INFINITY) - 1;
    return (values, from, stride, count) => {
      this.#piece = piece;
      this.#read(values, from, stride, count);
    };
  }

  /** Which of the pieces has come least far. */
  findBehind(pieces: readonly number[]): number {
    return pieces.reduce((a, b) => (this.#reached[b]! < this.#reached[a]! ? b : a));
  }

  /** What there was since this was last asked for. */
  take(): RangePart {
    const nodes = this.#nodes.flatMap((state): NodePart[] => {
      if (!state || state.cellsOf.size + state.scanned.size === 0) return [];
      const { name: node, variables, scanned, totals } = state;
      const runs = [...state.cellsOf].map(([{ run, ts }, cells]) => ({ run, ts, cells }));
      const added = {
        run: Float64Array.from(scanned, ({ run }) => run),
        ts: Float64Array.from(scanned, ({ ts }) => ts),
      };
      const names = Int32Array.from(
        variables.flatMap(({ variable, moduleName, unit }) => [variable, moduleName, unit]),
      );
      state.runs = new RunSet();
      state.cellsOf = new Map();
      return [{ node, names, runs, scanned: added, totals: totals?.totals ?? null }];
    });
    this.#turn.ts = Number.NaN;
    return { texts: this.#pool.texts, nodes, isLate: this.#isLate };
  }

  /** The time of the latest row so far, also of one that is left out. */
  get latest(): number {
    return this.#latest;
  }

  #read(values: Float64Array, from: number, stride: number, count: number): void {
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
    if (ts - state.offset > this.#reached[this.#piece]!) this.#reach(ts - state.offset);
    const known = state.runs.at(turn.run, ts);
    let cells = state.cellsOf.get(known);
    if (cells === undefined) {
      if (state.scanned.has(known)) this.#isLate = true;
      cells = this.#free.pop()?.fill(Number.NaN) ?? blankRun(this.#mostVariables);
      state.cellsOf.set(known, cells);
    }
    turn.state = state;
    turn.known = known;
    turn.cells = cells;
  }

  /** Notes how far the rows have come, and adds up the runs that are near neither end of a piece. */
  #reach(ts: number): void {
    if (this.#reached[this.#piece] === Number.NEGATIVE_INFINITY) this.#began = Math.max(this.#began, ts);
    this.#reached[this.#piece] = ts;
    if (this.#by === null || ts < this.#addsUpAt) return;
    this.#addsUpAt = ts + DISORDER;
    const [from, to] = [this.#began + DISORDER, Math.min(...this.#reached) - DISORDER];
    if (to > from) for (const state of this.#nodes) if (state?.totals) this.#addUp(state, state.totals, from, to);
  }

  #addUp({ offset, cellsOf, scanned, variables }: NodeState, totals: GroupTotals, from: number, to: number): void {
    for (const [known, cells] of cellsOf) {
      const ts = known.ts - offset;
      if (ts < from || ts > to) continue;
      totals.addRun(known, cells, variables);
      scanned.add(known);
      cellsOf.delete(known);
      this.#free.push(cells);
    }
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
    const totals = this.#by === null ? null : new GroupTotals(this.#by, name, this.#pool);
    const runs = { runs: new RunSet(), cellsOf: new Map(), scanned: new Set<KnownRun>() };
    return { name, offset, ...runs, variables: [], slots: new VariableSlots(), totals };
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
