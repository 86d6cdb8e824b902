/** Rows without a header are read by the columns that the collector writes. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findLayout } from '../../src/format/known-layouts.ts';

const EXAMPLES: Readonly<Record<string, string>> = {
  time: '1795500000.125000',
  count: '7',
  interval: '0.050000',
  bool: 'T',
  port: '443',
};

/** The columns of a log as its script declares them, with values of their types. */
function declared(script: string): { names: string[]; values: string[] } {
  const text = readFileSync(`scripts/${script}.zeek`, 'utf8');
  const columns = [...text.matchAll(/^\t\t(\w+): ([^&;\n]+?) &log\b/gm)].map(([, name, type]) => ({
    name: name!,
    type: type!,
  }));
  return { names: columns.map(({ name }) => name), values: columns.map(({ type }) => EXAMPLES[type] ?? 'text') };
}

test.each([
  ['my_stats', 'my_stats', [6, 8]],
  ['node', 'my_stats_node', [31]],
  ['describe', 'my_stats_variable', []],
  ['connections', 'my_stats_connection', [18]],
] as const)('those that %s.zeek declares, now and in earlier versions', (script, kind, earlier) => {
  const { names, values } = declared(script);
  expect(names.length).toBeGreaterThan(5);
  for (const width of [names.length, ...earlier]) {
    const layout = findLayout(values.slice(0, width));
    expect(layout?.kind.name).toBe(kind);
    expect(layout?.names).toEqual(names.slice(0, width));
  }
});

test.each([
  ['of conn.log', ['1795500000.125000', 'C1', '10.0.0.1', '4711', '10.0.0.2', '443', 'tcp', 'ssl', '0.1']],
  ['of two columns', ['SSL::root_certs', '5622']],
])('no other rows are taken for ours: %s', (_, values) => {
  expect(findLayout(values)).toBeNull();
});
