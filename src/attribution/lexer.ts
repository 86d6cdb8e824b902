/**
 * Splits Zeek script into tokens that cover the text without gaps. It accepts any text: what is no token of Zeek's is
 * `broken`, and scanning goes on behind it. Every character is looked at a bounded number of times.
 *
 * Source: Zeek's scanner (src/scan.l, 4.0 to 8.0). Whether a slash begins a pattern or divides, Zeek's parser decides;
 * here the token before it does.
 */

import {
  classify,
  DIGIT,
  findBracketedEnd,
  findHostEnd,
  findLiteralEnd,
  findPrefixEnd,
  IDENTIFIER,
  IDENTIFIER_START,
  isKeyword,
  KNOWN_ATTRIBUTES,
  type ScriptText,
  SPACE,
  SYMBOL,
  skip,
  WHOLE_LINE_DIRECTIVES,
} from './literals.ts';

export type TokenKind =
  | 'space'
  | 'comment'
  | 'name'
  | 'keyword'
  /** Numbers with or without unit, addresses, subnets, ports, host names. */
  | 'literal'
  | 'string'
  | 'pattern'
  /** `&create_expire`, without its value. */
  | 'attribute'
  /** `@if`; `@load` and the like with the rest of their line. */
  | 'directive'
  | 'symbol'
  | 'broken';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const HASH = 0x23;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SLASH = 0x2f;
const AMPERSAND = 0x26;
const AT = 0x40;
const DOT = 0x2e;
const DASH = 0x2d;
const PLUS = 0x2b;
const COLON = 0x3a;
const EQUALS = 0x3d;
const BAR = 0x7c;
const OPENING = '([{';
const CLOSING = ')]}';
/** Symbols of two characters. */
const PAIRS = new Set(['--', '++', '+=', '-=', '==', '!=', '>=', '<=', '&&', '||', '<<', '>>', '?$']);

export class Lexer {
  readonly #text: ScriptText;
  /** The token that `next` found, as `[start, end)` in the text, and its first line from 1. */
  kind: TokenKind = 'space';
  start = 0;
  end = 0;
  line = 1;
  /** Newlines in the tokens before the present one and in it. */
  #lines = 0;
  /** True where the token before ends an operand, so that a slash divides and a bar ends or joins. */
  #afterOperand = false;
  /** Per open bracket, whether a bar that began a size (`|x|`) is open in it. */
  #bars: boolean[] = [false];

  constructor(text: ScriptText) {
    this.#text = text;
  }

  /** Moves to the next token; false at the end. */
  next(): boolean {
    this.start = this.end;
    this.line = 1 + this.#lines;
    if (this.start >= this.#text.length) return false;
    const first = this.#at(this.start);
    const kind = classify(first);
    if (kind & SPACE) return this.#space();
    if (kind & IDENTIFIER_START) return this.#word();
    if (kind & DIGIT) return this.#literal();
    if (first === HASH) return this.#restOfLine('comment', this.start);
    if (first === QUOTE) return this.#quoted(QUOTE, 'string');
    if (first === SLASH && !this.#afterOperand) return this.#pattern();
    if (first === AMPERSAND) return this.#attribute();
    if (first === AT) return this.#directive();
    return this.#symbol(first);
  }

  /** The present token's text. */
  get text(): string {
    return this.#text.slice(this.start, this.end);
  }

  /** The code at a place, or NaN beyond the end. */
  #at(i: number): number {
    return this.#text.charCodeAt(i);
  }

  /** The present token is found. */
  #take(kind: TokenKind, end: number, isOperand: boolean): true {
    this.kind = kind;
    this.end = end;
    this.#afterOperand = isOperand;
    return true;
  }

  #skip(from: number, mask: number): number {
    return skip(this.#text, from, mask);
  }

  #space(): true {
    let i = this.start;
    for (let c = this.#at(i); classify(c) & SPACE; c = this.#at(++i)) if (c === NEWLINE) this.#lines++;
    return this.#take('space', i, this.#afterOperand);
  }

  /** Up to the end of the line, which belongs to the space behind. */
  #restOfLine(kind: TokenKind, from: number): true {
    let i = from;
    for (let c = this.#at(i); c !== NEWLINE && c !== RETURN && i < this.#text.length; c = this.#at(++i));
    return this.#take(kind, i, this.#afterOperand);
  }

