/** What holds for every screen, whatever is in the logs. */

import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { QueryResult } from '../../src/model/answers/query.ts';
import type { RunsResult } from '../../src/model/answers/runs.ts';
import type { TopPivot, TopResult } from '../../src/model/answers/top.ts';
import { EMPTY_READING } from '../../src/model/logged/reading.ts';
import { diffReport } from '../../src/report/answers/diff.ts';
import { explainReport } from '../../src/report/answers/explain.ts';
import { growthReport } from '../../src/report/answers/growth.ts';
import { runsReport } from '../../src/report/answers/runs.ts';
import { sqlReport } from '../../src/report/answers/sql.ts';
import { topReport } from '../../src/report/answers/top.ts';
import { HOSTILE_DIFF } from './diff-samples.ts';
import { hostileExplained } from './explain-samples.ts';
import { HOSTILE_GROWTH } from './growth-samples.ts';
import { BY_MODULE, HOSTILE_NAMES, QUERY, RUNS, SPAN, TS, topRow } from './samples.ts';

const name = fc.oneof(
  fc.constantFrom(...HOSTILE_NAMES),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
);
const size = fc.oneof(fc.maxSafeNat(), fc.double({ min: 0, noNaN: true }), fc.constantFrom(0, 999.5, 1e21));
const pivot = fc.constantFrom<TopPivot>('module', 'variable', 'node', 'package', 'script', 'type');
const reading = fc
  .tuple(fc.array(name, { maxLength: 3 }), fc.nat(9), fc.nat(2))
  .map(([names, skipped, unfinished]) => ({
    ...EMPTY_READING,
    skipped,
    examples: names.map((file, i) => ({ file, line: i === 0 ? null : i, reason: file })),
    unfinished,
    notes: names,
  }));

const topResult: fc.Arbitrary<TopResult> = fc
  .record({ by: pivot, names: fc.array(name, { maxLength: 8 }), size, unit: name, reading, span: fc.boolean() })
  .map(({ by, names, size, unit, reading, span }) => ({
    ...(span ? SPAN : BY_MODULE),
    by,
    filters: { module: names, variable: [], node: [], package: names },
    guessed: names.map((variable) => ({ variable, type: variable })),
    sections: [unit, 'bytes'].map((unit) => ({
      unit,
      total: size * names.length,
      totalBytes: unit === 'bytes' ? { low: 0, likely: size, high: size * 2 } : null,
      rows: names.map((group) => {
        const spanOf = span ? { first: size, last: 0, max: size, mean: size / 3 } : null;
        return topRow(group, size, size * names.length, {
          largestNode: { node: unit, size },
          bytes: unit === 'bytes' ? { low: 0, likely: size, high: size * 2 } : null,
          versions: [unit],
          perHour: size,
          span: spanOf,
        });
      }),
      hidden: { groups: names.length % 3, size },
    })),
    stopped: names.map((node) => ({ node, lastSeen: TS })),
    reading,
  }));

const runsResult: fc.Arbitrary<RunsResult> = fc.tuple(fc.array(name, { maxLength: 5 }), size, reading).map(
  ([names, seconds, reading]): RunsResult => ({
    ...RUNS,
    rows: names.map((node) => ({ ...RUNS.rows[0]!, node, zeekVersion: node, longestPause: seconds, busy: seconds })),
    reading,
  }),
);

const value = fc.oneof(name, size, fc.constant(null), fc.boolean(), fc.array(name));
const queryResult: fc.Arbitrary<QueryResult> = fc
  .tuple(
    fc.array(name, { minLength: 1, maxLength: 12 }),
    fc.array(fc.array(value, { minLength: 12, maxLength: 12 })),
    reading,
  )
  .map(([columns, rows, reading]) => ({
    columns: columns.map((name, i) => ({ name, type: name, numeric: i % 2 === 0 })),
    rows: rows.map((row) => row.slice(0, columns.length)),
    reading,
  }));

const width = fc.integer({ min: 40, max: 160 });
const SGR = /\x1b\[\d+m/g;
/** Control characters in or outside ASCII, bidi overrides, zero-width characters. */
const HARMFUL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

function checkScreen(text: string, width: number): void {
  expect(text.endsWith('\n')).toBe(true);
  const plain = text.replace(SGR, '');
  expect(HARMFUL.test(plain)).toBe(false);
  for (const line of plain.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
}

describe('no line is wider than the screen, and nothing in it can harm the terminal', () => {
  test('top', () => {
    fc.assert(
      fc.property(topResult, width, fc.boolean(), (result, width, color) => {
        checkScreen(topReport(color)(result, 'table', { width, color }).text, width);
      }),
    );
  });

  test('growth', () => {
    fc.assert(
      fc.property(width, fc.boolean(), fc.nat(17), (width, color, from) => {
        const rotated = <T>(list: readonly T[]) => [...list.slice(from), ...list.slice(0, from)];
        const { unlike, series, nodes, stopped } = HOSTILE_GROWTH;
        const result = {
          ...HOSTILE_GROWTH,
          unlike: rotated(unlike),
          series: rotated(series),
          nodes: rotated(nodes),
          stopped: rotated(stopped),
        };
        checkScreen(growthReport(true)(result, 'table', { width, color }).text, width);
      }),
    );
  });

  test('diff', () => {
    fc.assert(
      fc.property(width, fc.boolean(), (width, color) => {
        checkScreen(diffReport(HOSTILE_DIFF, 'table', { width, color }).text, width);
      }),
    );
  });

  test('explain', () => {
    fc.assert(
      fc.property(name, width, fc.boolean(), (name, width, color) => {
        checkScreen(explainReport(hostileExplained(name), 'table', { width, color }).text, width);
        for (const aside of explainReport(hostileExplained(name), 'csv', { width, color }).asides)
          expect(/[\n\r]/.test(aside) || HARMFUL.test(aside)).toBe(false);
      }),
    );
  });

  test('runs', () => {
    fc.assert(
      fc.property(runsResult, width, fc.boolean(), (result, width, color) => {
        checkScreen(runsReport(result, 'table', { width, color }).text, width);
      }),
    );
  });

  test('sql', () => {
    fc.assert(
      fc.property(queryResult, width, fc.boolean(), (result, width, color) => {
        checkScreen(sqlReport(result, 'table', { width, color }).text, width);
      }),
    );
  });

  test('asides', () => {
    fc.assert(
      fc.property(topResult, (result) => {
        for (const aside of topReport(false)(result, 'csv', { width: 80, color: false }).asides) {
          expect(/[\n\r]/.test(aside)).toBe(false);
          expect(HARMFUL.test(aside)).toBe(false);
        }
      }),
    );
  });
});

test('a screen too narrow for any table is laid out as if it had 40 columns', () => {
  const at = (width: number) => topReport(false)(BY_MODULE, 'table', { width, color: false }).text;
  expect(at(3)).toBe(at(40));
});

test('colour changes nothing but colour', () => {
  const colored = topReport(false)(BY_MODULE, 'table', { width: 80, color: true }).text;
  expect(colored).toMatch(SGR);
  expect(colored.replace(SGR, '')).toBe(topReport(false)(BY_MODULE, 'table', { width: 80, color: false }).text);
});

test('an answer without sizes says so', () => {
  expect(topReport(false)({ ...BY_MODULE, sections: [] }, 'table', { width: 80, color: false }).text).toContain(
    'No sizes were logged',
  );
  expect(sqlReport({ ...QUERY, rows: [] }, 'table', { width: 80, color: false }).text).toContain('0 rows');
});
