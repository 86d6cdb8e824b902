/** Which rows a question is about, by their time and by the names they have. */

import { type NameFilters, nameMatcher } from '../../model/name-filter.ts';

export interface Choice {
  readonly filters: NameFilters;
  /** Seconds since the epoch, both included; null for no bound. */
  readonly since: number | null;
  readonly until: number | null;
}

export class WantedRows {
  readonly #since: number;
  readonly #until: number;
  readonly #wantsModule: (name: string) => boolean;
  readonly #wantsVariable: (name: string) => boolean;
  readonly wantsNode: (name: string) => boolean;

  constructor({ filters: { node, module, variable }, since, until }: Choice) {
    this.#since = since ?? Number.NEGATIVE_INFINITY;
    this.#until = until ?? Number.POSITIVE_INFINITY;
    this.wantsNode = nameMatcher(node);
    this.#wantsModule = nameMatcher(module);
    this.#wantsVariable = nameMatcher(variable);
  }

  isWithin(ts: number): boolean {
    return !(ts < this.#since || ts > this.#until);
  }

  wantsVariable(moduleName: string, variable: string): boolean {
    return this.#wantsModule(moduleName) && this.#wantsVariable(variable);
  }
}
