/** How tables and vectors grow. */

import { allocated, type Layout } from './layout.ts';

/** A small table is filled to the last slot before it grows, a larger one to 75 %: src/Dict.h, ThresholdEntries(). */
const FULL_UP_TO_STEP = 3;
const LOAD = 0.75;

/** Slots of a table that has held so many entries: 2^k + k, for the smallest k whose threshold is not exceeded. */
export function tableCapacity(entries: number): number {
  if (entries <= 0) return 0;
  // No table of so many entries has fewer slots than entries.
  let step = Math.max(0, Math.floor(Math.log2(entries)) - 1);
  for (let power = 2 ** step; ; step++, power *= 2) {
    const capacity = power + step;
    if (entries <= (step <= FULL_UP_TO_STEP ? capacity : Math.floor(capacity * LOAD))) return capacity;
  }
}

/** Bytes of the slots of a table that has held so many entries. They are not given back when entries go. */
export function tableSlots(entries: number, { slot }: Layout): number {
  return entries <= 0 ? 0 : allocated(slot * tableCapacity(entries));
}

/** Bytes of the cells of a vector that grew element by element: std::vector doubles. */
export function vectorCells(elements: number, { cell }: Layout): number {
  return elements <= 0 ? 0 : allocated(cell * 2 ** Math.ceil(Math.log2(elements)));
}

/** Bytes of the cells of a vector that was made in its size, as a copy is. */
export function exactCells(elements: number, { cell }: Layout): number {
  return elements <= 0 ? 0 : allocated(cell * elements);
}
