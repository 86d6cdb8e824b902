/** Zeek code that makes values of a type: a different one for every number. */

import { cannotFill } from '../../model/errors/zeek-errors.ts';
import type { RecordField, ZeekType } from '../../model/zeek-type.ts';

/** What a type leaves open. */
export interface Shape {
  /** Characters of every string; numbers that would not fit into it take more. */
  readonly stringLength: number;
  /** Elements of every container inside. */
  readonly innerEntries: number;
}

export type LookUp = (name: string) => ZeekType | null;

interface Made {
  /** The type as a script writes it. */
  readonly type: string;
  /** An expression for the value of a number; `i` is an expression of type count. */
  readonly value: (i: string) => string;
}

const DEEPEST = 8;
/** More than any number here has. */
const DIGITS = 20;
/** 10.0.0.0 */
const FIRST_ADDRESS = 167_772_160;

const SCALARS: Readonly<Record<string, (i: string) => string>> = {
  bool: (i) => `(${i}) % 2 == 0`,
  int: (i) => `+(${i})`,
  count: (i) => i,
  double: (i) => `(${i}) * 1.5`,
  time: (i) => `double_to_time(1700000000.0 + (${i}))`,
  interval: (i) => `double_to_interval((${i}) * 1.0)`,
  port: (i) => `make_port(${i})`,
};

const OPAQUES: Readonly<Record<string, string>> = {
  bloomfilter: 'bloomfilter_basic_init(0.01, 1000)',
  cardinality: 'hll_cardinality_init(0.01, 0.95)',
  md5: 'md5_hash_init()',
  sha1: 'sha1_hash_init()',
  sha256: 'sha256_hash_init()',
  topk: 'topk_init(100)',
};

export class ValueMaker {
  /** Records that were declared on the way: their types, and functions that make them. */
  readonly declarations: string[] = [];
  readonly #type: string;
  readonly #shape: Shape;
  readonly #lookUp: LookUp;
  readonly #records = new Map<string, Made>();

  /**
   * @param type the whole of it, for messages
   * @param lookUp what named types stand for
   */
  constructor(type: string, shape: Shape, lookUp: LookUp) {
    this.#type = type;
    this.#shape = shape;
    this.#lookUp = lookUp;
  }

  #cannot(reason: string): Error {
    return cannotFill(this.#type, reason);
  }

  /** @throws ExpectedError for types without values, and of which nothing is known */
  make(type: ZeekType, depth = 0): Made {
    if (depth > DEEPEST) throw this.#cannot('it is nested too deeply');
    switch (type.kind) {
      case 'scalar': {
        const value = SCALARS[type.name];
        if (value === undefined) throw this.#cannot('the values of an enum are not known');
        return { type: type.name, value };
      }
      case 'addr':
        return { type: 'addr', value: (i) => `count_to_v4_addr(${FIRST_ADDRESS} + (${i}))` };
      case 'subnet':
        return { type: 'subnet', value: (i) => `count_to_v4_addr(${FIRST_ADDRESS} + (${i})) / 32` };
      case 'string': {
        const { stringLength } = this.#shape;
        // What fmt() makes keeps its buffer; a piece of it takes what it needs.
        return {
          type: 'string',
          value: (i) => `sub_bytes(fmt("%0${stringLength}d", ${i}), 1, ${Math.max(stringLength, DIGITS)})`,
        };
      }
      case 'vector': {
        const element = this.make(type.element, depth + 1);
        return { type: `vector of ${element.type}`, value: (i) => `vector(${this.#several(i, element.value)})` };
      }
      case 'table':
        return this.#table(type.keys, type.value, depth);
      case 'record':
        return this.#record(null, type.fields, depth);
      case 'named': {
        const meant = this.#lookUp(type.name);
        if (meant === null)
          throw this.#cannot(`nothing is known of ${type.name}; give the script that declares it as well`);
        return meant.kind === 'record' ? this.#record(type.name, meant.fields, depth) : this.make(meant, depth + 1);
      }
      case 'opaque': {
        const value = OPAQUES[type.of ?? ''];
        if (value === undefined)
          throw this.#cannot(`values of opaque of ${type.of ?? 'what is not said'} cannot be made`);
        return { type: `opaque of ${type.of}`, value: () => value };
      }
      default:
        throw this.#cannot(`values of ${type.kind === 'unknown' ? type.text : type.kind} cannot be made`);
    }
  }

  #table(keys: readonly ZeekType[], element: ZeekType | null, depth: number): Made {
    if (keys.length === 0) throw this.#cannot('the type of its keys is not said');
    const made = keys.map((key) => this.make(key, depth + 1));
    const key = (i: string) => made.map(({ value }) => value(i)).join(', ');
    const keyTypes = made.map(({ type }) => type).join(', ');
    if (element === null) {
      const inner = (i: string) => (made.length === 1 ? key(i) : `[${key(i)}]`);
      return { type: `set[${keyTypes}]`, value: (i) => `set(${this.#several(i, inner)})` };
    }
    const value = this.make(element, depth + 1);
    return {
      type: `table[${keyTypes}] of ${value.type}`,
      value: (i) => `table(${this.#several(i, (j) => `[${key(j)}] = ${value.value(j)}`)})`,
    };
  }

  /** Fields that are optional are there in every other record. */
  #record(name: string | null, fields: readonly RecordField[], depth: number): Made {
    const known = name === null ? undefined : this.#records.get(name);
    if (known !== undefined) return known;
    const number = this.#records.size + 1;
    const type = name ?? `Record${number}`;
    const made: Made = { type, value: (i) => `make_record_${number}(${i})` };
    // First, so that a record that is found in itself has an end: there it is made, and so on to the depth that is allowed.
    if (name !== null) this.#records.set(name, made);
    else this.#records.set(`\0${number}`, made);
    const parts = fields.map((field) => ({ ...field, made: this.make(field.type, depth + 1) }));
    if (name === null) {
      const lines = parts.map((part) => `\t${part.name}: ${part.made.type}${part.optional ? ' &optional' : ''};`);
      this.declarations.push(`type ${type}: record {\n${lines.join('\n')}\n};\n`);
    }
    const required = parts.filter(({ optional }) => !optional).map((part) => `$${part.name}=${part.made.value('i')}`);
    const optional = parts
      .filter((part) => part.optional)
      .map((part) => `\t\tr$${part.name} = ${part.made.value('i')};`);
    const more = optional.length === 0 ? '' : `\tif ( i % 2 == 0 )\n\t\t{\n${optional.join('\n')}\n\t\t}\n\n`;
    this.declarations.push(
      `function make_record_${number}(i: count): ${type}\n\t{\n\tlocal r = ${type}(${required.join(', ')});\n${more}\treturn r;\n\t}\n`,
    );
    return made;
  }

  #several(i: string, one: (i: string) => string): string {
    const { innerEntries } = this.#shape;
    return Array.from({ length: innerEntries }, (_, n) => one(`(${i}) * ${innerEntries} + ${n}`)).join(', ');
  }
}
