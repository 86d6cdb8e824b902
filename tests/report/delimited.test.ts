import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { topReport } from '../../src/report/answers/top.ts';
import { delimited } from '../../src/report/tables/delimited.ts';
import { BY_MODULE, HOSTILE, HOSTILE_NAMES } from './samples.ts';

const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

describe('csv', () => {
  test('tells null, empty text and zero apart', () => {
    expect(delimited('csv', ['a', 'b', 'c'], [[null, '', 0]])).toBe('a,b,c\n,"",0\n');
  });

  test('quotes what has to be quoted', () => {
    expect(delimited('csv', ['a'], [['x,"y"'], ['x;y'], [-1.5], [true]])).toBe('a\n"x,""y"""\nx;y\n-1.5\ntrue\n');
  });

  test.each(['=1+1', '+1', '-1', '@SUM(1)', '＝1'])('a spreadsheet does not run %s', (text) => {
    expect(delimited('csv', ['a'], [[text]])).toBe(`a\n'${text}\n`);
  });
});

describe('tsv', () => {
  test('has one line per row and one tab between cells, whatever the text', () => {
    const text = fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, fc.integer())), (rows) => {
        const lines = delimited('tsv', ['a', 'b', 'c'], rows).split('\n');
        expect(lines.length).toBe(rows.length + 2);
        for (const line of lines.slice(0, -1)) expect(line.split('\t').length).toBe(3);
      }),
    );
  });

  test('a spreadsheet runs no formula', () => {
    for (const line of topReport(false)(HOSTILE, 'tsv', { width: 80, color: false }).text.split('\n')) {
      for (const cell of line.split('\t')) expect(cell).not.toMatch(FORMULA);
    }
  });
});

test('the unit stands in every row, since units are never added', () => {
  const [header, ...rows] = topReport(false)(BY_MODULE, 'csv', { width: 80, color: false }).text.trim().split('\n');
  expect(header?.split(',')[0]).toBe('unit');
  expect(new Set(rows.map((row) => row.split(',')[0]))).toEqual(new Set(['objects', 'characters']));
});

test('what a row has no place for is said beside it', () => {
  const { asides } = topReport(false)(BY_MODULE, 'csv', { width: 80, color: false });
  expect(asides.join('\n')).toMatch(/12 more in objects.*worker-2 stopped reporting.*7 rows could not be read/s);
});
