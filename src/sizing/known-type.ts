/** A type that was read and resolved, with what the model works out from it once per version of Zeek. */

import type { ZeekType } from '../model/zeek-type.ts';
import type { Layout } from './layout.ts';
import { type Freedom, findFreedom } from './likely.ts';
import { Weights } from './weights.ts';

export class KnownType {
  readonly type: ZeekType;
  /** Sentences about what was not understood, or of which nothing is known. */
  readonly problems: readonly string[];
  readonly isUnderstood: boolean;
  readonly freedom: Freedom;
  readonly #weights = new Map<Layout, Weights>();

  constructor(type: ZeekType, problems: readonly string[], unresolved: readonly string[]) {
    this.type = type;
    const sentences = problems.map((problem) => `In the type, ${problem}.`);
    if (unresolved.length > 0)
      sentences.push(
        `Nothing tells what ${unresolved.slice(0, 5).join(', ')}${unresolved.length > 5 ? ' and others are' : unresolved.length > 1 ? ' are' : ' is'}: taken for ${unresolved.length > 1 ? 'enums' : 'an enum'} where the objects allow it, else for ${unresolved.length > 1 ? 'records' : 'a record'}.`,
      );
    this.problems = sentences;
    this.isUnderstood = problems.length === 0;
    this.freedom = findFreedom(type);
  }

  /** Whether something can be said of a value of which nothing was counted: not of a container. */
  get hasFixedPlace(): boolean {
    return !['table', 'vector', 'named', 'any', 'unknown', 'list'].includes(this.type.kind);
  }

  on(layout: Layout): Weights {
    let weights = this.#weights.get(layout);
    if (weights === undefined) {
      weights = new Weights(layout);
      this.#weights.set(layout, weights);
    }
    return weights;
  }
}
