/**
 * Reads a type as Zeek prints it (Describe() in Zeek's src/Type.cc), as `record_fields()` abbreviates it (`func`,
 * `record Foo`, `enum Foo`, bare `opaque`), as Zeek before 7.0 gives it (`table` alone), or as scripts write it.
 */

import type { ParsedType, RecordField, ScalarName, ZeekType } from '../model/zeek-type.ts';
import { TypeScanner } from './type-scanner.ts';

/** Deeper nesting is given up as unknown: scripts stay below 10, and the call stack is finite. */
const DEEPEST = 60;
/** Each problem is a sentence to be read by somebody. */
const MOST_PROBLEMS = 5;
const LONGEST_QUOTE = 60;

const SCALARS: readonly string[] = ['bool', 'int', 'count', 'double', 'time', 'interval', 'port'];
const WORDS: readonly string[] = ['addr', 'subnet', 'string', 'pattern', 'any', 'void', 'type'];
const FLAVORS: Readonly<Record<string, 'function' | 'event' | 'hook'>> = {
  function: 'function',
  func: 'function',
  event: 'event',
  hook: 'hook',
};
const CLOSING: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };

/** Never throws; what cannot be understood becomes an `unknown` with a problem that quotes it. Linear in the text. */
export function parseType(text: string): ParsedType {
  const parser = new TypeParser(new TypeScanner(text));
  const type = parser.type(0);
  parser.finish();
  return { type, problems: parser.problems };
}

/** A name and what it stands for. */
export interface ParsedDeclaration extends ParsedType {
  readonly name: string;
  /** Whether it adds fields to what the name stands for. */
  readonly isAddition: boolean;
}

/**
 * Reads `Name{field: type; field: type &optional}`, the form of the log, `Name: type`, or `Name += record {…}`.
 *
 * @returns null where there is no name
 */
export function parseDeclaration(text: string): ParsedDeclaration | null {
  const scanner = new TypeScanner(text);
  const name = scanner.take();
  if (name.kind !== 'name') return null;
  const parser = new TypeParser(scanner);
  const isAddition = scanner.accept('+');
  if (scanner.peek().text !== '{' && !scanner.accept(isAddition ? '=' : ':')) return null;
  const type = scanner.peek().text === '{' ? parser.record(0) : parser.type(0);
  parser.finish();
  return { name: name.text, type, problems: parser.problems, isAddition };
}

/** Reads types from where a scanner is. */
class TypeParser {
  readonly problems: string[] = [];
  readonly #scanner: TypeScanner;

  constructor(scanner: TypeScanner) {
    this.#scanner = scanner;
  }

