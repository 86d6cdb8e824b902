/** What scripts say of types is put beside what the logs say of them. */

import { expect, test } from 'vitest';
import { DeclaredTypes } from '../../src/analysis/weighing/declared-types.ts';

const TYPES = new DeclaredTypes(
  [
    ['Odd::Table', 'table[Key] of Stat'],
    ['Odd::Key', 'record { host: addr; }'],
    ['Odd::Stat', 'record { next: Stat &optional; }'],
    ['Odd::Other', 'record { n: count; }'],
  ].map(([name, type]) => ({ name: name!, text: `${name}: ${type}` })),
);

test('an alias brings what it is made of, in its own module, and nothing else', () => {
  const { recordFields } = TYPES.complete({ type: 'Odd::Table', recordFields: ['Odd::Table{}'] }, 'Odd::table');
  expect(recordFields.toSorted()).toEqual([
    'Odd::Key: record { host: addr; }',
    'Odd::Stat: record { next: Stat &optional; }',
    'Odd::Table: table[Key] of Stat',
    'Odd::Table{}',
  ]);
});

test('what the log tells itself is left to it', () => {
  const told = { type: 'table[Odd::Key] of count', recordFields: ['Odd::Key{host: addr}'] };
  expect(TYPES.complete(told, 'Odd::told')).toBe(told);
});

test('opaque values are told by the calls that make them, by kind or, where the log has none, as the only kind there is', () => {
  const types = new DeclaredTypes([], {
    of: (variable, kind) => (variable === 'Odd::seen' ? `make_${kind}(1)` : null),
  });
  const told = { type: 'table[addr] of opaque of cardinality', recordFields: ['Odd::R{hosts: opaque; n: count}'] };
  expect(types.complete(told, 'Odd::seen')).toEqual({
    type: 'table[addr] of opaque of make_cardinality(1)',
    recordFields: ['Odd::R{hosts: opaque of make_null(1); n: count}'],
  });
  const other = { type: 'opaque of topk', recordFields: [] };
  expect(types.complete(other, 'Odd::other')).toEqual(other);
});
