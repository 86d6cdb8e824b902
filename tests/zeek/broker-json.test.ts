import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BrokerValue, writeBrokerEvent, writeBrokerValue } from '../../src/zeek/answer-message.ts';

interface Pair {
  readonly json: object;
  readonly value: BrokerValue;
}

const pair = (type: string, data: unknown, value: BrokerValue): Pair => ({ json: { '@data-type': type, data }, value });

/** Each type as Zeek writes it, with what it means. Times have whole milliseconds, which is all a double holds exactly enough. */
const leaf: fc.Arbitrary<Pair> = fc.oneof(
  fc.constant(pair('none', {}, null)),
  fc.boolean().map((value) => pair('boolean', value, value)),
  fc.nat().map((value) => pair('count', value, value)),
  fc.integer().map((value) => pair('integer', value, value)),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => pair('real', value, value)),
  fc.string({ unit: 'binary' }).map((value) => pair('string', value, value)),
  fc.constantFrom('Log::INFO', 'tcp').map((value) => pair('enum-value', value, value)),
  fc.ipV4().map((value) => pair('address', value, value)),
  fc.ipV6().map((value) => pair('address', value, value)),
  fc.nat(65535).map((port) => pair('port', `${port}/tcp`, `${port}/tcp`)),
  fc.nat(4_000_000_000).map((ms) => pair('timespan', `${ms}ms`, ms / 1000)),
  fc.nat(400).map((days) => pair('timespan', `${days}d`, days * 86_400)),
  fc.integer({ min: 0, max: 4_000_000_000_000 }).map((ms) => {
    return pair('timestamp', new Date(ms).toISOString().replace('Z', ''), ms / 1000);
  }),
);
const value = fc.letrec<{ value: Pair }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 6 }).map((pairs) => {
      return pair(
        'vector',
        pairs.map(({ json }) => json),
        pairs.map((one) => one.value),
      );
    }),
  ),
})).value;

/** Doubles that went through decimal text agree to a microsecond. */
function expectAlike(actual: BrokerValue | undefined, expected: BrokerValue): void {
  if (typeof expected === 'number') expect(actual).toBeCloseTo(expected, 6);
  else if (Array.isArray(expected)) {
    expect(actual).toHaveLength(expected.length);
    for (const [i, one] of expected.entries()) expectAlike((actual as BrokerValue[])[i], one);
  } else expect(actual).toBe(expected);
}

describe('brokerValue', () => {
  test('reads every type a column has, however deep', () => {
    fc.assert(fc.property(value, ({ json, value }) => expectAlike(writeBrokerValue(json), value)));
  });

  test('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (json) => {
        writeBrokerValue(json);
        writeBrokerValue({ '@data-type': 'vector', data: [json] });
      }),
    );
  });

  test.each([
    ['a count that is a text', { '@data-type': 'count', data: '7' }],
    ['a time that is none', { '@data-type': 'timestamp', data: '2026-02-31T99:00:00' }],
    ['an interval without a unit', { '@data-type': 'timespan', data: '12' }],
    ['a type of which no column is', { '@data-type': 'set', data: [] }],
    ['a vector that holds one of these', { '@data-type': 'vector', data: [{ '@data-type': 'count', data: '7' }] }],
    ['a value without a type', { data: 7 }],
    ['vectors without an end', deep(100_000)],
  ])('%s is no value', (_, json) => {
    expect(writeBrokerValue(json)).toBeUndefined();
  });
});

function deep(levels: number): object {
  let json: object = { '@data-type': 'count', data: 1 };
  for (let i = 0; i < levels; i++) json = { '@data-type': 'vector', data: [json] };
  return json;
}

test('an event is read as it was written', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (name, args) => {
      expect(writeBrokerValue(writeBrokerEvent(name, args))).toEqual([1, 1, [name, args]]);
    }),
  );
});
