/** What names stand for: records as the log describes them, types as scripts declare them. */

import type { RecordField, ZeekType } from '../model/zeek-type.ts';
import { type ParsedDeclaration, parseDeclaration } from './parse-type.ts';

const LONGEST_QUOTE = 60;

export class Declarations {
  readonly problems: readonly string[];
  readonly #types = new Map<string, ZeekType>();
  readonly #tellsOptional: boolean;

  /**
   * @param texts each `Name{field: type; …}` as in the log, `Name: type` as in scripts, or `Name += record { … }` for
   *   fields that are added to a record. Types of a module may be named without it there.
   * @param tellsOptional whether the texts say which fields are `&optional`; if not, any may be
   */
  constructor(texts: readonly string[], tellsOptional = true) {
    this.#tellsOptional = tellsOptional;
    const problems: string[] = [];
    const parsed: ParsedDeclaration[] = [];
    for (const text of texts) {
      const declaration = parseDeclaration(text);
      if (declaration === null) problems.push(`“${text.slice(0, LONGEST_QUOTE)}” declares nothing`);
      else {
        parsed.push(declaration);
        problems.push(...declaration.problems);
      }
    }
    const names = new Set(parsed.map(({ name }) => name));
    for (const declaration of parsed) this.#add(declaration, names);
    this.problems = problems;
  }

  get(name: string): ZeekType | null {
    const type = this.#types.get(name) ?? null;
    return type !== null && isEmptyRecord(type) ? null : type;
  }

  #add({ name, type, isAddition }: ParsedDeclaration, names: ReadonlySet<string>): void {
    const end = name.lastIndexOf('::');
    const module = end < 0 ? '' : name.slice(0, end + 2);
    const named = expandNames(type, (local) => (names.has(module + local) ? module + local : local));
    const full = this.#tellsOptional ? named : withAnyAbsent(named);
    const before = this.#types.get(name);
    if (isAddition && before?.kind === 'record' && full.kind === 'record')
      this.#types.set(name, { kind: 'record', fields: [...before.fields, ...full.fields] });
    // Where an enum is declared, it has no name of its own.
    else if (full.kind === 'scalar' && full.name === 'enum') this.#types.set(name, { ...full, enumName: name });
    else if (!isAddition && !(before !== undefined && isEmptyRecord(full))) this.#types.set(name, full);
  }
}

/** What the collector takes for a record and finds no fields of can be an alias of anything. */
function isEmptyRecord(type: ZeekType): boolean {
  return type.kind === 'record' && type.fields.length === 0;
}

/** The type with the names that belong to a module in full. It is as deep as the parser lets it be. */
function expandNames(type: ZeekType, fullName: (name: string) => string): ZeekType {
  const inside = (part: ZeekType) => expandNames(part, fullName);
  switch (type.kind) {
    case 'named':
      return type.name.includes('::') ? type : { ...type, name: fullName(type.name) };
    case 'table':
      return { ...type, keys: type.keys.map(inside), value: type.value === null ? null : inside(type.value) };
    case 'vector':
      return { ...type, element: inside(type.element) };
    case 'record':
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: inside(field.type) })) };
    default:
      return type;
  }
}

/** The fields of a record that nobody has told anything about. */
function withAnyAbsent(type: ZeekType): ZeekType {
  return type.kind === 'record'
    ? { ...type, fields: type.fields.map((field) => ({ ...field, optional: true })) }
    : type;
}

/** Scripts nest records a few deep; a chain of names from a hostile log may not take the call stack. */
const DEEPEST = 60;

interface ResolvedType {
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