  /** A name with its modules (`A::b`), a keyword, or a host name such as `www.example.com`. */
  #word(): true {
    let i = this.#skip(this.start, IDENTIFIER);
    while (this.#at(i) === COLON && this.#at(i + 1) === COLON && classify(this.#at(i + 2)) & IDENTIFIER_START)
      i = this.#skip(i + 2, IDENTIFIER);
    const behind = this.#at(i);
    const host = behind === DOT || behind === DASH ? findHostEnd(this.#text, this.start) : i;
    if (host > i) return this.#take('literal', host, true);
    const word = this.#text.slice(this.start, i);
    if (isKeyword(word)) return this.#take('keyword', i, false);
    return this.#take(word === 'T' || word === 'F' ? 'literal' : 'name', i, true);
  }

  /** What begins with a digit. */
  #literal(): true {
    return this.#take('literal', findLiteralEnd(this.#text, this.start), true);
  }

  /** A string or pattern: up to the unescaped closing character; `broken` where the line ends before. */
  #quoted(closing: number, kind: TokenKind): true {
    let i = this.start + 1;
    for (;;) {
      const c = this.#at(i);
      if (i >= this.#text.length || c === NEWLINE || c === RETURN) return this.#take('broken', i, true);
      if (c === closing) return this.#take(kind, i + 1, true);
      const next = this.#at(i + 1);
      i += c === BACKSLASH && i + 1 < this.#text.length && next !== NEWLINE && next !== RETURN ? 2 : 1;
    }
  }

  /** With its modes: `/re/i`. */
  #pattern(): true {
    this.#quoted(SLASH, 'pattern');
    for (let modes = 0; this.kind === 'pattern' && modes < 2; modes++) {
      const mode = this.#at(this.end);
      if (mode === 0x69 || mode === 0x73) this.end++;
    }
    return true;
  }

  #attribute(): true {
    const end = this.#skip(this.start + 1, IDENTIFIER);
    if (KNOWN_ATTRIBUTES.has(this.#text.slice(this.start, Math.min(end, this.start + 32))))
      return this.#take('attribute', end, false);
    return this.#symbol(AMPERSAND);
  }

  #directive(): true {
    let end = this.start + 1;
    while (classify(this.#at(end)) & IDENTIFIER || this.#at(end) === DASH) end++;
    const word = this.#text.slice(this.start, Math.min(end, this.start + 16));
    if (WHOLE_LINE_DIRECTIVES.has(word)) return this.#restOfLine('directive', end);
    // The two stand for a text.
    return this.#take('directive', end, word === '@DIR' || word === '@FILENAME');
  }

  #symbol(first: number): true {
    const address = first === 0x5b ? findBracketedEnd(this.#text, this.start) : 0;
    if (address > 0) return this.#take('literal', findPrefixEnd(this.#text, address), true);
    if (!(classify(first) & SYMBOL)) return this.#take('broken', this.start + 1, false);
    const one = String.fromCharCode(first);
    const pair = PAIRS.has(this.#text.slice(this.start, this.start + 2));
    if (first === BAR && !pair) return this.#bar();
    if (first === COLON && this.#at(this.start + 1) === COLON && classify(this.#at(this.start + 2)) & IDENTIFIER_START)
      return this.#take('name', this.#skip(this.start + 2, IDENTIFIER), true);
    if (OPENING.includes(one)) this.#bars.push(false);
    if (CLOSING.includes(one) && this.#bars.length > 1) this.#bars.pop();
    // A block may end before a pattern, a set or table in braces is never divided.
    const isOperand =
      first === 0x29 || first === 0x5d || (pair && (first === PLUS || first === DASH) && this.#isStep());
    if (first === 0x3b) this.#bars[this.#bars.length - 1] = false;
    return this.#take('symbol', this.start + (pair ? 2 : 1), isOperand);
  }

  /** `x++` stays an operand, `++x` is none yet, `+=` never. */
  #isStep(): boolean {
    return this.#at(this.start + 1) !== EQUALS && this.#afterOperand;
  }

  /** A bar begins a size where an operand is due, ends one where one is open, and else joins patterns or sets. */
  #bar(): true {
    const top = this.#bars.length - 1;
    const closes = this.#afterOperand && this.#bars[top] === true;
    if (!this.#afterOperand) this.#bars[top] = true;
    else if (closes) this.#bars[top] = false;
    return this.#take('symbol', this.start + 1, closes);
  }
}
