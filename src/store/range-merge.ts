/** Joins the parts that range scans of successive pieces give into one answer. */

import { StringPool } from '../format/string-pool.ts';
import type { RangeGroup, RangeNode, RangeResult } from '../model/range.ts';
import { numberOrNull } from '../model/unset.ts';
import {
  addTotals,
  blankRun,
  emptyTotals,
  type GroupTotals,
  RUN_COLUMNS,
  reserveGroup,
  TOTAL,
  TOTAL_COLUMNS,
} from './group-totals.ts';
import {
  addGroup,
  type ClosedRuns,
  closeRun,
  type NodePart,
  noGroups,
  type PartGroups,
  type RangePart,
  type RunTotals,
} from './range-scan.ts';
import { sameRun, startsBoot } from './run-tracker.ts';
import { NO_SLOT, VariableSlots } from './variable-slots.ts';

interface MergedNode {
  readonly node: string;
  open: RunTotals | null;
  /** Its first run, once that is closed. */
  first: RunTotals | null;
  readonly closed: ClosedRuns;
  readonly totals: GroupTotals;
  /** Texts are those of the merge. */
  readonly groups: PartGroups;
  /** A group by its key. */
  readonly slots: VariableSlots;
}

export class RangeMerge {
  readonly #nodes = new Map<string, MergedNode>();
  readonly #texts = new StringPool();

  /** Takes what the next piece holds; pieces come in the order of their time. */
  add({ texts, nodes }: RangePart): void {
    const ids = texts.map((text) => this.#texts.id(text));
    for (const part of nodes) this.#addPart(part, ids);
  }

  /** Closes what is open: nothing can be added afterwards. */
  result(): RangeResult {
    const nodes: RangeNode[] = [];
    const groups: RangeGroup[] = [];
    for (const merged of this.#nodes.values()) {
      const { node, closed, totals } = merged;
      const last = closeOpen(merged);
      const first = merged.first!;
      const { runs } = totals;
      nodes.push({ node, runs, boots: closed.boots, firstTs: closed.firstTs, lastTs: closed.lastTs });
      const { keys, units, variables, unmeasured } = merged.groups;
      keys.forEach((key, group) => {
        const total = (column: number) => totals.cells[group * TOTAL_COLUMNS + column]!;
        const entries = total(TOTAL.entries);
        const name = this.#texts.text(key);
        groups.push({
          node,
          key: name,
          unit: this.#texts.text(units[group]!),
          first: sizeIn(first, group),
          last: sizeIn(last, group),
          max: total(TOTAL.max),
          mean: total(TOTAL.sum) / runs,
          entries: numberOrNull(entries),
          variables: variables === null ? [name] : [...variables[group]!].map((id) => this.#texts.text(id)).sort(),
          unmeasured: unmeasured[group]!,
        });
      });
    }
    nodes.sort((a, b) => (a.node < b.node ? -1 : 1));
    return { nodes, groups };
  }

  /** @param ids of the part's texts here */
  #addPart(part: NodePart, ids: readonly number[]): void {
    let merged = this.#nodes.get(part.node);
    if (merged === undefined) {
      const closed = { ...part.closed, boots: 0 };
      const groups = noGroups(part.groups.variables !== null);
      const totals = emptyTotals();
      merged = { node: part.node, open: null, first: null, closed, totals, groups, slots: new VariableSlots() };
      this.#nodes.set(part.node, merged);
    }
    const indexes = addGroups(merged, part.groups, ids);
    const head = renumbered(part.head!, indexes);
    const { open } = merged;
    if (open !== null && sameRun(head.run, head.firstTs, open.run, open.lastTs)) joinRuns(open, head);
    else {
      if (open !== null) closeOpen(merged);
      merged.open = head;
    }
    if (part.tail === null) return;
    closeOpen(merged);
    if (part.totals.runs > 0) addClosed(merged, part, indexes);
    merged.open = renumbered(part.tail, indexes);
  }
}

function closeOpen(merged: MergedNode): RunTotals {
  const open = merged.open!;
  merged.first ??= open;
  closeRun(merged.closed, merged.totals, open);
  return open;
}

/** A run in which nothing of a group was logged counts 0. */
function sizeIn(run: RunTotals, group: number): number {
  const size = run.cells[group * RUN_COLUMNS];
  return size !== undefined && size >= 0 ? size : 0;
}

function addClosed({ closed, totals }: MergedNode, part: NodePart, indexes: readonly number[]): void {
  // A part counts its first closed run as the start of a boot, not knowing what comes before it.
  closed.boots += part.closed.boots - (startsBoot(part.closed.firstRun, closed.lastRun) ? 0 : 1);
  closed.lastTs = part.closed.lastTs;
  closed.lastRun = part.closed.lastRun;
  addTotals(totals, part.totals, indexes);
}

/**
 * Adds a part's groups to the merged ones.
 *
 * @param ids of the part's texts among the merged ones
 * @returns the index of each of the part's groups
 */
function addGroups({ groups, slots, totals }: MergedNode, part: PartGroups, ids: readonly number[]): number[] {
  return part.keys.map((partKey, i) => {
    const key = ids[partKey]!;
    const unit = ids[part.units[i]!]!;
    let index = slots.find(key, unit);
    if (index === NO_SLOT) {
      index = addGroup(groups, key, unit);
      slots.add(key, index);
      reserveGroup(totals, index, part.keys.length);
    }
    for (const variable of part.variables?.[i] ?? []) groups.variables?.[index]?.add(ids[variable]!);
    groups.unmeasured[index]! += part.unmeasured[i]!;
    return index;
  });
}

/** A run's groups under their merged indexes. */
function renumbered(run: RunTotals, indexes: readonly number[]): RunTotals {
  // Parts mostly have the same groups in the same order.
  if (indexes.every((index, group) => index === group)) return run;
  const groups = indexes.reduce((most, index) => Math.max(most, index + 1), 0);
  const renamed = { ...run, cells: blankRun(groups) };
  for (let group = 0; group * RUN_COLUMNS < run.cells.length; group++) addCells(renamed, indexes[group]!, run, group);
  return renamed;
}

function joinRuns(run: RunTotals, more: RunTotals): void {
  run.lastTs = more.lastTs;
  if (run.cells.length < more.cells.length) run.cells = blankRun(more.cells.length / RUN_COLUMNS, run.cells);
  for (let group = 0; group * RUN_COLUMNS < more.cells.length; group++) addCells(run, group, more, group);
}

/** Adds a group of one run to a group of another. */
function addCells(run: RunTotals, group: number, more: RunTotals, theirs: number): void {
  for (let column = 0; column < RUN_COLUMNS; column++) {
    const added = more.cells[theirs * RUN_COLUMNS + column]!;
    const at = group * RUN_COLUMNS + column;
    if (added >= 0) run.cells[at] = (run.cells[at]! || 0) + added;
  }
}
