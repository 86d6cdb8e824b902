/**
 * The range query on rows as they are read: totals per run, and what the runs come to.
 *
 * Pieces of a log are scanned apart, so a run may be cut at their border. Each piece therefore gives, per node, its
 * first run and its last run open, and the runs between them closed; `RangeMerge` joins them in order.
 */

import { SAMPLE } from '../format/log-kind.ts';
import type { RowsHandler } from '../format/row-reader.ts';
import type { StringPool } from '../format/string-pool.ts';
import { nameMatcher } from '../model/name-filter.ts';
import type { RangeQuery } from '../model/range.ts';
import { addRun, blankRun, emptyTotals, type GroupTotals, RUN_COLUMNS, reserveGroup } from './group-totals.ts';
import { sameRun, startsBoot } from './run-tracker.ts';
import { SampleTexts } from './sample-row.ts';
import { LEFT_OUT, NO_SLOT, VariableSlots } from './variable-slots.ts';

/** Totals of one run, per group (its index in the piece's list); NaN where it logged nothing. */
export interface RunTotals {
  readonly run: number;
  readonly firstTs: number;
  lastTs: number;
  /** `RUN_COLUMNS` numbers per group. */
  cells: Float64Array;
}

/** The closed runs of a node: when they were made, and how the counter went. */
export interface ClosedRuns {
  boots: number;
  firstTs: number;
  lastTs: number;
  firstRun: number;
  lastRun: number;
}

/** The groups of a node, a column each, since there are thousands of them in every piece. */
export interface PartGroups {
  /** Places in the part's texts. */
  readonly keys: number[];
  readonly units: number[];
  /** The same, of the variables of each group; null where these are the keys. */
  readonly variables: Set<number>[] | null;
  /** Rows whose size was not measured. */
  readonly unmeasured: number[];
}

/** @param withVariables false where the keys are the variables */
export function noGroups(withVariables: boolean): PartGroups {
  return { keys: [], units: [], variables: withVariables ? [] : null, unmeasured: [] };
}

/** @returns the new group's index */
export function addGroup(groups: PartGroups, key: number, unit: number): number {
  groups.units.push(unit);
  groups.variables?.push(new Set());
  groups.unmeasured.push(0);
  return groups.keys.push(key) - 1;
}

/** What a piece holds. Names recur on every node, so they are given once. */
export interface RangePart {
  readonly texts: readonly string[];
  readonly nodes: readonly NodePart[];
}

export interface NodePart {
  readonly node: string;
  /** Runs in order: the first one, those between, closed, and the last one, null where there is only one. */
  head: RunTotals | null;
  readonly closed: ClosedRuns;
  readonly totals: GroupTotals;
  tail: RunTotals | null;
  readonly groups: PartGroups;
}

interface NodeState {
  readonly wanted: boolean;
  part: NodePart | null;
  /** The run its rows are being added to: where it stands, and totals per group. */
  run: number;
  firstTs: number;
  lastTs: number;
  cells: Float64Array;
  /** A group by its variable, and by its key. */
  readonly slots: VariableSlots;
  readonly keySlots: VariableSlots;
}

/** What the row before had, as read, and what it means. */
interface Turn {
  ts: number;
  run: number;
  node: number;
  unit: number;
  unitId: number;
  state: NodeState | null;
}

const FEWEST_GROUPS = 64;

