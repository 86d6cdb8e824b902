/** What a script declares, and which variables it gives another value as a whole. */

import type { OpaqueCreation } from '../model/zeek-type.ts';
import {
  type Assignment,
  type ContentStatement,
  type Declaration,
  qualifyName,
  type StoreUse,
  shortenText,
  type TypeDeclaration,
} from './declaration.ts';
import { findCreations } from './opaque-creations.ts';
import { type ItemProblem, type ItemToken, joinTokens, ScriptItems } from './script-items.ts';

export interface ScriptFacts {
  /** Of `global`, `const`, `option`, and `redef` of a variable, in their order. */
  readonly declarations: readonly Declaration[];
  readonly types: readonly TypeDeclaration[];
  /** What `redef record NAME += { … }` adds, as `record { … }`. */
  readonly recordAdditions: readonly TypeDeclaration[];
  readonly assignments: readonly Assignment[];
  readonly statements: readonly ContentStatement[];
  /** Of opaque values. */
  readonly creations: readonly OpaqueCreation[];
  readonly stores: readonly StoreUse[];
  /** The first few places that are no Zeek script as this reader knows it. */
  readonly problems: readonly ItemProblem[];
}

const PROBLEMS = 3;
/** Of the text of a type or an attribute; one longer is cut, and ends in `…`. */
const LONGEST_TEXT = 2000;
/** Records have many fields, and one that is cut cannot be weighed. */
const LONGEST_TYPE = 50_000;
const LONGEST_STATEMENT = 72;
const STATEMENT_TOKENS = 40;
/** Tokens and characters of a value that is kept. */
const LONGEST_VALUE = 40;

/**
 * @param script its name, which declarations carry
 * @param text of any length and kind; what cannot be read is among the problems
 */
export function readScript(script: string, text: string): ScriptFacts {
  const problems: ItemProblem[] = [];
  const onProblem = (problem: ItemProblem) => {
    if (problems.length < PROBLEMS && problem.line !== problems.at(-1)?.line) problems.push(problem);
  };
  const reader = new ScriptReader(script, onProblem);
  new ScriptItems(text, (tokens) => reader.item(tokens), onProblem).read();
  const { declarations, types, recordAdditions, assignments, statements, creations, stores } = reader;
  return { declarations, types, recordAdditions, assignments, statements, creations, stores, problems };
}

type Does = ContentStatement['does'];

const STORE_CALLS = new Set([
  'Broker::create_master',
  'Broker::create_clone',
  'Broker::create_store',
  'Cluster::create_store',
]);

class ScriptReader {
  readonly declarations: Declaration[] = [];
  readonly types: TypeDeclaration[] = [];
  readonly recordAdditions: TypeDeclaration[] = [];
  readonly assignments: Assignment[] = [];
  readonly statements: ContentStatement[] = [];
  readonly creations: OpaqueCreation[] = [];
  readonly stores: StoreUse[] = [];
  readonly #script: string;
  readonly #onProblem: (problem: ItemProblem) => void;
  #module = 'GLOBAL';

  constructor(script: string, onProblem: (problem: ItemProblem) => void) {
    this.#script = script;
    this.#onProblem = onProblem;
  }

