import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visible, visibleName, writeSafeJson } from '../../src/report/text/sanitize.ts';
import { HOSTILE_NAMES } from './samples.ts';

/** Written apart from the sanitizer's own pattern: what no output may hold. */
const HARMFUL =
  /[\u0000-\u001f\u007f-\u009f\u00a0\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/u;

describe('visible', () => {
  test.each([
    ['plain Name::x-1', 'plain Name::x-1'],
    ['\x1b[31m', '\\x1b[31m'],
    ['\x9b2J', '\\x9b2J'],
    ['\x1b]8;;http://x\x07', '\\x1b]8;;http://x\\x07'],
    ['a\nb\tc\rd\0', 'a\\x0ab\\x09c\\x0dd\\x00'],
    ['\u202Ex', '\\u{202e}x'],
    ['a\u200Bb', 'a\\u{200b}b'],
    ['\u{E0041}', '\\u{e0041}'],
    ['\uD800', '\\u{d800}'],
    ['e\u0301', 'e\\u{301}'],
    ['a\u00A0b', 'a\\xa0b'],
    ['Köln 漢字 🐟', 'Köln 漢字 🐟'],
  ])('shows %j as %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('lets nothing harmful through, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !HARMFUL.test(visible(text))));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        return !HARMFUL.test(visible(String.fromCharCode(...units)));
      }),
    );
  });

  test('changes nothing a second time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => visible(visible(text)) === visible(text)));
  });
});

test('a name is never shown as nothing', () => {
  expect(visibleName('')).toBe('(empty)');
});

describe('safeJson', () => {
  test('says the same as JSON, in characters that do no harm', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
        const json = writeSafeJson({ value, [text]: text }, 2);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ value, [text]: text })));
        expect(HARMFUL.test(json.replaceAll('\n', ''))).toBe(false);
      }),
    );
  });

  test.each(HOSTILE_NAMES)('keeps %j', (name) => {
    expect(JSON.parse(writeSafeJson([name]))).toEqual([name]);
  });
});
