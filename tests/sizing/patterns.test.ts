/** Patterns: states as the collector counted them in a real Zeek, and bytes as its allocator said. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HELD_OUT, MADE_WITH } from '../../bench/sizing/pattern-kinds.mjs';
import { countPatternStates, SizeModel } from '../../src/sizing/index.ts';
import { measuredPatterns, scoreOf } from './truth.ts';

const KINDS: Readonly<Record<string, (n: number) => string>> = { ...MADE_WITH, ...HELD_OUT };
const MEASURED = measuredPatterns('zeek-8.0.10-patterns.tsv');

test('there are at least forty kinds, a third of them not used to make the model', () => {
  expect(new Set(MEASURED.map(({ structure }) => structure)).size).toBeGreaterThanOrEqual(40);
  expect(MEASURED.filter(({ isHeldOut }) => isHeldOut).length).toBeGreaterThanOrEqual(MEASURED.length / 3);
});

test('the toolkit counts what the collector counted', () => {
  for (const { structure, made, way, automaton } of MEASURED) {
    const text = KINDS[structure]!(made);
    const whole = way === 'added' ? `(^?(^?(${text})$?)$?)|(^?(^?(first)$?)$?)` : `^?(${text})$?`;
    const { states, classes } = automaton;
    expect({ structure, ...countPatternStates(whole) }).toEqual({ structure, states, classes });
  }
});

test('of odd texts too', () => {
  // As testing/Baseline/tests.patterns says.
  const odd = String.raw`^?([]a]|[^[:alpha:]\]]{2,}|"quoted (text)"|\x2f\101(?i:Any))$?`;
  expect(countPatternStates(odd)).toEqual({ states: 47, classes: 5 });
});

describe.each([
  ['all', MEASURED],
  ['not used to make the model', MEASURED.filter(({ isHeldOut }) => isHeldOut)],
])('%s', (_, cases) => {
  test('97 % are in the range, half within 3 %, half of the ranges within a quarter', () => {
    const { inside, error, ratio } = scoreOf(cases);
    expect(inside).toBeGreaterThanOrEqual(0.97);
    expect(error).toBeLessThanOrEqual(0.03);
    expect(ratio).toBeLessThanOrEqual(1.25);
  });
});

test('in Zeek 3.0, too, which takes more for a state', () => {
  const { inside, error, ratio } = scoreOf(measuredPatterns('zeek-3.0.14-patterns.tsv'));
  expect(inside).toBeGreaterThanOrEqual(0.95);
  expect(error).toBeLessThanOrEqual(0.03);
  expect(ratio).toBeLessThanOrEqual(1.25);
});

test('one that may have been made at run time has a wider range, which holds it', () => {
  const { inside, error, ratio } = scoreOf(MEASURED.filter(({ way }) => way === 'at run time'));
  expect(inside).toBeGreaterThanOrEqual(0.97);
  expect(error).toBeLessThanOrEqual(0.09);
  expect(ratio).toBeLessThanOrEqual(1.45);
});

test('what is added while a pattern is matched is a part of its own, and the parts add up', () => {
  const { bytes, steps } = new SizeModel('8.0.10').estimate({
    type: 'pattern',
    recordFields: [],
    pattern: { states: 1000, classes: 3, origin: 'added' },
    size: 4000,
    unit: 'characters',
    entries: null,
    peakEntries: null,
  });
  expect(steps.map(({ what }) => what)).toEqual([
    'two automata of 1000 states and 3 character classes',
    'the same for the pieces it was put together from by +=, which Zeek keeps',
    'states that are added while it is matched',
  ]);
  expect(steps.reduce((sum, step) => sum + step.bytes.likely, 0)).toBe(bytes!.likely);
  expect(bytes!.likely).toBeGreaterThan(2 * 1000 * 450);
});

test('no text takes long or is refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab|()[]{}"\\x0,1:^?*+.i') }), (text) => {
      const { states, classes } = countPatternStates(text);
      expect(states).toBeGreaterThanOrEqual(1);
      expect(classes).toBeLessThanOrEqual(text.length);
    }),
  );
  for (const piece of ['[', '(', '"', '{1', '\\', '[[:', 'a|']) {
    expect(countPatternStates(piece.repeat(200_000)).states).toBeGreaterThan(0);
  }
});