  item(tokens: readonly ItemToken[]): void {
    const keyword = tokens[0]!.text;
    this.creations.push(...findCreations(tokens, this.#module));
    this.#stores(tokens);
    switch (tokens[0]!.kind === 'keyword' ? keyword : '') {
      case 'module':
        if (tokens[1]?.kind === 'name') this.#module = tokens[1].text;
        return;
      case 'global':
      case 'const':
      case 'option':
      case 'redef':
        this.#declaration(keyword as Declaration['keyword'], tokens);
        return;
      case 'type':
        this.#type(tokens);
        return;
      default:
        this.#body(tokens);
    }
  }

  /** `global NAME [: TYPE] [= VALUE] [ATTRIBUTES];` */
  #declaration(keyword: Declaration['keyword'], tokens: readonly ItemToken[]): void {
    const name = tokens[1];
    if (name?.kind !== 'name') {
      // `redef enum` and `redef record` change types.
      if (keyword === 'redef') this.#addition(tokens);
      else this.#onProblem({ line: tokens[0]!.line, what: `has a ${keyword} without a name` });
      return;
    }
    const parts = splitParts(tokens, 2);
    this.declarations.push({
      variable: qualifyName(name.text, this.#module),
      script: this.#script,
      line: name.line,
      keyword,
      value: shortenValue(parts.value),
      type: parts.type === null ? null : shortenText(joinTokens(parts.type), LONGEST_TEXT),
      attributes: parts.attributes.map((attribute) => shortenText(attributeText(attribute), LONGEST_TEXT)),
    });
  }

  #type(tokens: readonly ItemToken[]): void {
    const name = tokens[1];
    if (name?.kind !== 'name') return;
    const { type } = splitParts(tokens, 2);
    if (type === null) return;
    this.types.push(this.#named(name, shortenText(joinTokens(type), LONGEST_TYPE)));
  }

  /** `redef record NAME += { … };` */
  #addition(tokens: readonly ItemToken[]): void {
    const [, record, name, sign, ...fields] = tokens;
    if (record?.text !== 'record' || name?.kind !== 'name' || sign?.text !== '+=') return;
    this.recordAdditions.push(this.#named(name, shortenText(`record ${joinTokens(fields)}`, LONGEST_TYPE)));
  }

  #stores(tokens: readonly ItemToken[]): void {
    for (const [i, { kind, text, line }] of tokens.entries()) {
      const isCall = kind === 'name' && STORE_CALLS.has(text) && tokens[i + 1]?.text === '(';
      if (!isCall && !(kind === 'attribute' && (text === '&backend' || text === '&broker_store'))) continue;
      // The first argument is the store's name.
      const used = isCall ? `${text}(${tokens[i + 2]?.text ?? ''})` : `${tokens[1]?.text ?? ''} ${text}`;
      this.stores.push({ script: this.#script, line, text: shortenText(used, LONGEST_STATEMENT) });
    }
  }

  #named({ text, line }: ItemToken, type: string): TypeDeclaration {
    return { name: qualifyName(text, this.#module), script: this.#script, line, type };
  }

  #statement(tokens: readonly ItemToken[], i: number, { at, does }: { at: number; does: Does }): void {
    const end = tokens.findIndex(({ text }, j) => j > at && text === ';');
    const statement = tokens.slice(i, Math.min(end < 0 ? tokens.length : end, i + STATEMENT_TOKENS));
    const text = `${shortenText(joinTokens(statement), LONGEST_STATEMENT)};`;
    const { text: name, line } = tokens[at]!;
    this.statements.push({ name, module: this.#module, script: this.#script, line, text, does });
  }

  /** A function, an event handler, a hook, or a statement: what it assigns to that is not its own. */
  #body(tokens: readonly ItemToken[]): void {
    const own = new Set<string>();
    for (let i = 0; i < tokens.length; i++) {
      const { kind, text, line } = tokens[i]!;
      if (kind === 'keyword' && (text === 'local' || text === 'const')) {
        own.add(tokens[i + 1]?.text ?? '');
        while (i + 1 < tokens.length && tokens[i + 1]!.text !== '=' && tokens[i + 1]!.text !== ';') i++;
      } else if (kind === 'name' && isParameter(tokens, i)) own.add(text);
      else if (changeAt(tokens, i) !== null && !own.has(tokens[changeAt(tokens, i)!.at]!.text))
        this.#statement(tokens, i, changeAt(tokens, i)!);
      else if (kind === 'name' && tokens[i + 1]?.text === '=' && beginsStatement(tokens[i - 1]) && !own.has(text)) {
        let end = i + 1;
        while (end < tokens.length && tokens[end]!.text !== ';') end++;
        // A statement that is never ended is cut, so that none is read twice at length.
        const value = tokens.slice(i, Math.min(end, i + STATEMENT_TOKENS));
        this.assignments.push({
          name: text,
          module: this.#module,
          script: this.#script,
          line,
          text: `${shortenText(joinTokens(value), LONGEST_STATEMENT)};`,
          expiry: judgeExpiryAfter(text, tokens.slice(i + 2, end)),
        });
        i = end - 1;
      }
    }
  }
}

/**
 * The change of contents that begins at a token, and where the name stands: `add N[…]`, `delete N[…]`, `clear_table(N)`,
 * `N[…] = …`, `N[…] += …`, `N += …`; null for anything else.
 */
function changeAt(tokens: readonly ItemToken[], i: number): { readonly at: number; readonly does: Does } | null {
  const { kind, text } = tokens[i]!;
  const next = tokens[i + 1];
  if (kind === 'keyword' && (text === 'add' || text === 'delete') && next?.kind === 'name')
    return { at: i + 1, does: text === 'add' ? 'adds' : 'deletes' };
  if (kind !== 'name') return null;
  if (text === 'clear_table' && tokens[i + 2]?.kind === 'name') return { at: i + 2, does: 'clears' };
  if (!beginsStatement(tokens[i - 1])) return null;
  const sign = next?.text === '[' ? tokens[findBracketEnd(tokens, i + 1)]?.text : next?.text;
  return sign === '+=' || (sign === '=' && next?.text === '[') ? { at: i, does: 'adds' } : null;
}

/** Behind the bracket that closes the one at a token. */
function findBracketEnd(tokens: readonly ItemToken[], from: number): number {
  let depth = 0;
  for (let i = from; i < Math.min(tokens.length, from + STATEMENT_TOKENS); i++) {
    depth += tokens[i]!.text === '[' ? 1 : tokens[i]!.text === ']' ? -1 : 0;
    if (depth === 0) return i + 1;
  }
  return tokens.length;
}

/** Type, value and attributes behind a declared name. */
function splitParts(tokens: readonly ItemToken[], from: number) {
  let type: ItemToken[] | null = null;
  const value: ItemToken[] = [];
  const attributes: ItemToken[][] = [];
  let part: ItemToken[] | null = null;
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i]!;
    const { kind, text } = token;
    if (depth === 0 && kind === 'attribute') {
      part = [token];
      attributes.push(part);
      continue;
    }
    if (depth === 0 && kind === 'symbol') {
      if (text === ';') break;
      if (text === ':' && i === from) {
        type = [];
        part = type;
        continue;
      }
      // Behind an attribute the sign belongs to it; behind a name or a type the value begins.
      if ((text === '=' || text === '+=' || text === '-=') && attributes.length === 0) {
        part = value;
        continue;
      }
    }
    if (kind === 'symbol') depth += '([{'.includes(text) ? 1 : ')]}'.includes(text) ? -1 : 0;
    part?.push(token);
  }
  return { type, value, attributes };
}

function shortenValue(tokens: readonly ItemToken[]): string | null {
  if (tokens.length === 0 || tokens.length > LONGEST_VALUE) return null;
  const text = joinTokens(tokens);
  return text.length <= LONGEST_VALUE ? text : null;
}

/** `&create_expire=1day`, whatever space was around the sign. */
function attributeText([name, sign, ...value]: readonly ItemToken[]): string {
  if (sign === undefined) return name!.text;
  return `${name!.text}${sign.text}${joinTokens(value)}`;
}

/** See `Assignment.expiry`. A copy has the expiry of what it is one of (TableVal::DoClone in Zeek's Val.cc). */
function judgeExpiryAfter(name: string, value: readonly ItemToken[]): Assignment['expiry'] {
  if (value.length === 4 && value[0]!.text === 'copy' && value[2]!.text === name) return 'kept';
  if (!['set', 'table', '{'].includes(value[0]?.text ?? '')) return 'unknown';
  const kept = value.some(({ kind, text }) => kind === 'attribute' && text.endsWith('_expire'));
  return kept ? 'kept' : 'lost';
}

/** `NAME :` behind an opening bracket or a comma. A name with a colon in a `case` or a slice is not assigned to. */
function isParameter(tokens: readonly ItemToken[], i: number): boolean {
  const before = tokens[i - 1]?.text;
  return tokens[i + 1]?.text === ':' && (before === '(' || before === ',');
}

function beginsStatement(before: ItemToken | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'keyword') return before.text === 'else';
  return before.kind === 'symbol' && (before.text === ')' || '{};:'.includes(before.text));
}
