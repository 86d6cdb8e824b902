/** Opaque values of known arguments against the heap that Zeek 8.0.10 took for them. */

import { expect, test } from 'vitest';
import { parseType } from '../../src/sizing/index.ts';
import { estimateMaker, estimateOpaque, isOpaqueSizeKnown } from '../../src/sizing/opaque-sizes.ts';

const TRUTH: readonly [call: string, bytes: number][] = [
  ['bloomfilter_basic_init(0.1, 100000)', 60_048],
  ['bloomfilter_basic_init(0.01, 1000)', 1_280],
  ['bloomfilter_basic_init(0.001, 10000000)', 17_973_376],
  ['bloomfilter_basic_init(0.000001, 100000)', 359_584],
  ['bloomfilter_basic_init2(4, 1000000)', 125_264],
  ['bloomfilter_counting_init(4, 1000000, 1)', 125_296],
  ['bloomfilter_counting_init(4, 1000000, 10)', 500_176],
  ['bloomfilter_counting_init(4, 1000000, 255)', 1_000_784],
  ['bloomfilter_counting_init(4, 1000000, 256)', 1_125_264],
  ['hll_cardinality_init(0.1, 0.999)', 2_320],
  ['hll_cardinality_init(0.05, 0.99)', 4_368],
  ['hll_cardinality_init(0.03, 0.95)', 8_464],
  ['hll_cardinality_init(0.02, 0.99)', 33_040],
  ['hll_cardinality_init(0.01, 0.95)', 65_808],
  ['hll_cardinality_init(0.005, 0.5)', 65_808],
  ['hll_cardinality_init(0.005, 0.99)', 524_560],
  ['hll_cardinality_init(0.001, 0.999)', 16_777_488],
];

test.each(TRUTH)('%s takes what it took in a Zeek', (call, truth) => {
  const { low, likely, high } = estimateOpaque(call);
  expect({ isWithin: low <= truth && truth <= high, isNear: Math.abs(likely - truth) < 0.015 * truth + 260 }).toEqual({
    isWithin: true,
    isNear: true,
  });
  expect(isOpaqueSizeKnown(call)).toBe(true);
});

test.each([
  ['topk_init(100)', 16_800, 38_848],
  ['topk_init(1000)', 179_136, 386_992],
])('%s goes from nothing to as many elements as it keeps, of counts and of texts', (call, ofCounts, ofTexts) => {
  const { low, high } = estimateOpaque(call);
  expect(low).toBeLessThan(96);
  expect(high).toBeGreaterThan(ofTexts);
  expect(high).toBeGreaterThan(ofCounts);
  expect(high).toBeLessThan(1.2 * ofTexts);
});

test('several calls make a range from the smallest to the largest', () => {
  const small = estimateOpaque('hll_cardinality_init(0.1, 0.999)');
  const large = estimateOpaque('hll_cardinality_init(0.01, 0.95)');
  expect(estimateOpaque('hll_cardinality_init(0.1, 0.999)|hll_cardinality_init(0.01, 0.95)')).toEqual({
    low: small.low,
    likely: large.likely,
    high: large.high,
  });
});

test('arguments that Zeek refuses, or nobody knows, say nothing', () => {
  expect(estimateMaker('hll_cardinality_init', [0, 0.95])).toBeNull();
  expect(estimateMaker('hll_cardinality_init', [0.1, 1])).toBeNull();
  expect(estimateMaker('bloomfilter_basic_init', [0, 100])).toBeNull();
  expect(estimateMaker('bloomfilter_basic_init', [0.1])).toBeNull();
  expect(estimateMaker('bloomfilter_counting_init', [4, 100, 0])).toBeNull();
  expect(estimateMaker('topk_init', [-1])).toBeNull();
  expect(estimateMaker('bloomfilter_basic_init', [0.01, 1e300])).toBeNull();
  for (const of of ['bloomfilter', 'cardinality', 'topk', 'paraglob', 'bloomfilter_basic_init(x, y)', null, 'toString'])
    expect([of, isOpaqueSizeKnown(of)]).toEqual([of, false]);
  expect(isOpaqueSizeKnown('md5')).toBe(true);
});

test('a type with calls in it is read as far as they go', () => {
  const of = 'bloomfilter_basic_init(0.001, 100)|topk_init(5)';
  expect(parseType(`table[addr] of opaque of ${of}`)).toMatchObject({
    type: { value: { kind: 'opaque', of } },
    problems: [],
  });
  const record = parseType('record { a: opaque of topk_init(5); b: count }').type;
  expect(record).toMatchObject({ fields: [{ type: { of: 'topk_init(5)' } }, { name: 'b' }] });
});
