/** What the closed runs of a node come to, per group: columns of numbers, so that a run is added without objects. */

export interface GroupTotals {
  /** Closed runs so far. */
  runs: number;
  /** Per group: its size in the first run, and in the last run in which it was logged. */
  first: Float64Array;
  last: Float64Array;
  max: Float64Array;
  sum: Float64Array;
  /** Entries of the last run that had any; NaN if none had. */
  entries: Float64Array;
  /** Index of the last run in which it was logged; -1 for none. */
  lastRun: Float64Array;
}

export function emptyTotals(): GroupTotals {
  const column = (value: number) => new Float64Array(32).fill(value);
  return {
    runs: 0,
    first: column(0),
    last: column(0),
    max: column(0),
    sum: column(0),
    entries: column(Number.NaN),
    lastRun: column(-1),
  };
}

/** Makes room for a group. */
export function reserveGroup(totals: GroupTotals, group: number): void {
  while (group >= totals.first.length) {
    for (const name of ['first', 'last', 'max', 'sum', 'entries', 'lastRun'] as const)
      totals[name] = widened(totals[name], name === 'entries' ? Number.NaN : name === 'lastRun' ? -1 : 0);
  }
}

/** A column of twice the length. */
export function widened(column: Float64Array, fill: number): Float64Array {
  const wider = new Float64Array(column.length * 2).fill(fill);
  wider.set(column);
  return wider;
}

/** Adds a run, given what it holds of each of `count` groups; NaN where it logged nothing. */
export function addRun(totals: GroupTotals, sizes: Float64Array, entries: Float64Array, count: number): void {
  const { runs, last, lastRun, max, sum } = totals;
  if (runs === 0) for (let group = 0; group < count; group++) totals.first[group] = sizes[group]! || 0;
  for (let group = 0; group < count; group++) {
    const size = sizes[group]!;
    if (!(size >= 0)) continue;
    last[group] = size;
    lastRun[group] = runs;
    if (size > max[group]!) max[group] = size;
    sum[group]! += size;
    if (entries[group]! >= 0) totals.entries[group] = entries[group]!;
  }
  totals.runs++;
}

/**
 * Adds the closed runs of a later part.
 *
 * @param indexes the groups' indexes here, by their indexes there
 */
export function addTotals(totals: GroupTotals, more: GroupTotals, indexes: readonly number[]): void {
  indexes.forEach((group, theirs) => {
    const lastRun = more.lastRun[theirs]!;
    if (lastRun < 0) return;
    if (totals.runs === 0) totals.first[group] = more.first[theirs]!;
    totals.last[group] = more.last[theirs]!;
    totals.lastRun[group] = totals.runs + lastRun;
    totals.max[group] = Math.max(totals.max[group]!, more.max[theirs]!);
    totals.sum[group]! += more.sum[theirs]!;
    if (more.entries[theirs]! >= 0) totals.entries[group] = more.entries[theirs]!;
  });
  totals.runs += more.runs;
}
