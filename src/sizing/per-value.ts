/** What one value of a type weighs, or one entry of a container, and answers that were worked out before. */

import type { ByteRange } from '../model/bytes.ts';

export interface PerValue {
  readonly bytes: ByteRange;
  readonly text: string;
  readonly notes: readonly string[];
}

/** Answers kept for one type: where there are more different ones than this, they do not recur. */
const MOST_REMEMBERED = 10_000;

export class RememberedValues {
  readonly #answers = new Map<number | null, PerValue>();

  /** The answer for a value of so many objects (null: not known), worked out where it is not there. */
  of(objects: number | null, workOut: () => PerValue): PerValue {
    let answer = this.#answers.get(objects);
    if (answer === undefined) {
      if (this.#answers.size >= MOST_REMEMBERED) this.#answers.clear();
      answer = workOut();
      this.#answers.set(objects, answer);
    }
    return answer;
  }
}
