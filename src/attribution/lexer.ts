/**
 * Splits Zeek script into tokens that cover the text without gaps. It accepts any text: what is no token of Zeek's is
 * `broken`, and scanning goes on behind it. Every character is looked at a bounded number of times.
 *
 * Source: Zeek's scanner (src/scan.l, 4.0 to 8.0). Whether a slash begins a pattern or divides, Zeek's parser decides;
 * here the token before it does.
 */

import {
  classOf,
  DIGIT,
  HEX_DIGIT,
  IDENTIFIER,
  IDENTIFIER_START,
  isKeyword,
  KNOWN_ATTRIBUTES,
  SPACE,
  SYMBOL,
  WHOLE_LINE_DIRECTIVES,
} from './lexer-tables.ts';

/** What the lexer asks of a string. */
export type ScriptText = Pick<string, 'length' | 'charCodeAt' | 'slice'>;

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
const UNDERSCORE = 0x5f;
const OPENING = '([{';
const CLOSING = ')]}';
/** Longer than any address in brackets, which is what is looked for up to here. */
const LONGEST_ADDRESS = 64;
/** DNS allows no longer name; without an end to the search, `a-a-a-a…` would be searched from every `a`. */
const LONGEST_HOST = 253;
/** Symbols of two characters. */
const PAIRS = new Set(['--', '++', '+=', '-=', '==', '!=', '>=', '<=', '&&', '||', '<<', '>>', '?$']);
const UNITS = new Set(['day', 'days', 'hr', 'hrs', 'min', 'mins', 'sec', 'secs', 'msec', 'msecs', 'usec', 'usecs']);
const TRANSPORTS = new Set(['tcp', 'udp', 'icmp', 'unknown']);

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
    const kind = classOf(first);
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

  /** Moves past characters of a class. */
  #skip(from: number, mask: number): number {
    let i = from;
    while (classOf(this.#at(i)) & mask) i++;
    return i;
  }

  #space(): true {
    let i = this.start;
    for (let c = this.#at(i); classOf(c) & SPACE; c = this.#at(++i)) if (c === NEWLINE) this.#lines++;
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
    while (this.#at(i) === COLON && this.#at(i + 1) === COLON && classOf(this.#at(i + 2)) & IDENTIFIER_START)
      i = this.#skip(i + 2, IDENTIFIER);
    const behind = this.#at(i);
    const host = behind === DOT || behind === DASH ? this.#hostEnd(this.start) : i;
    if (host > i) return this.#take('literal', host, true);
    const word = this.#text.slice(this.start, i);
    if (isKeyword(word)) return this.#take('keyword', i, false);
    return this.#take(word === 'T' || word === 'F' ? 'literal' : 'name', i, true);
  }

  /** Where a host name (labels between dots, the last one not all digits) ends, or where it began if it is none. */
  #hostEnd(start: number): number {
    let i = start;
    let end = start;
    for (let labels = 1; i - start <= LONGEST_HOST; labels++) {
      const first = classOf(this.#at(i));
      if (!(first & IDENTIFIER) || this.#at(i) === UNDERSCORE) return end;
      const letter = (first & IDENTIFIER_START) !== 0;
      do i++;
      while (this.#isHostCharacter(this.#at(i)) && i - start <= LONGEST_HOST);
      if (labels > 1 && letter) end = i;
      if (this.#at(i) !== DOT) return end;
      i++;
    }
    return end;
  }

  #isHostCharacter(code: number): boolean {
    return code === DASH || (code !== UNDERSCORE && (classOf(code) & IDENTIFIER) !== 0);
  }

  /** What begins with a digit: number, interval, port, address, subnet or host name; the longest, as Zeek takes it. */
  #literal(): true {
    if (this.#at(this.start) === 0x30 && (this.#at(this.start + 1) | 0x20) === 0x78) {
      const end = this.#skip(this.start + 2, HEX_DIGIT);
      if (end > this.start + 2) return this.#take('literal', end, true);
    }
    const address = this.#addressEnd(this.start);
    const plain = address > this.start ? this.#prefixEnd(address) : this.#numberEnd(this.start);
    return this.#take('literal', Math.max(plain, this.#hostEnd(this.start)), true);
  }

  /** Four numbers between dots. */
  #addressEnd(start: number): number {
    let i = start;
    for (let part = 0; part < 4; part++) {
      if (part > 0 && this.#at(i++) !== DOT) return start;
      const end = this.#skip(i, DIGIT);
      if (end === i) return start;
      i = end;
    }
    return i;
  }

  /** Behind the `/24` that may follow an address. */
  #prefixEnd(address: number): number {
    const slash = this.#blanks(address);
    if (this.#at(slash) !== SLASH) return address;
    const digits = this.#blanks(slash + 1);
    const end = this.#skip(digits, DIGIT);
    return end > digits ? end : address;
  }

  #numberEnd(start: number): number {
    let i = this.#skip(start, DIGIT);
    if (this.#at(i) === SLASH) {
      const end = this.#skip(i + 1, IDENTIFIER);
      if (TRANSPORTS.has(this.#text.slice(i + 1, Math.min(end, i + 9)))) return end;
      return i;
    }
    if (this.#at(i) === DOT) i = this.#skip(i + 1, DIGIT);
    if ((this.#at(i) | 0x20) === 0x65) {
      const sign = this.#at(i + 1);
      const digits = sign === DASH || sign === PLUS ? i + 2 : i + 1;
      const end = this.#skip(digits, DIGIT);
      if (end > digits) i = end;
    }
    const unit = this.#blanks(i);
    const end = this.#skip(unit, IDENTIFIER);
    return UNITS.has(this.#text.slice(unit, Math.min(end, unit + 6))) ? end : i;
  }

  #blanks(from: number): number {
    let i = from;
    while (this.#at(i) === 0x20 || this.#at(i) === 0x09) i++;
    return i;
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
    while (classOf(this.#at(end)) & IDENTIFIER || this.#at(end) === DASH) end++;
    const word = this.#text.slice(this.start, Math.min(end, this.start + 16));
    if (WHOLE_LINE_DIRECTIVES.has(word)) return this.#restOfLine('directive', end);
    // The two stand for a text.
    return this.#take('directive', end, word === '@DIR' || word === '@FILENAME');
  }

  #symbol(first: number): true {
    const address = first === 0x5b ? this.#bracketedEnd() : 0;
    if (address > 0) return this.#take('literal', this.#prefixEnd(address), true);
    if (!(classOf(first) & SYMBOL)) return this.#take('broken', this.start + 1, false);
    const one = String.fromCharCode(first);
    const pair = PAIRS.has(this.#text.slice(this.start, this.start + 2));
    if (first === BAR && !pair) return this.#bar();
    if (first === COLON && this.#at(this.start + 1) === COLON && classOf(this.#at(this.start + 2)) & IDENTIFIER_START)
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

  /** Behind the bracket of `[2001:db8::1]`, or 0. */
  #bracketedEnd(): number {
    let colons = 0;
    let double = false;
    for (let i = this.start + 1; i < this.start + LONGEST_ADDRESS; i++) {
      const c = this.#at(i);
      if (c === 0x5d) return double || colons === 7 || (colons === 6 && this.#at(i - 2) !== COLON) ? i + 1 : 0;
      if (c === COLON) {
        colons++;
        double ||= this.#at(i - 1) === COLON;
      } else if (!(classOf(c) & HEX_DIGIT) && c !== DOT && !(c === 0x78 && i === this.start + 2)) return 0;
    }
    return 0;
  }
}