export class RangeScan {
  readonly #query: RangeQuery;
  readonly #pool: StringPool;
  readonly #texts: SampleTexts;
  readonly #nodes: NodeState[] = [];
  readonly #order: NodeState[] = [];
  /** Nodes of a cluster hold much the same: the most groups that any of them has. */
  #mostGroups = 0;
  readonly #turn: Turn = { ts: Number.NaN, run: 0, node: 0, unit: 0, unitId: 0, state: null };
  readonly #matches: {
    node: (name: string) => boolean;
    module: (name: string) => boolean;
    variable: (name: string) => boolean;
  };
  readonly #since: number;
  readonly #until: number;

  constructor(query: RangeQuery, pool: StringPool) {
    this.#query = query;
    this.#pool = pool;
    this.#texts = new SampleTexts(pool);
    this.#since = query.since ?? Number.NEGATIVE_INFINITY;
    this.#until = query.until ?? Number.POSITIVE_INFINITY;
    const { node, module, variable } = query.filters;
    this.#matches = { node: nameMatcher(node), module: nameMatcher(module), variable: nameMatcher(variable) };
  }

  readonly rows: RowsHandler = (values, from, stride, count) => {
    const turn = this.#turn;
    const end = from + count * stride;
    for (let at = from; at < end; at += stride) {
      // The rows of a run stand together, so all but one of them have this in common.
      const isSame =
        values[at + SAMPLE.ts] === turn.ts &&
        values[at + SAMPLE.run] === turn.run &&
        values[at + SAMPLE.node] === turn.node &&
        values[at + SAMPLE.unit] === turn.unit;
      const state = isSame ? turn.state : this.#turnTo(values, at);
      if (state === null) continue;
      const variable = values[at + SAMPLE.variable]!;
      let group = state.slots.find(variable, turn.unitId);
      if (group === NO_SLOT) {
        group = this.#newGroup(state, values, at, turn.unitId);
        state.slots.add(variable, group);
      }
      if (group < 0) continue;
      const size = values[at + SAMPLE.size]!;
      const entries = values[at + SAMPLE.entries]!;
      const { cells } = state;
      const cell = group * RUN_COLUMNS;
      const before = cells[cell]!;
      // NaN marks a group of which this run has logged nothing yet.
      if (before >= 0) cells[cell] = size >= 0 ? before + size : before;
      else cells[cell] = size || 0;
      if (entries >= 0) {
        const entriesBefore = cells[cell + 1]!;
        cells[cell + 1] = entriesBefore >= 0 ? entriesBefore + entries : entries;
      }
      if (Number.isNaN(size)) state.part!.groups.unmeasured[group]!++;
    }
  };

  /** The state of a row's node, with its run begun; null where the row is not asked for. */
  #turnTo(values: Float64Array, at: number): NodeState | null {
    const ts = values[at + SAMPLE.ts]!;
    const run = values[at + SAMPLE.run]!;
    const turn = this.#turn;
    turn.ts = ts;
    turn.run = run;
    turn.node = values[at + SAMPLE.node]!;
    turn.unit = values[at + SAMPLE.unit]!;
    turn.unitId = this.#texts.unit(values, at);
    turn.state = null;
    if (ts < this.#since || ts > this.#until) return null;
    const node = this.#texts.node(values, at);
    const state = this.#nodes[node] ?? this.#addNode(node);
    if (!state.wanted) return null;
    if (state.part === null || !sameRun(run, ts, state.run, state.lastTs)) this.#startRun(state, node, run, ts);
    state.lastTs = ts;
    turn.state = state;
    return state;
  }

  /** The parts of all nodes, in the order in which they first appeared. */
  finish(): RangePart {
    const nodes = this.#order.flatMap((state) => {
      if (state.part === null) return [];
      this.#endRun(state, true);
      return [state.part];
    });
    return { texts: this.#pool.texts, nodes };
  }

  #addNode(node: number): NodeState {
    const wanted = this.#matches.node(this.#pool.text(node));
    const state: NodeState = {
      wanted,
      part: null,
      run: 0,
      firstTs: 0,
      lastTs: 0,
      cells: blankRun(Math.max(FEWEST_GROUPS, this.#mostGroups)),
      slots: new VariableSlots(),
      keySlots: new VariableSlots(),
    };
    this.#nodes[node] = state;
    this.#order.push(state);
    return state;
  }

  #startRun(state: NodeState, node: number, run: number, ts: number): void {
    if (state.part === null) {
      const closed = { boots: 0, firstTs: ts, lastTs: ts, firstRun: run, lastRun: run };
      const groups = noGroups(this.#query.by !== 'variable');
      state.part = { node: this.#pool.text(node), head: null, closed, totals: emptyTotals(), tail: null, groups };
    } else this.#endRun(state, false);
    state.run = run;
    state.firstTs = ts;
  }

  /** The first run of a piece, and its last, stay open. */
  #endRun(state: NodeState, isLast: boolean): void {
    const part = state.part!;
    const { cells } = state;
    const count = part.groups.keys.length;
    if (part.head !== null && !isLast) {
      noteRun(part.closed, part.totals.runs, state.run, state.firstTs);
      addRun(part.totals, cells, count);
    } else {
      const { run: number, firstTs, lastTs } = state;
      const run = { run: number, firstTs, lastTs, cells: cells.slice(0, count * RUN_COLUMNS) };
      if (part.head === null) part.head = run;
      else part.tail = run;
    }
    cells.fill(Number.NaN, 0, count * RUN_COLUMNS);
  }

  #newGroup(state: NodeState, values: Float64Array, at: number, unitId: number): number {
    const { groups, totals } = state.part!;
    const variableId = values[at + SAMPLE.variable]!;
    const moduleId = this.#texts.moduleName(values, at);
    const { module, variable } = this.#matches;
    if (!module(this.#pool.text(moduleId)) || !variable(this.#pool.text(variableId))) return LEFT_OUT;
    const { by } = this.#query;
    const key = by === 'module' ? moduleId : by === 'variable' ? variableId : this.#texts.node(values, at);
    let group = by === 'variable' ? NO_SLOT : state.keySlots.find(key, unitId);
    if (group === NO_SLOT) {
      group = addGroup(groups, key, unitId);
      if (by !== 'variable') state.keySlots.add(key, group);
    }
    groups.variables?.[group]?.add(variableId);
    this.#mostGroups = Math.max(this.#mostGroups, groups.keys.length);
    reserveGroup(totals, group, this.#mostGroups);
    if (group * RUN_COLUMNS >= state.cells.length) state.cells = blankRun(group * 2, state.cells);
    return group;
  }
}

/** Adds an open run to closed ones. */
export function closeRun(closed: ClosedRuns, totals: GroupTotals, run: RunTotals): void {
  noteRun(closed, totals.runs, run.run, run.firstTs);
  addRun(totals, run.cells, run.cells.length / RUN_COLUMNS);
}

function noteRun(closed: ClosedRuns, runsBefore: number, run: number, ts: number): void {
  if (runsBefore === 0) {
    closed.firstTs = ts;
    closed.firstRun = run;
  }
  if (runsBefore === 0 || startsBoot(run, closed.lastRun)) closed.boots++;
  closed.lastTs = ts;
  closed.lastRun = run;
}
