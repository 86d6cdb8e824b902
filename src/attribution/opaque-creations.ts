/** Where scripts make opaque values, and with which numbers. */

import { OPAQUE_MAKERS, type OpaqueCreation } from '../model/zeek-type.ts';
import { type Declaration, isAssignedTo, qualifyName } from './declaration.ts';
import { type ItemToken, joinTokens } from './script-items.ts';

/** Calls that differ, of one variable: a package has one or two. */
const MOST_CALLS = 8;
/** Constants that are given the value of others. */
const DEEPEST = 8;

/** Those in one declaration, function, event handler or hook. */
export function findCreations(tokens: readonly ItemToken[], module: string): OpaqueCreation[] {
  const [first, second] = tokens;
  const declared = first?.kind === 'keyword' && second?.kind === 'name' ? second.text : null;
  return tokens.flatMap(({ kind, text }, i) => {
    if (kind !== 'name' || !Object.hasOwn(OPAQUE_MAKERS, text) || tokens[i + 1]?.text !== '(') return [];
    const isVariable = ['global', 'const', 'option', 'redef'].includes(first!.text);
    const name = isVariable ? declared : findTarget(tokens, i);
    return [{ name, module, maker: text, args: readArgumentsAt(tokens, i + 2) }];
  });
}

/** `NAME = call`, `NAME[…] = call`, `NAME[…]$field = call`; null for locals and anything else. */
function findTarget(tokens: readonly ItemToken[], call: number): string | null {
  if (tokens[call - 1]?.text !== '=') return null;
  let at = call - 2;
  for (let depth = 0; at >= 0; at--) {
    const { text } = tokens[at]!;
    if (text === ']') depth++;
    else if (text === '[') depth--;
    else if (depth === 0 && tokens[at - 1]?.text === '$') at--;
    else if (depth === 0) break;
  }
  const before = tokens[at - 1];
  const begins = before === undefined || before.kind === 'symbol' || before.text === 'else';
  return tokens[at]?.kind === 'name' && begins ? tokens[at]!.text : null;
}

function readArgumentsAt(tokens: readonly ItemToken[], from: number): string[] {
  const args: string[] = [];
  let start = from;
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const { text } = tokens[i]!;
    if (depth === 0 && (text === ',' || text === ')')) {
      args.push(joinTokens(tokens.slice(start, i)));
      start = i + 1;
      if (text === ')') break;
    } else if ('([{'.includes(text)) depth++;
    else if (')]}'.includes(text)) depth--;
  }
  return args;
}

/** The calls that make a variable's values, with the numbers that constants stand for. */
export class OpaqueCalls {
  readonly #creations: readonly OpaqueCreation[];
  readonly #values = new Map<string, string>();
  readonly #declared: ReadonlySet<string>;

  constructor(declarations: readonly Declaration[], creations: readonly OpaqueCreation[]) {
    this.#creations = creations;
    this.#declared = new Set(declarations.map(({ variable }) => variable));
    // What a script redefines holds, whichever is read first.
    for (const isRedef of [false, true])
      for (const { variable, keyword, value } of declarations)
        if (value !== null && (keyword === 'redef') === isRedef) this.#values.set(variable, value);
  }

  /**
   * Of a variable, or, where none of the calls names it, all of its module's.
   *
   * @param kind what `opaque of` says; null where it says nothing
   * @returns calls with `|` between them; null where not all of their arguments are known, or there are none
   */
  of(variable: string, kind: string | null): string | null {
    const own = this.#creations.filter(({ name, module, maker }) => {
      if (kind !== null && OPAQUE_MAKERS[maker] !== kind) return false;
      return name !== null && isAssignedTo({ name, module }, variable, this.#declared);
    });
    const ofModule = () =>
      this.#creations.filter(({ name, module, maker }) => {
        const isMine = variable.startsWith(`${module}::`) || (module === 'GLOBAL' && !variable.includes('::'));
        return isMine && name === null && (kind === null || OPAQUE_MAKERS[maker] === kind);
      });
    const found = own.length > 0 ? own : ofModule();
    if (new Set(found.map(({ maker }) => OPAQUE_MAKERS[maker])).size !== 1) return null;
    const calls = new Set<string>();
    for (const { maker, module, args } of found) {
      // A name for the hash functions may follow the numbers.
      const numbers = args.filter((text) => !text.startsWith('"')).map((text) => this.#valueOf(text, module));
      if (numbers.length === 0 || numbers.some((value) => !Number.isFinite(value))) return null;
      calls.add(`${maker}(${numbers.join(', ')})`);
    }
    return calls.size > MOST_CALLS ? null : [...calls].join('|');
  }

  /** Products and quotients of numbers and constants; NaN for anything else. */
  #valueOf(text: string, module: string, depth = 0): number {
    if (depth > DEEPEST) return Number.NaN;
    const [first = '', ...rest] = text.split(/([*/])/).map((part) => part.trim());
    let value = this.#factor(first, module, depth);
    for (let i = 0; i + 1 < rest.length; i += 2) {
      const factor = this.#factor(rest[i + 1]!, module, depth);
      value = rest[i] === '*' ? value * factor : value / factor;
    }
    return value;
  }

  #factor(text: string, module: string, depth: number): number {
    if (/^[\d.]/.test(text)) return Number(text);
    if (!/^[A-Za-z_:][\w:]*$/.test(text)) return Number.NaN;
    const value = this.#values.get(qualifyName(text, module)) ?? this.#values.get(text);
    return value === undefined ? Number.NaN : this.#valueOf(value, module, depth + 1);
  }
}
