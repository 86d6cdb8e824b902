/** Joins the parts that range scans of successive pieces give into one answer. */

import type { RangeGroup, RangeNode, RangeResult } from '../model/range.ts';
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
import { type ClosedRuns, closeRun, type NodePart, type PartGroup, type RunTotals } from './range-scan.ts';
import { sameRun, startsBoot } from './run-tracker.ts';

interface MergedNode {
  readonly node: string;
  open: RunTotals | null;
  readonly closed: ClosedRuns;
  readonly totals: GroupTotals;
  readonly groups: PartGroup[];
  /** A group's index by its unit, and by its key. */
  readonly index: Map<string, Map<string, number>>;
}

export class RangeMerge {
  readonly #nodes = new Map<string, MergedNode>();

  /** Takes the next piece's parts; pieces come in the order of their time. */
  add(parts: readonly NodePart[]): void {
    for (const part of parts) this.#addPart(part);
  }

  /** Closes what is open: nothing can be added afterwards. */
  result(): RangeResult {
    const nodes: RangeNode[] = [];
    const groups: RangeGroup[] = [];
    for (const { node, open, closed, totals, groups: names } of this.#nodes.values()) {
      closeRun(closed, totals, open!);
      const { runs } = totals;
      nodes.push({ node, runs, boots: closed.boots, firstTs: closed.firstTs, lastTs: closed.lastTs });
      names.forEach(({ key, unit, variables, unmeasured }, group) => {
        const total = (column: number) => totals.cells[group * TOTAL_COLUMNS + column]!;
        const entries = total(TOTAL.entries);
        groups.push({
          node,
          key,
          unit,
          first: total(TOTAL.first),
          last: total(TOTAL.lastRun) === runs - 1 ? total(TOTAL.last) : 0,
          max: total(TOTAL.max),
          mean: total(TOTAL.sum) / runs,
          entries: Number.isNaN(entries) ? null : entries,
          variables: variables === null ? [key] : [...variables].sort(),
          unmeasured,
        });
      });
    }
    nodes.sort((a, b) => (a.node < b.node ? -1 : 1));
    return { nodes, groups };
  }

  #addPart(part: NodePart): void {
    let merged = this.#nodes.get(part.node);
    if (merged === undefined) {
      const closed = { ...part.closed, boots: 0 };
      merged = { node: part.node, open: null, closed, totals: emptyTotals(), groups: [], index: new Map() };
      this.#nodes.set(part.node, merged);
    }
    const indexes = part.groups.map((group, i) => groupIndex(merged, group, i));
    const head = renumbered(part.head!, indexes);
    const { open } = merged;
    if (open !== null && sameRun(head.run, head.firstTs, open.run, open.lastTs)) joinRuns(open, head);
    else {
      if (open !== null) closeRun(merged.closed, merged.totals, open);
      merged.open = head;
    }
    if (part.tail === null) return;
    closeRun(merged.closed, merged.totals, merged.open!);
    if (part.totals.runs > 0) addClosed(merged, part, indexes);
    merged.open = renumbered(part.tail, indexes);
  }
}

function addClosed({ closed, totals }: MergedNode, part: NodePart, indexes: readonly number[]): void {
  // A part counts its first closed run as the start of a boot, not knowing what comes before it.
  closed.boots += part.closed.boots - (startsBoot(part.closed.firstRun, closed.lastRun) ? 0 : 1);
  closed.lastTs = part.closed.lastTs;
  closed.lastRun = part.closed.lastRun;
  addTotals(totals, part.totals, indexes);
}

/**
 * The index of a part's group among the merged ones, with its variables added.
 *
 * @param place among the part's groups. Parts mostly have the same groups in the same order, and comparing two texts is
 *   cheaper than looking one up that was never looked up before.
 */
function groupIndex(merged: MergedNode, group: PartGroup, place: number): number {
  const guess = merged.groups[place];
  if (guess !== undefined && guess.key === group.key && guess.unit === group.unit) {
    addGroupOfPart(guess, group);
    return place;
  }
  let ofUnit = merged.index.get(group.unit);
  if (ofUnit === undefined) {
    ofUnit = new Map();
    merged.index.set(group.unit, ofUnit);
  }
  let index = ofUnit.get(group.key);
  if (index === undefined) {
    const variables = group.variables && new Set<string>();
    index = merged.groups.push({ key: group.key, unit: group.unit, variables, unmeasured: 0 }) - 1;
    ofUnit.set(group.key, index);
    reserveGroup(merged.totals, index);
  }
  addGroupOfPart(merged.groups[index]!, group);
  return index;
}

function addGroupOfPart(known: PartGroup, group: PartGroup): void {
  for (const variable of group.variables ?? []) known.variables?.add(variable);
  known.unmeasured += group.unmeasured;
}

/** A run's groups under their merged indexes; a group that a piece knows by several is one. */
function renumbered(run: RunTotals, indexes: readonly number[]): RunTotals {
  const groups = indexes.reduce((most, index) => Math.max(most, index + 1), 0);
  const renamed = { ...run, cells: blankRun(groups) };
  for (let group = 0; group * RUN_COLUMNS < run.cells.length; group++) addGroup(renamed, indexes[group]!, run, group);
  return renamed;
}

function joinRuns(run: RunTotals, more: RunTotals): void {
  run.lastTs = more.lastTs;
  if (run.cells.length < more.cells.length) run.cells = blankRun(more.cells.length / RUN_COLUMNS, run.cells);
  for (let group = 0; group * RUN_COLUMNS < more.cells.length; group++) addGroup(run, group, more, group);
}

/** Adds a group of one run to a group of another. */
function addGroup(run: RunTotals, group: number, more: RunTotals, theirs: number): void {
  for (let column = 0; column < RUN_COLUMNS; column++) {
    const added = more.cells[theirs * RUN_COLUMNS + column]!;
    const at = group * RUN_COLUMNS + column;
    if (added >= 0) run.cells[at] = (run.cells[at]! || 0) + added;
  }
}
