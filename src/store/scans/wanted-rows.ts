/** Which rows a question is about, by their time and by the names they have. */

import { createMatcher, type NameFilters } from '../../model/names.ts';

export interface RowChoice {
  readonly filters: NameFilters;
  /** Seconds since the epoch, both included; null for no bound. */
  readonly since: number | null;
  readonly until: number | null;
  /** By how much the clocks of nodes are ahead of those of most, in seconds; none where all agree. */
  readonly offsets?: ReadonlyMap<string, number>;
}

export class WantedRows {
  readonly #since: number;
  readonly #until: number;
  readonly #wantsModule: (name: string) => boolean;
  readonly #wantsVariable: (name: string) => boolean;
  readonly #offsets: ReadonlyMap<string, number>;
  readonly wantsNode: (name: string) => boolean;

  constructor({ filters: { node, module, variable }, since, until, offsets = new Map() }: RowChoice) {
    this.#since = since ?? Number.NEGATIVE_INFINITY;
    this.#until = until ?? Number.POSITIVE_INFINITY;
    this.#offsets = offsets;
    this.wantsNode = createMatcher(node);
    this.#wantsModule = createMatcher(module);
    this.#wantsVariable = createMatcher(variable);
  }

  isWithin(ts: number): boolean {
    return !(ts < this.#since || ts > this.#until);
  }

  offsetOf(node: string): number {
    return this.#offsets.get(node) ?? 0;
  }

  wantsVariable(moduleName: string, variable: string): boolean {
    return this.#wantsModule(moduleName) && this.#wantsVariable(variable);
  }
}
