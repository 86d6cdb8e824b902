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
  const { recordFields } = TYPES.complete({ type: 'Odd::Table', recordFields: ['Odd::Table{}'] });
  expect(recordFields.toSorted()).toEqual([
    'Odd::Key: record { host: addr; }',
    'Odd::Stat: record { next: Stat &optional; }',
    'Odd::Table: table[Key] of Stat',
    'Odd::Table{}',
  ]);
});

test('what the log tells itself is left to it', () => {
  const told = { type: 'table[Odd::Key] of count', recordFields: ['Odd::Key{host: addr}'] };
  expect(TYPES.complete(told)).toBe(told);
});
