/** Puts what names stand for in their place: a type with all that is known of it. */

import type { RecordField, ZeekType } from '../model/zeek-type.ts';

/** Scripts nest records a few deep; a chain of names from a hostile log may not take the call stack. */
const DEEPEST = 60;

export interface ResolvedType {
  /** Names that are left stand for something nobody told; a record within itself is left as its name. */
  readonly type: ZeekType;
  /** Names of which nothing is known, in the order of their appearance. */
  readonly unresolved: readonly string[];
}

/** Every name is looked up once, so the result shares parts: it is as large as the declarations, not their product. */
export function resolveType(type: ZeekType, lookUp: (name: string) => ZeekType | null): ResolvedType {
  const resolver = new Resolver(lookUp);
  return { type: resolver.resolve(type, 0), unresolved: [...resolver.unresolved] };
}

class Resolver {
  readonly unresolved = new Set<string>();
  readonly #lookUp: (name: string) => ZeekType | null;
  readonly #known = new Map<string, ZeekType>();
  readonly #underWay = new Set<string>();

  constructor(lookUp: (name: string) => ZeekType | null) {
    this.#lookUp = lookUp;
  }

  resolve(type: ZeekType, depth: number): ZeekType {
    switch (type.kind) {
      case 'table':
        return {
          kind: 'table',
          keys: type.keys.map((key) => this.resolve(key, depth + 1)),
          value: type.value === null ? null : this.resolve(type.value, depth + 1),
        };
      case 'vector':
        return { kind: 'vector', element: this.resolve(type.element, depth + 1) };
      case 'list':
        return { kind: 'list', of: type.of.map((part) => this.resolve(part, depth + 1)) };
      case 'record':
        return { kind: 'record', fields: type.fields.map((field) => this.#field(field, depth)) };
      case 'named':
        return this.#name(type, depth);
      default:
        return type;
    }
  }

  #field(field: RecordField, depth: number): RecordField {
    return { ...field, type: this.resolve(field.type, depth + 1) };
  }

  #name(type: ZeekType & { kind: 'named' }, depth: number): ZeekType {
    const { name } = type;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    if (this.#underWay.has(name) || depth > DEEPEST) return type;
    const declared = this.#lookUp(name);
    if (declared === null) {
      this.unresolved.add(name);
      return type;
    }
    this.#underWay.add(name);
    const resolved = this.resolve(declared, depth + 1);
    this.#underWay.delete(name);
    this.#known.set(name, resolved);
    return resolved;
  }
}
