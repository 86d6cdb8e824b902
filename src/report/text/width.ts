/** Text measured in the columns a terminal gives it. All of these expect text that has passed the sanitizer. */

import stringWidth from 'string-width';

/** One column per UTF-16 unit: nearly all text is, our own signs included, and measuring the rest takes a hundred times as long. */
const SIMPLE = /^[ -~…≈–“”×→µ▁-█]*$/;
let segmenter: Intl.Segmenter | null = null;

/** Columns the text takes. */
export function measureWidth(text: string): number {
  return SIMPLE.test(text) ? text.length : stringWidth(text);
}

/** What the user sees as characters; cutting anywhere else would change their width. */
function splitCharacters(text: string): string[] {
  if (SIMPLE.test(text)) return text.split('');
  // Made when it is needed: making one takes 15 ms.
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The text in at most `width` columns, with `…` for what is left out of its middle. */
export function truncateMiddle(text: string, width: number): string {
  if (measureWidth(text) <= width) return text;
  if (width < 1) return '';
  if (SIMPLE.test(text)) {
    const head = Math.ceil((width - 1) / 2);
    return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
  }
  const all = splitCharacters(text);
  let head = take(all, Math.ceil((width - 1) / 2));
  let tail = take(all.slice(head.length).reverse(), width - 1 - measureWidth(head.join(''))).reverse();
  // Characters that were apart may join where the cut brings them together: measure the result, not its parts.
  for (;;) {
    const result = `${head.join('')}…${tail.join('')}`;
    if (measureWidth(result) <= width) return result;
    if (tail.length >= head.length) tail = tail.slice(1);
    else head = head.slice(0, -1);
  }
}

/** The first characters that fit. */
function take(all: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const character of all) {
    used += measureWidth(character);
    if (used > width) break;
    taken.push(character);
  }
  return taken;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - measureWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - measureWidth(text))) + text;
}

/**
 * Lines of at most `width` columns, broken at spaces; a word that is wider than a line is broken where it has to be.
 * Lines after the first begin with `indent`.
 */
export function wrap(text: string, width: number | null, indent = ''): string[] {
  if (width === null || measureWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  let empty = true;
  const flush = () => {
    lines.push(line.trimEnd());
    line = indent;
    empty = true;
  };
  for (const word of text.split(/(?<=\S) +(?=\S)/)) {
    if (!empty && measureWidth(`${line} ${word}`) > width) flush();
    let rest = empty ? word : ` ${word}`;
    while (measureWidth(line + rest) > width) {
      const all = splitCharacters(rest);
      const fitting = take(all, width - measureWidth(line));
      // At least one character per line, or a width of nothing would never end.
      const count = Math.max(1, fitting.length);
      line += all.slice(0, count).join('');
      rest = all.slice(count).join('');
      flush();
    }
    if (rest !== '') {
      line += rest;
      empty = false;
    }
  }
  if (!empty) lines.push(line.trimEnd());
  return lines;
}
