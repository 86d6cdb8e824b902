/** Finds the place where the rows of a variable are added up, by the ids of its name and unit in the pool. */

/** What `find` answers for a variable that has no slot yet, and the slot of one that is left out. */
export const NO_SLOT = -1;
export const LEFT_OUT = -2;

export class VariableSlots {
  /** Units change rarely from row to row, so each has a table of its own. */
  readonly #ofUnits = new Map<number, Int32Array<ArrayBuffer>>();
  #unit = -1;
  #slots = new Int32Array(0);

  find(variable: number, unit: number): number {
    if (unit !== this.#unit) this.#useUnit(unit);
    return variable < this.#slots.length ? this.#slots[variable]! : NO_SLOT;
  }

  /** In the unit that was asked for last. */
  add(variable: number, slot: number): void {
    if (variable >= this.#slots.length) {
      const larger = new Int32Array(Math.max(variable + 1, this.#slots.length * 2)).fill(NO_SLOT);
      larger.set(this.#slots);
      this.#slots = larger;
    }
    this.#slots[variable] = slot;
  }

  #useUnit(unit: number): void {
    if (this.#unit >= 0) this.#ofUnits.set(this.#unit, this.#slots);
    this.#unit = unit;
    this.#slots = this.#ofUnits.get(unit) ?? new Int32Array(256).fill(NO_SLOT);
  }
}
