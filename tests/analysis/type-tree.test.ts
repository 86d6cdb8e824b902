import { expect, test } from 'vitest';
import { drawTypeTree } from '../../src/analysis/weighing/type-tree.ts';

function told(type: string, records: readonly string[] = []): string[] {
  return drawTypeTree(type, records).map(({ depth, label, type, optional }) => {
    return `${'  '.repeat(depth)}${label ?? 'whole'}: ${type}${optional ? ' &optional' : ''}`;
  });
}

test('keys, values, elements and fields are lines', () => {
  expect(told('table[addr,port] of vector of A::Info', ['A::Info{x: set[string]; y: count &optional}'])).toEqual([
    'whole: table[addr,port] of vector of A::Info',
    '  key: addr',
    '  key: port',
    '  value: vector of A::Info',
    '    element: A::Info',
    '      x: set[string]',
    '        key: string',
    '      y: count &optional',
  ]);
});

test('an alias is opened as what a script says of it, whatever the log took it for', () => {
  expect(told('A::Table', ['A::Table: table[A::Key] of count', 'A::Key{host: addr}', 'A::Table{}'])).toEqual([
    'whole: A::Table',
    '  stands for: table[A::Key] of count',
    '    key: A::Key',
    '      host: addr',
    '    value: count',
  ]);
});

test('a record that holds itself is opened once', () => {
  const records = ['A::Node{next: A::Node &optional; other: B::Node}', 'B::Node{back: A::Node}'];
  expect(told('A::Node', records)).toEqual([
    'whole: A::Node',
    '  next: A::Node &optional',
    '  other: B::Node',
    '    back: A::Node',
  ]);
});

test('a tree of many branches ends', () => {
  const records = Array.from({ length: 30 }, (_, i) => `R${i}{a: R${i + 1}; b: R${i + 1}; c: R${i + 1}}`);
  const lines = told('R0', records);
  expect(lines).toHaveLength(60);
  expect(lines.at(-1)).toContain('…');
});

test.each(['', ']]', 'table[', 'vector of '.repeat(10_000), `${'set['.repeat(5000)}x`])(
  'no type is a line too',
  (type) => {
    expect(told(type).length).toBeGreaterThan(0);
  },
);
