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

/** A group's numbers, from `group * TOTAL_COLUMNS` on. */
export const TOTAL = {
  /** Its size in the first run, and in the last run in which it was logged. */
  first: 0,
  last: 1,
  max: 2,
  sum: 3,
  /** Entries of the last run that had any; NaN if none had. */
  entries: 4,
  /** Index of the last run in which it was logged; -1 for none. */
  lastRun: 5,
} as const;
export const TOTAL_COLUMNS = 6;
const NO_TOTAL = [0, 0, 0, 0, Number.NaN, -1];

/** What one run holds of each group: its size and its entries, NaN where it logged nothing. */
export const RUN_COLUMNS = 2;

export function emptyTotals(): GroupTotals {
  return { runs: 0, cells: new Float64Array(0) };
}

/** Makes room for a group. */
export function reserveGroup(totals: GroupTotals, group: number): void {
  const before = totals.cells.length;
  if ((group + 1) * TOTAL_COLUMNS <= before) return;
  const cells = new Float64Array(Math.max(32 * TOTAL_COLUMNS, before * 2, (group + 1) * TOTAL_COLUMNS));
  cells.set(totals.cells);
  for (let at = before; at < cells.length; at += TOTAL_COLUMNS) cells.set(NO_TOTAL, at);
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
  const { runs, cells } = totals;
  let at = 0;
  for (let group = 0; group < groups; group++, at += TOTAL_COLUMNS) {
    const size = run[group * RUN_COLUMNS]!;
    if (!(size >= 0)) continue;
    if (runs === 0) cells[at + TOTAL.first] = size;
    cells[at + TOTAL.last] = size;
    if (size > cells[at + TOTAL.max]!) cells[at + TOTAL.max] = size;
    cells[at + TOTAL.sum]! += size;
    const entries = run[group * RUN_COLUMNS + 1]!;
    if (entries >= 0) cells[at + TOTAL.entries] = entries;
    cells[at + TOTAL.lastRun] = runs;
  }
  totals.runs++;
}

/**
 * Adds the closed runs of a later part.
 *
 * @param indexes the groups' indexes here, by their indexes there
 */
export function addTotals(totals: GroupTotals, more: GroupTotals, indexes: readonly number[]): void {
  const { runs, cells } = totals;
  indexes.forEach((group, theirs) => {
    const at = group * TOTAL_COLUMNS;
    const from = theirs * TOTAL_COLUMNS;
    const lastRun = more.cells[from + TOTAL.lastRun]!;
    if (lastRun < 0) return;
    if (runs === 0) cells[at + TOTAL.first] = more.cells[from + TOTAL.first]!;
    cells[at + TOTAL.last] = more.cells[from + TOTAL.last]!;
    cells[at + TOTAL.max] = Math.max(cells[at + TOTAL.max]!, more.cells[from + TOTAL.max]!);
    cells[at + TOTAL.sum]! += more.cells[from + TOTAL.sum]!;
    if (more.cells[from + TOTAL.entries]! >= 0) cells[at + TOTAL.entries] = more.cells[from + TOTAL.entries]!;
    cells[at + TOTAL.lastRun] = runs + lastRun;
  });
  totals.runs += more.runs;
}
