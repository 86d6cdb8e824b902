/**
 * What the closed runs of a node come to, per group. The numbers of a group stand side by side, so that adding a run
 * touches each place of memory once and makes no object.
 */

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
