/**
 * Cuts a script into its items: declarations, functions, events, statements; each as its tokens, without space and
 * comments. Scripts with errors are cut as well as can be: words that can only begin a declaration begin one.
 */

import { Lexer, type TokenKind } from './lexer.ts';

export interface ItemToken {
  readonly kind: TokenKind;
  readonly text: string;
  readonly line: number;
  /** True where space or a comment stands before it. */
  readonly apart: boolean;
}

export interface ItemProblem {
  readonly line: number;
  readonly what: string;
}

/**
 * An open bracket. Brackets form a list towards the outermost, which is never changed, so that the branches of `@if`
 * can each begin with what was open before.
 */
interface Bracket {
  readonly symbol: string;
  readonly outer: Bracket | null;
  /** The nearest `{` around, itself included. */
  readonly brace: Bracket | null;
  /** True for that of `export {`: inside, declarations are as outside. */
  readonly isExport: boolean;
  /** The nearest one of `export {`, itself included. */
  readonly level: Bracket | null;
}

/** Words that stand nowhere but at the beginning of a declaration. */
const BEGINS_DECLARATION = new Set(['global', 'option', 'redef', 'module', 'export']);
/** Declarations end in a semicolon; all else may also end in the brace of its body. */
const DECLARATIONS = new Set(['global', 'option', 'redef', 'module', 'const', 'type']);
const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

export class ScriptItems {
  readonly #lexer: Lexer;
  readonly #onItem: (tokens: readonly ItemToken[]) => void;
  readonly #onProblem: (problem: ItemProblem) => void;
  #tokens: ItemToken[] = [];
  #open: Bracket | null = null;
  /** What was open at each `@if` that is not closed. */
  readonly #conditionals: (Bracket | null)[] = [];
  #apart = false;

  constructor(text: string, onItem: (tokens: readonly ItemToken[]) => void, onProblem: (problem: ItemProblem) => void) {
    this.#lexer = new Lexer(text);
    this.#onItem = onItem;
    this.#onProblem = onProblem;
  }

  read(): void {
    const lexer = this.#lexer;
    while (lexer.next()) {
      if (lexer.kind === 'space' || lexer.kind === 'comment') this.#apart = true;
      else if (lexer.kind === 'directive') this.#directive(lexer.text);
      else this.#token();
    }
    const [first] = this.#tokens;
    if (first !== undefined) this.#problem(first.line, 'does not end');
    else if (this.#open !== null) this.#problem(lexer.line, `ends within ${this.#open.symbol}`);
    this.#endItem();
  }

  get #isAtLevel(): boolean {
    return this.#open === null || this.#open.isExport;
  }

  #token(): void {
    const { kind, text, line } = this.#lexer;
    if (kind === 'broken') this.#problem(line, `cannot be read at ${text.slice(0, 20)}`);
    if (kind === 'keyword' && BEGINS_DECLARATION.has(text) && this.#tokens.length > 0) {
      this.#problem(this.#tokens[0]!.line, 'does not end before the next declaration');
      this.#endItem();
      this.#open = this.#open?.level ?? null;
    }
    const before = this.#tokens.at(-1);
    if (kind === 'symbol' && (text === '(' || text === '[' || text === '{')) {
      const isExport = text === '{' && before?.text === 'export' && this.#tokens.length === 1;
      if (isExport) this.#tokens = [];
      this.#push(text, isExport);
      if (isExport) return;
    } else if (kind === 'symbol' && CLOSES[text] !== undefined && this.#close(text)) return;
    this.#tokens.push({ kind, text, line, apart: this.#apart });
    this.#apart = false;
    if (!this.#isAtLevel || kind !== 'symbol') return;
    if (text === ';' || (text === '}' && !DECLARATIONS.has(this.#tokens[0]!.text))) this.#endItem();
  }

  #push(symbol: string, isExport: boolean): void {
    const outer = this.#open;
    const level = outer?.level ?? null;
    const brace = outer?.brace ?? null;
    const bracket = { symbol, outer, isExport, brace, level };
    if (symbol === '{') bracket.brace = bracket;
    if (isExport) bracket.level = bracket;
    this.#open = bracket;
  }

  /** True where the bracket is no part of an item: that of `export {}`, or one too many. */
  #close(symbol: string): boolean {
    // A brace also closes what was left open within.
    const closed = symbol === '}' ? (this.#open?.brace ?? null) : this.#open;
    if (closed === null || closed.symbol !== CLOSES[symbol]) {
      this.#problem(this.#lexer.line, `closes a ${CLOSES[symbol]} that is not open`);
      return true;
    }
    this.#open = closed.outer;
    if (!closed.isExport) return false;
    if (this.#tokens.length > 0) this.#problem(this.#tokens[0]!.line, 'does not end before its export block does');
    this.#endItem();
    return true;
  }

  /** Both branches of a condition are read, as if each were the only one. */
  #directive(word: string): void {
    if (word === '@if' || word === '@ifdef' || word === '@ifndef') {
      this.#condition();
      this.#conditionals.push(this.#open);
    } else if (word === '@else') {
      if (this.#conditionals.length === 0) this.#problem(this.#lexer.line, 'has an @else without @if');
      else this.#open = this.#conditionals.at(-1)!;
    } else if (word === '@endif') {
      if (this.#conditionals.length === 0) this.#problem(this.#lexer.line, 'has an @endif without @if');
      this.#conditionals.pop();
    } else if (word === '@DIR' || word === '@FILENAME') this.#token();
    this.#apart = true;
  }

  /** Skips the condition, which stands in parentheses; one that does not, up to where that shows. */
  #condition(): void {
    const lexer = this.#lexer;
    const { line } = lexer;
    let depth = 0;
    while (lexer.next()) {
      if (lexer.kind === 'space' || lexer.kind === 'comment') continue;
      const symbol = lexer.kind === 'symbol' ? lexer.text : '';
      if (symbol === '(') depth++;
      else if (symbol === ')') depth--;
      if (symbol === ')' && depth === 0) return;
      if (depth <= 0 || symbol === ';') break;
    }
    this.#problem(line, 'has a condition without parentheses around it');
  }

  #endItem(): void {
    if (this.#tokens.length > 0) this.#onItem(this.#tokens);
    this.#tokens = [];
  }

  #problem(line: number, what: string): void {
    this.#onProblem({ line, what });
  }
}

/** The text of tokens, with one space where there was any between them. */
export function joinTokens(tokens: readonly ItemToken[]): string {
  let text = '';
  for (const token of tokens) text += token.apart && text !== '' ? ` ${token.text}` : token.text;
  return text;
}
