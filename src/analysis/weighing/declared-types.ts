/** What scripts at hand declare of types that the logs only name: Zeek has no way to ask what an alias stands for. */

import type { DescribedType } from '../../model/logged/description.ts';

/** `Foo::State: record { … }`, or `Foo::Table: table[addr] of State`, and the name alone. */
interface Declared {
  readonly name: string;
  readonly text: string;
}

const NAMES = /[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*/g;
/** A record as the log tells it: `Foo::State{n: count}`. One without fields may be anything that has none to tell. */
const TOLD = /^([A-Za-z_]\w*(?:::[A-Za-z_]\w*)*)\{[^}]/;

export class DeclaredTypes {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #completed = new WeakMap<DescribedType, DescribedType>();

  constructor(types: readonly Declared[]) {
    this.#texts = new Map(types.map(({ name, text }) => [name, text]));
  }

  /** The same, with what its names stand for that it does not tell itself. */
  complete(described: DescribedType): DescribedType {
    if (this.#texts.size === 0 || described.type === null) return described;
    let complete = this.#completed.get(described);
    if (complete === undefined) {
      const added = this.#missing(described.type, described.recordFields);
      complete = added.length === 0 ? described : { ...described, recordFields: [...added, ...described.recordFields] };
      this.#completed.set(described, complete);
    }
    return complete;
  }

  /** Every name is looked up once, however often it stands there. */
  #missing(type: string, recordFields: readonly string[]): string[] {
    const seen = new Set(recordFields.flatMap((text) => TOLD.exec(text)?.[1] ?? []));
    const found: string[] = [];
    const pending = [{ text: type, module: '' }, ...recordFields.map((text) => ({ text, module: '' }))];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const [word] of next.text.matchAll(NAMES)) {
        // In a script, names of its module stand without it.
        const name = this.#texts.has(next.module + word) ? next.module + word : word;
        const text = this.#texts.get(name);
        if (text === undefined || seen.has(name)) continue;
        seen.add(name);
        found.push(text);
        const end = name.lastIndexOf('::');
        pending.push({ text, module: end < 0 ? '' : name.slice(0, end + 2) });
      }
    }
    return found;
  }
}

export const NOTHING_DECLARED = new DeclaredTypes([]);
