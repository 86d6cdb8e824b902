import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Lexer, type TokenKind } from '../../src/attribution/lexer.ts';
import type { ScriptText } from '../../src/attribution/literals.ts';

interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly line: number;
}

function tokens(text: string): Token[] {
  const lexer = new Lexer(text);
  const all: Token[] = [];
  while (lexer.next()) all.push({ kind: lexer.kind, text: lexer.text, line: lexer.line });
  return all;
}

/** Without space, as `kind text`. */
function told(text: string): string[] {
  return tokens(text)
    .filter(({ kind }) => kind !== 'space')
    .map((token) => `${token.kind} ${token.text}`);
}

/** Pieces of script and of what is none, in any order. */
const PIECES = fc.array(
  fc.oneof(
    fc.constantFrom(
      ...['"', '\\', '/', '#', '##', '\n', '\r\n', ' ', '{', '}', '(', ')', '[', ']', '|', '||', ';', ':', '::', '$'],
      ...['&', '&redef', '&&', '@if', '@load x', '@', '-', '--', '.', '1', '0x', '1.2.3.4', '/8', '80/tcp', '1e5', 'a'],
      ...['a-', 'a.', 'global', 'module M;', 'export {', '[2001:db8::1]', '[a::b]', '5 mins', 'é', '\0', '\u{1f600}'],
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  ),
  { maxLength: 60 },
);

describe('tokens', () => {
  test('cover any text without gaps, in order, with the lines they begin in', () => {
    fc.assert(
      fc.property(PIECES, (pieces) => {
        const text = pieces.join('');
        const all = tokens(text);
        expect(all.map((token) => token.text).join('')).toBe(text);
        expect(all.every((token) => token.text.length > 0)).toBe(true);
        let line = 1;
        for (const token of all) {
          expect(token.line).toBe(line);
          line += token.text.split('\n').length - 1;
          if (token.kind !== 'space') expect(token.text).not.toContain('\n');
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('of well-formed script are the same whatever space and comments stand between', () => {
    const words = fc.constantFrom(
      ...[
        'global',
        'x',
        'A::b',
        '::c',
        '=',
        '+=',
        '"a # b"',
        '80/tcp',
        '10.0.0.0/8',
        '&redef',
        '{',
        '}',
        '(',
        ')',
        ';',
      ],
      ...['in', ',', '$', '5min', 'www.example.com', '/a#b/i', '@ifdef', '==', '&&'],
    );
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 40 }),
        fc.array(fc.constantFrom(' ', '\n', '\t\n# " /\n')),
        (list, gaps) => {
          // A slash divides after an operand.
          const clean = list.filter((word, i) => word !== '/a#b/i' || /^(=|in|\(|,|\{)$/.test(list[i - 1] ?? '('));
          const between = (i: number) => gaps[i % Math.max(1, gaps.length)] ?? ' ';
          const text = clean.map((word, i) => word + between(i)).join('');
          const told = tokens(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
          expect(told.map((token) => token.text)).toEqual(clean);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('what a token is', () => {
  test.each<[string, string[]]>([
    ['# a "comment" /x', ['comment # a "comment" /x']],
    ['x = "a \\" # b";', ['name x', 'symbol =', 'string "a \\" # b"', 'symbol ;']],
    ['"not closed\nx', ['broken "not closed', 'name x']],
    ['"ends in a backslash\\\nx', ['broken "ends in a backslash\\', 'name x']],
    ['x = /a\\/b"#/is;', ['name x', 'symbol =', 'pattern /a\\/b"#/is', 'symbol ;']],
    ['a / b / c', ['name a', 'symbol /', 'name b', 'symbol /', 'name c']],
    ['f(x) / 2', ['name f', 'symbol (', 'name x', 'symbol )', 'symbol /', 'literal 2']],
    ['a[1] / 2', ['name a', 'symbol [', 'literal 1', 'symbol ]', 'symbol /', 'literal 2']],
    ['|x| / 2', ['symbol |', 'name x', 'symbol |', 'symbol /', 'literal 2']],
    ['p = /a/ | /b/;', ['name p', 'symbol =', 'pattern /a/', 'symbol |', 'pattern /b/', 'symbol ;']],
    ['(|x| + |y[1]|) / 2', '( | x | + | y [ 1 ] | ) / 2'.split(' ').map(asToken)],
    ['/a/ in s', ['pattern /a/', 'keyword in', 'name s']],
    ['return /a/ == s', ['keyword return', 'pattern /a/', 'symbol ==', 'name s']],
    ['{ /a/, /b/ }', ['symbol {', 'pattern /a/', 'symbol ,', 'pattern /b/', 'symbol }']],
    ['i++ / 2', ['name i', 'symbol ++', 'symbol /', 'literal 2']],
    ['80/tcp 53 / udp', ['literal 80/tcp', 'literal 53', 'symbol /', 'name udp']],
    ['10.0.0.0/8 10.1.2.3 1.5 .5', ['literal 10.0.0.0/8', 'literal 10.1.2.3', 'literal 1.5', 'broken .', 'literal 5']],
    ['[2001:db8::1] [::1]/64', ['literal [2001:db8::1]', 'literal [::1]/64']],
    ['t[A::x]', ['name t', 'symbol [', 'name A::x', 'symbol ]']],
    ['s[1:2]', ['name s', 'symbol [', 'literal 1', 'symbol :', 'literal 2', 'symbol ]']],
    ['2min 1.5 hrs 3 minus', ['literal 2min', 'literal 1.5 hrs', 'literal 3', 'name minus']],
    ['0xff 1e3 1e', ['literal 0xff', 'literal 1e3', 'literal 1', 'name e']],
    ['www.example-1.com', ['literal www.example-1.com']],
    ['a-b', ['name a', 'symbol -', 'name b']],
    ['T && F', ['literal T', 'symbol &&', 'literal F']],
    ['x &redef &other', ['name x', 'attribute &redef', 'symbol &', 'name other']],
    ['@load ./a/b.zeek # c', ['directive @load ./a/b.zeek # c']],
    ['@if ( /a/ in s )', ['directive @if', 'symbol (', 'pattern /a/', 'keyword in', 'name s', 'symbol )']],
    ['@DIR + "/x"', ['directive @DIR', 'symbol +', 'string "/x"']],
    ['::x A::B::c', ['name ::x', 'name A::B::c']],
    [
      'c?$http && c$http$x',
      ['name c', 'symbol ?$', 'name http', 'symbol &&', ...'c $ http $ x'.split(' ').map(asToken)],
    ],
  ])('%s', (text, expected) => {
    expect(told(text)).toEqual(expected);
  });
});

function asToken(text: string): string {
  if (/^[a-z]/.test(text)) return `name ${text}`;
  return `${/^\d/.test(text) ? 'literal' : 'symbol'} ${text}`;
}

/** How often the lexer looks at a character of the text. */
function work(text: string): number {
  let looks = 0;
  const watched: ScriptText = {
    length: text.length,
    charCodeAt: (i) => {
      looks++;
      return text.charCodeAt(i);
    },
    slice: (from, to) => {
      looks += Math.min(to ?? text.length, text.length) - (from ?? 0);
      return text.slice(from, to);
    },
  };
  const lexer = new Lexer(watched);
  while (lexer.next());
  return looks;
}

describe('a text twice as long is twice the work', () => {
  test.each([
    ['hyphens', 'a-'],
    ['labels', 'a.'],
    ['labels of digits', '1.'],
    ['letters', 'a'],
    ['digits', '1'],
    ['colons', ':'],
    ['modules', 'a::'],
    ['ampersands', '&a'],
    ['ats', '@a'],
    ['quotes', '"'],
    ['quotes and backslashes', '"\\'],
    ['slashes', '/'],
    ['divisions', 'a/'],
    ['brackets', '['],
    ['brackets and digits', '[1:'],
    ['bars', '|'],
    ['numbers and blanks', '1 '],
    ['many blanks', `1${' '.repeat(200)}`],
    ['addresses', '1.2.3.4 / '],
    ['comments', '#\n'],
    ['newlines', '\n'],
    ['nothing of Zeek’s', '\0é'],
  ])('%s', (_, piece) => {
    const n = Math.ceil(20_000 / piece.length);
    const once = work(piece.repeat(n));
    expect(work(piece.repeat(2 * n)) / once).toBeLessThan(2.1);
    expect(once).toBeLessThan(40 * n * piece.length + 260 * n);
  });
});