  type(depth: number): ZeekType {
    const token = this.#scanner.take();
    if (depth > DEEPEST) return this.#unknown('is nested too deep', token.at);
    if (token.kind !== 'name') return this.#unknown(token.kind === 'end' ? 'is cut off' : 'is not a type', token.at);
    const word = token.text;
    if (SCALARS.includes(word)) return { kind: 'scalar', name: word as ScalarName, enumName: null };
    if (WORDS.includes(word)) return this.#simple(word as 'addr');
    if (Object.hasOwn(FLAVORS, word)) return this.#function(FLAVORS[word]!, depth);
    switch (word) {
      case 'set':
      case 'table':
        return this.#table(word === 'set', depth);
      case 'vector':
        return { kind: 'vector', element: this.#of(depth) };
      case 'file':
        if (this.#scanner.peek().text === 'of') this.#of(depth);
        return { kind: 'file' };
      case 'list':
        return this.#list(depth);
      case 'record':
        return this.record(depth);
      case 'enum':
        return this.#enum();
      case 'opaque':
        return { kind: 'opaque', of: this.#scanner.accept('of') ? this.#opaque() : null };
      default:
        return { kind: 'named', name: word, isRecord: false };
    }
  }

  /** What is left at the end belongs to no type. */
  finish(): void {
    this.#scanner.accept(';');
    const { kind, at } = this.#scanner.peek();
    if (kind !== 'end') this.#problem('is left over', at);
  }

  /** The word `type` may be followed by the type it names. */
  #simple(word: 'addr' | 'subnet' | 'string' | 'pattern' | 'any' | 'void' | 'type'): ZeekType {
    if (word === 'type' && this.#scanner.peek().kind === 'name') this.#scanner.take();
    return { kind: word };
  }

  #table(isSet: boolean, depth: number): ZeekType {
    const keys: ZeekType[] = [];
    const scanner = this.#scanner;
    if (scanner.accept('(')) this.#skipTo(')');
    else if (scanner.accept('[')) {
      while (scanner.peek().kind !== 'end' && scanner.peek().text !== ']') {
        keys.push(this.type(depth + 1));
        if (!scanner.accept(',') && scanner.peek().text !== ']') {
          const next = scanner.peek();
          this.#problem(next.kind === 'end' ? 'is cut off' : 'is no end of the keys', next.at);
          this.#skipTo(']');
          return { kind: 'table', keys, value: isSet ? null : this.#of(depth) };
        }
      }
      if (!scanner.accept(']')) this.#problem('is cut off', scanner.peek().at);
    } else if (isSet) this.#problem('is not what follows set', scanner.peek().at);
    return { kind: 'table', keys, value: isSet ? null : this.#of(depth) };
  }

  /** `of T`; without it the elements are not known: `vector()`, `table()`, and `table` alone before Zeek 7.0. */
  #of(depth: number): ZeekType {
    if (this.#scanner.accept('(')) this.#skipTo(')');
    if (this.#scanner.accept('of')) return this.type(depth + 1);
    return this.#unknown('says nothing of what is in it', this.#scanner.peek().at);
  }

  #list(depth: number): ZeekType {
    this.#scanner.accept('of');
    const of = [this.type(depth + 1)];
    while (this.#scanner.accept(',')) of.push(this.type(depth + 1));
    return { kind: 'list', of };
  }

  #function(flavor: 'function' | 'event' | 'hook', depth: number): ZeekType {
    if (this.#scanner.accept('(')) {
      this.#skipTo(')');
      if (this.#scanner.accept(':')) this.type(depth + 1);
    }
    return { kind: 'function', flavor };
  }

  #enum(): ZeekType {
    if (this.#scanner.accept('{')) this.#skipTo('}');
    const enumName = this.#scanner.peek().kind === 'name' ? this.#scanner.take().text : null;
    return { kind: 'scalar', name: 'enum', enumName };
  }

  /** A kind, or the calls that make its values: `hll_cardinality_init(0.1, 0.99)`. */
  #opaque(): string {
    const scanner = this.#scanner;
    const { at } = scanner.peek();
    let end = at + this.#name().length;
    while (scanner.peek().text === '(') {
      scanner.take();
      this.#skipTo(')');
      end = scanner.peek().at;
      if (scanner.accept('|')) this.#name();
    }
    return scanner.text.slice(at, end).trimEnd();
  }

  #name(): string {
    const token = this.#scanner.peek();
    if (token.kind === 'name') return this.#scanner.take().text;
    this.#problem('is no name', token.at);
    return '';
  }

  /** What follows the word `record`. */
  record(depth: number): ZeekType {
    const scanner = this.#scanner;
    if (scanner.peek().kind === 'name') return { kind: 'named', name: scanner.take().text, isRecord: true };
    if (!scanner.accept('{')) return this.#unknown('says nothing of its fields', scanner.peek().at);
    const fields: RecordField[] = [];
    while (!scanner.accept('}')) {
      const name = scanner.take();
      if (name.kind === 'name' && scanner.accept(':')) {
        const type = this.type(depth + 1);
        fields.push({ name: name.text, type, optional: this.#attributes() });
      } else if (name.text !== ';' && name.text !== ',') {
        this.#problem(name.kind === 'end' ? 'is cut off' : 'is no field', name.at);
        if (name.kind === 'end') break;
        this.#attributes();
      }
    }
    return { kind: 'record', fields };
  }

  /** Skips to the end of a field. @returns whether an attribute lets the field be absent */
  #attributes(): boolean {
    const scanner = this.#scanner;
    let optional = false;
    for (;;) {
      const { kind, text } = scanner.peek();
      if (kind === 'end' || text === '}') return optional;
      scanner.take();
      if (text === ';' || text === ',') return optional;
      if (text === '&') {
        const attribute = scanner.peek().text;
        if (attribute === 'optional' || attribute === 'default') optional = true;
      } else if (Object.hasOwn(CLOSING, text)) this.#skipTo(CLOSING[text]!);
    }
  }

  /** Past the bracket that closes one already taken; the kinds of brackets in between are not compared. */
  #skipTo(closing: string): void {
    let open = 1;
    while (open > 0) {
      const { kind, text, at } = this.#scanner.take();
      if (kind === 'end') {
        this.#problem(`lacks a ${closing}`, at);
        return;
      }
      if (Object.hasOwn(CLOSING, text)) open++;
      else if (text === ']' || text === ')' || text === '}') open--;
    }
  }

  #unknown(what: string, at: number): ZeekType {
    this.#problem(what, at);
    return { kind: 'unknown', text: this.#quote(at) };
  }

  #problem(what: string, at: number): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    const quote = this.#quote(at);
    this.problems.push(quote === '' ? `the type ${what} at its end` : `“${quote}” ${what}`);
  }

  #quote(at: number): string {
    const text = this.#scanner.text.slice(at, at + LONGEST_QUOTE);
    return text.length < LONGEST_QUOTE ? text : `${text.slice(0, -1)}…`;
  }
}
