import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { visible } from '../../src/report/text/sanitize.ts';
import { truncateMiddle, wrap } from '../../src/report/text/width.ts';

/** Any text, flags, emoji and wide characters more often than chance would have them. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom('…≈–“”×→', '漢字', '👩‍👩‍👧‍👦', '🇩🇪', '🇩', '🏽', '한', 'ᄀ', 'ー', ' '),
    ),
    { maxLength: 12 },
  )
  .map((parts) => visible(parts.join('')));

describe('truncateMiddle', () => {
  test.each([
    ['HostTracker::seen', 20, 'HostTracker::seen'],
    ['HostTracker::seen', 9, 'Host…seen'],
    ['HostTracker::seen', 8, 'Host…een'],
    ['HostTracker::seen', 1, '…'],
    ['HostTracker::seen', 0, ''],
    ['漢字かな交じり文', 9, '漢字…り文'],
    ['漢字かな交じり文', 8, '漢字…文'],
  ])('%s in %i columns is %s', (name, width, shown) => {
    expect(truncateMiddle(name, width)).toBe(shown);
  });

  test('is never wider than asked for, and changes only what is', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (name, width) => {
        const shown = truncateMiddle(name, width);
        expect(stringWidth(shown)).toBeLessThanOrEqual(width);
        if (stringWidth(name) <= width) expect(shown).toBe(name);
      }),
    );
  });
});

describe('wrap', () => {
  test('breaks at spaces, and long words where it must', () => {
    expect(wrap('one two three', 8, ' ')).toEqual(['one two', ' three']);
    expect(wrap('abcdefghij', 4, '  ')).toEqual(['abcd', '  ef', '  gh', '  ij']);
    expect(wrap('  indented text that is long', 12, '    ')).toEqual([
      '  indented',
      '    text',
      '    that is',
      '    long',
    ]);
    expect(wrap('as it is', null)).toEqual(['as it is']);
    expect(wrap('', 5)).toEqual(['']);
  });

  test('makes no line wider than asked for, and loses no character', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 10, max: 40 }), (sentence, width) => {
        const lines = wrap(sentence, width, '  ');
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(sentence.replaceAll(' ', ''));
      }),
    );
  });
});
