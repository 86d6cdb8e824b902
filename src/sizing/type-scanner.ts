/** The words and signs of a type's text, one after the other: linear in the text, whatever it holds. */

export interface Token {
  /** `end` is the end of the text. */
  readonly kind: 'name' | 'sign' | 'end';
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
}

/** A name with its modules (`Foo::State`, `zeek::Bar`), or one character. The alternatives cannot backtrack far. */
const WORD = /[A-Za-z_][A-Za-z_0-9]*(?:::[A-Za-z_][A-Za-z_0-9]*)*/y;
const SPACE = /\s*/y;
/** A text in an attribute, such as a default; it ends with the line at the latest. */
const QUOTED = /"(?:[^"\\\n]|\\[^\n])*"?/y;

export class TypeScanner {
  readonly text: string;
  #at = 0;
  #next: Token | null = null;

  constructor(text: string) {
    this.text = text;
  }

  peek(): Token {
    this.#next ??= this.#read();
    return this.#next;
  }

  take(): Token {
    const token = this.peek();
    this.#next = null;
    return token;
  }

  /** Takes the next token if it is this sign or word. */
  accept(text: string): boolean {
    if (this.peek().text !== text) return false;
    this.take();
    return true;
  }

  #read(): Token {
    SPACE.lastIndex = this.#at;
    SPACE.test(this.text);
    const at = SPACE.lastIndex;
    if (at >= this.text.length) return { kind: 'end', text: '', at };
    const isName = isAt(WORD, this.text, at);
    if (isName) this.#at = WORD.lastIndex;
    else this.#at = isAt(QUOTED, this.text, at) ? QUOTED.lastIndex : at + 1;
    return { kind: isName ? 'name' : 'sign', text: this.text.slice(at, this.#at), at };
  }
}

function isAt(regex: RegExp, text: string, at: number): boolean {
  regex.lastIndex = at;
  return regex.test(text);
}
