/** What was seen in entries, weighed. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Descriptions, type NodeDescription } from '../../src/model/logged/description.ts';
import { readContents } from '../../src/sizing/contents.ts';
import { SizeModel } from '../../src/sizing/index.ts';

const model = new SizeModel('8.0.10');
const ENTRIES = 100_000;

function perEntry(type: string, objects: number, contents: readonly string[], recordFields: readonly string[] = []) {
  const { bytes } = model.estimate({
    type,
    recordFields,
    contents,
    size: ENTRIES * objects,
    unit: 'objects',
    entries: ENTRIES,
    peakEntries: ENTRIES,
  });
  const { low, likely, high } = bytes!;
  return { low: low / ENTRIES, likely: likely / ENTRIES, high: high / ENTRIES };
}

test('a text says what it is in words', () => {
  expect(readContents(['[].hosts seen=48 own=40 entries=133 squares=1679 room=144 empty=2']).get('[].hosts')).toEqual({
    seen: 48,
    own: 40,
    sum: 133,
    squares: 1679,
    room: 144,
    empty: 2,
  });
});

describe('the likely size', () => {
  const slots = (32 * (262_144 + 18)) / ENTRIES;

  test('of texts is what malloc takes for them, whatever the objects', () => {
    const { likely } = perEntry('table[count] of string', 4, ['[] seen=48 bytes=3072 squares=196608']);
    // An entry, a string without its text, the text, the slots.
    expect(likely).toBeCloseTo(32 + 80 + 64 + slots, -1);
  });

  test('of one text in all entries is next to nothing', () => {
    const { likely } = perEntry('table[count] of string', 4, ['[] seen=48 own=1 bytes=64 squares=4096']);
    expect(likely).toBeCloseTo(32 + (80 + 64) / 48 + slots, -1);
  });

  test('of fields that are hardly ever set is that of an empty record', () => {
    const fields = ['R{a: addr &optional; b: string &optional}'];
    const { likely } = perEntry('table[count] of R', 4, ['[] seen=48', '[].a seen=24'], fields);
    // A record with two cells; an address in every other one.
    expect(likely).toBeCloseTo(32 + 112 + 48 + 40 + slots, -1);
  });

  test('of containers inside follows the objects of all of them, of which those seen are a few', () => {
    const seen = ['[] seen=48 entries=96 squares=192 room=96 empty=0'];
    const few = perEntry('table[count] of set[addr]', 3 + 3 * 2, seen);
    const many = perEntry('table[count] of set[addr]', 3 + 3 * 20, seen);
    expect(many.likely / few.likely).toBeGreaterThan(3);
  });

  test('of containers that were empty when they were seen follows the objects', () => {
    const empty = ['[] seen=1 entries=0 squares=0 room=0 empty=1'];
    const sizes = [10, 100, 1000].map((names) => perEntry('table[string] of set[string]', 3 + 3 * names, empty).likely);
    expect(sizes[1]! / sizes[0]!).toBeGreaterThan(4);
    expect(sizes[2]! / sizes[1]!).toBeGreaterThan(4);
  });

  test('of containers that only the look created is that of records without them', () => {
    const fields = ['R{hosts: set[addr]}'];
    const { likely, high } = perEntry(
      'table[count] of R',
      3,
      ['[] seen=8', '[].hosts seen=8 entries=0 squares=0 room=0 empty=8'],
      fields,
    );
    expect(likely).toBeLessThan(270);
    expect(high).toBeGreaterThan(likely + 200);
  });
});

describe('the range', () => {
  test('is narrower than from objects alone', () => {
    const fields = ['R{a: string; b: string &optional; c: set[string]}'];
    const contents = [
      '[] seen=48',
      '[].a seen=48 bytes=1536 squares=49152',
      '[].b seen=40 bytes=1280 squares=40960',
      '[].c seen=48 entries=48 squares=48 room=48 empty=0',
      '[].c[key] seen=48 characters=480 squares=4800',
    ];
    const looked = perEntry('table[count] of R', 12, contents, fields);
    const blind = perEntry('table[count] of R', 12, [], fields);
    expect(looked.high / looked.low).toBeLessThan(0.9 * (blind.high / blind.low));
  });

  test('is wider where few were seen, and these differ', () => {
    const few = perEntry('table[count] of string', 4, ['[] seen=8 bytes=2048 squares=1048576']);
    const many = perEntry('table[count] of string', 4, ['[] seen=800 bytes=204800 squares=104857600']);
    expect(few.high - few.likely).toBeGreaterThan(many.high - many.likely);
    expect(few.likely).toBeCloseTo(many.likely, 0);
  });
});

test('whatever a log says was seen, low is at most likely and likely at most high', () => {
  const number = fc.oneof(fc.nat(), fc.constantFrom('-1', '1e400', 'x', '', '99999999999999999999'));
  const figure = fc.tuple(fc.constantFrom('seen', 'own', 'bytes', 'entries', 'squares', 'room', 'empty'), number);
  const part = fc
    .tuple(fc.constantFrom('[]', '[key]', '[].a', '[].b', '[].b[key]', '[].b[]', '__proto__'), fc.array(figure))
    .map(([name, figures]) => [name, ...figures.map(([key, value]) => `${key}=${value}`)].join(' '));
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string())), fc.nat(1_000_000), (contents, objects) => {
      const fields = ['R{a: string &optional; b: table[string] of set[addr]; c: count}'];
      const { low, likely, high } = perEntry('table[string] of R', objects / 1000, contents, fields);
      expect([low, likely, high].every((bytes) => Number.isFinite(bytes) && bytes >= 0)).toBe(true);
      expect(low).toBeLessThanOrEqual(likely);
      expect(likely).toBeLessThanOrEqual(high);
    }),
    { numRuns: 2000 },
  );
});

test('the first row of a process, which has seen nothing yet, leaves what was seen before', () => {
  const row = (boot: number, contents: readonly string[]): NodeDescription => ({
    node: 'worker-1',
    boot,
    variable: 'Foo::seen',
    moduleName: 'Foo',
    type: 'set[string]',
    script: null,
    expiry: null,
    recordFields: [],
    contents,
  });
  const seen = ['[key] seen=48 characters=480 squares=4800'];
  const descriptions = new Descriptions([row(1, seen), row(2, [])]);
  expect(descriptions.of('worker-1', 'Foo::seen')).toMatchObject({ boot: 2, contents: seen });
});
