/**
 * What scripts at hand declare of types that the logs only name: Zeek has no way to ask what an alias stands for, nor
 * what an opaque value was made with.
 */

import type { DescribedType } from '../../model/logged/description.ts';

/** `Foo::State: record { … }`, or `Foo::Table: table[addr] of State`, and the name alone. */
interface Declared {
  readonly name: string;
  readonly text: string;
}

/** What says which calls make a variable's opaque values: `OpaqueCalls` of src/attribution. */
interface OpaqueMakers {
  of(variable: string, kind: string | null): string | null;
}

const OPAQUE = /\bopaque(?: of (\w+)\b(?!\())?/g;
const NAMES = /[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*/g;
/** A record as the log tells it: `Foo::State{n: count}`. One without fields may be anything that has none to tell. */
const TOLD = /^([A-Za-z_]\w*(?:::[A-Za-z_]\w*)*)\{[^}]/;

export class DeclaredTypes {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #makers: OpaqueMakers | null;
  readonly #completed = new WeakMap<DescribedType, DescribedType>();

  constructor(types: readonly Declared[], makers: OpaqueMakers | null = null) {
    this.#texts = new Map(types.map(({ name, text }) => [name, text]));
    this.#makers = makers;
  }

  /** The same, with what its names stand for that it does not tell itself, and the calls that make its opaque values. */
  complete(described: DescribedType, variable: string): DescribedType {
    if (described.type === null || (this.#texts.size === 0 && this.#makers === null)) return described;
    let complete = this.#completed.get(described);
    if (complete === undefined) {
      complete = this.#made(this.#named(described, described.type), variable);
      this.#completed.set(described, complete);
    }
    return complete;
  }

  #named(described: DescribedType, type: string): DescribedType {
    const added = this.#missing(type, described.recordFields);
    return added.length === 0 ? described : { ...described, recordFields: [...added, ...described.recordFields] };
  }

  #made(described: DescribedType, variable: string): DescribedType {
    const { type, recordFields } = described;
    const isOpaque = (text: string | null) => text?.includes('opaque') === true;
    if (this.#makers === null || !(isOpaque(type) || recordFields.some(isOpaque))) return described;
    const withCalls = (text: string) =>
      text.replaceAll(OPAQUE, (as, kind?: string) => {
        const calls = this.#makers!.of(variable, kind ?? null);
        return calls === null ? as : `opaque of ${calls}`;
      });
    return { ...described, type: withCalls(type!), recordFields: recordFields.map(withCalls) };
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
