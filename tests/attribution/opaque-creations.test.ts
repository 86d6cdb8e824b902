/** Which calls make a variable's opaque values, and with which numbers. */

import { expect, test } from 'vitest';
import { OpaqueCalls } from '../../src/attribution/opaque-creations.ts';
import { readScript } from '../../src/attribution/script.ts';

function callsOf(text: string, variable: string, kind: string | null): string | null {
  const { declarations, creations } = readScript('main.zeek', text);
  return new OpaqueCalls(declarations, creations).of(variable, kind);
}

const SCRIPT = `module Seen;
export {
  const rate = 0.001 &redef;
  option capacity = 10 * thousand;
  const thousand = 1000;
  global links: opaque of bloomfilter;
  global direct = topk_init(50);
  global named: opaque of bloomfilter;
  global peers: table[addr] of opaque of cardinality
    &default=function(n: any): opaque of cardinality { return hll_cardinality_init(0.1, 0.99); };
  global stats: table[addr] of Stat;
  global later: opaque of bloomfilter;
  global copied: table[addr] of opaque of md5;
}
redef Seen::rate = 0.01;
event zeek_init()
  {
  links = bloomfilter_basic_init(rate, capacity);
  named = bloomfilter_basic_init2(4, 1000, "a name");
  later = bloomfilter_basic_init(rate, how_many());
  stats[1.2.3.4] = Stat();
  if ( T ) stats[1.2.3.4]$counter = hll_cardinality_init(0.02, 0.95);
  }
function f(host: addr)
  {
  local kept = topk_init(capacity / 10);
  peers[host] = hll_cardinality_init(0.1, 0.99);
  }
`;

test.each([
  ['Seen::links', 'bloomfilter', 'bloomfilter_basic_init(0.01, 10000)'],
  ['Seen::direct', 'topk', 'topk_init(50)'],
  ['Seen::named', 'bloomfilter', 'bloomfilter_basic_init2(4, 1000)'],
  ['Seen::peers', 'cardinality', 'hll_cardinality_init(0.1, 0.99)'],
  ['Seen::stats', null, 'hll_cardinality_init(0.02, 0.95)'],
  // A value that a function gives is not known.
  ['Seen::later', 'bloomfilter', null],
  // What is first put into a local may be for any variable of the module, but of no other.
  ['Seen::others', 'topk', 'topk_init(1000)'],
  ['Other::others', 'topk', null],
  ['Seen::copied', 'md5', null],
])('%s', (variable, kind, calls) => {
  expect(callsOf(SCRIPT, variable, kind)).toBe(calls);
});

test('constants that stand for each other have no value', () => {
  const text = 'module M; const a = b; const b = a; global x: opaque of topk; event zeek_init() { x = topk_init(a); }';
  expect(callsOf(text, 'M::x', 'topk')).toBeNull();
});

test('of several calls all are told, once each, and none where one is not known', () => {
  const script = (last: string) =>
    `global x: opaque of topk; event a() { x = topk_init(5); x = topk_init(5); } event b() { x = topk_init(${last}); }`;
  expect(callsOf(script('9'), 'x', 'topk')).toBe('topk_init(5)|topk_init(9)');
  expect(callsOf(script('n'), 'x', 'topk')).toBeNull();
});
