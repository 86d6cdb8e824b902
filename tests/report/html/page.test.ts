/** The page as text; tests/cli/report.test.ts opens it in a browser. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PAGE_DATA_ID, type ReportPage } from '../../../src/model/answers/report.ts';
import { EMPTY_READING } from '../../../src/model/logged/reading.ts';
import { html } from '../../../src/report/html/markup.ts';
import { reportHtml } from '../../../src/report/html/page.ts';
import { anyInventory } from '../export/inventory.ts';
import { TS } from '../samples.ts';
import { ASSETS, HOSTILE_REPORT, largeReport, SMALL_REPORT } from './result.ts';

function dataOf(page: string): ReportPage {
  const [, json] = new RegExp(`id="${PAGE_DATA_ID}">([^<]*)</script>`).exec(page)!;
  return JSON.parse(json!);
}

/** The text of every row of a table, cells divided by a bar. */
function tableOf(page: string, id: string): string[] {
  const [, table] = new RegExp(`id="${id}"[\\s\\S]*?<table>([\\s\\S]*?)</table>`).exec(page)!;
  return Array.from(table!.matchAll(/<tr>([\s\S]*?)<\/tr>/g), ([, row]) =>
    Array.from(row!.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g), ([, cell]) => cell!.replaceAll('<wbr>', '')).join(
      ' | ',
    ),
  );
}

describe('a small report', () => {
  const page = reportHtml(SMALL_REPORT, ASSETS);

  test('has tables with estimates, their ranges, and what is exact', () => {
    expect(tableOf(page, 'variables-table')).toEqual([
      'variable | bytes | between | share | as logged | entries | package | largest on | nodes',
      'HostTracker::seen | ≈ 20.0 kB | 14.0 kB to 28.0 kB | 99.6 % | 900 objects | 225 | host-tracker | worker-2 | 2',
      'Reported::table | 77 B | exact | 0.4 % | 77 bytes | – | unknown | worker-1 | 1',
      'DomainTLD::words | – | – | – | 58.7 k characters | – | unknown | worker-1 | 1',
      'Twice::set | – | – | – | 63 objects | 21 | unknown | worker-1 | 1',
      'Old::table | – | – | – | 12 unknown | – | unknown | worker-1 | 1',
      'HostTracker::names | – | – | – | – | 5 | host-tracker | worker-1 | 1',
    ]);
    expect(tableOf(page, 'nodes-table').slice(1)).toEqual([
      'worker-1 | ≈ 10.1 kB | 7.08 kB to 14.1 kB | 463 | 58.7 k | 12 | 493 MB | 2026-11-24T03:56:54Z | 8.0.10',
      'worker-2 | ≈ 10.0 kB | 7.00 kB to 14.0 kB | 500 | – | – | – | 2026-11-24T03:56:54Z | 8.0.10',
    ]);
    expect(tableOf(page, 'growth-table')[1]).toBe(
      'HostTracker::seen | host-tracker | line | ≈ 110 kB | 80.0 kB to 160 kB | 1.20 k entries | worker-2 | 2',
    );
  });

  test('begins with what is wrong, its evidence and what to do', () => {
    expect(page).toContain(
      '<h3><span class="level">1 problem</span> HostTracker::seen grows on worker-2, +80 entries/h</h3>',
    );
    expect(page).toContain(
      '<li>worker-2, HostTracker::seen: 100 entries to 420 entries, +80 entries per hour, HostTracker::seen</li>',
    );
    expect(page).toContain('<code>my-stats growth --variable HostTracker::seen</code>');
    expect(tableOf(page, 'verdict-table')[1]).toBe('worker-2 | grows: HostTracker::seen | +130 kB');
  });

  test('says what is not in the numbers', () => {
    expect(page).toContain('1 row was logged without a size and was not added.');
    expect(page).toContain('proxy-1 stopped reporting at 2026-11-24T03:50:14Z');
  });

  test('gives the pictures the same numbers', () => {
    const { measures, variables, curves } = dataOf(page);
    expect(measures.map(({ unit, estimated }) => [unit, estimated])).toEqual([
      ['bytes', true],
      ['objects', false],
      ['characters', false],
      ['unknown', false],
    ]);
    expect(measures[1]!.bars).toEqual({
      groups: ['host-tracker', 'unknown'],
      nodes: [
        { node: 'worker-1', values: [400, 63] },
        { node: 'worker-2', values: [500, 0] },
      ],
    });
    expect(variables[0]).toEqual({
      package: 'host-tracker',
      module: 'HostTracker',
      variable: 'HostTracker::seen',
      values: [20_001, 900, null, null],
      bounds: [14_001, 28_001],
      type: null,
      declared: 'host-tracker/scripts/main.zeek:14',
      expiry: null,
      perHour: 110_000,
      onNodes: [10_000, 10_001],
      parts: { node: 'worker-2', steps: [['the table itself', 200, 288, 300]] },
    });
    expect(dataOf(page).nodes[1]).toMatchObject({
      node: 'worker-2',
      limit: 600e6,
      sentence: 'grows: HostTracker::seen',
    });
    expect(dataOf(page).alike).toEqual([{ name: 'worker-2', nodes: [1] }]);
    expect(dataOf(page).findings).toEqual([
      {
        id: 'finding-1',
        level: 'problem',
        what: 'HostTracker::seen grows',
        variable: 'HostTracker::seen',
        nodes: ['worker-2'],
        since: TS - 3600,
      },
    ]);
    expect(curves[0]!.lines.map(({ node, worst }) => [node, worst])).toEqual([
      ['worker-1', false],
      ['worker-2', true],
    ]);
  });

  test('lets a browser load nothing, and run only the program of the build', () => {
    expect(page.replaceAll('&#39;', "'")).toContain(
      `content="default-src 'none'; script-src 'sha256-script'; style-src 'sha256-style'; img-src data:; base-uri 'none'; form-action 'none'"`,
    );
    expect(page).not.toMatch(/(?:src|href)="(?!#|data:,")/);
    expect(page).not.toMatch(/ style="| on\w+="/);
    expect(page).toContain('May be used &amp; copied &lt;freely&gt;.');
  });

  test('has one level-one heading, named sections, and headings for every column', () => {
    expect(page.match(/<h1/g)).toHaveLength(1);
    for (const [, id] of page.matchAll(/<section id="(\w+)"/g)) expect(page).toContain(`<h2 id="${id}-title">`);
    expect(page.match(/<th scope="col"/g)!.length).toBeGreaterThan(20);
    expect(page).toMatch(/aria-sort="descending">bytes</);
  });
});

test('names from the logs are text, wherever they stand', () => {
  const page = reportHtml(HOSTILE_REPORT, ASSETS);
  const elements = new Set(Array.from(page.matchAll(/<([a-z!][a-z0-9]*)/gi), ([, name]) => name!.toLowerCase()));
  const known = reportHtml(SMALL_REPORT, ASSETS);
  const expected = new Set(Array.from(known.matchAll(/<([a-z!][a-z0-9]*)/gi), ([, name]) => name!.toLowerCase()));
  expect([...elements].filter((name) => !expected.has(name))).toEqual([]);
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u200b\ufeff]/);
  for (const [attribute] of page.matchAll(/<[a-z][^>]*>/g)) expect(attribute).not.toMatch(/ on\w+=/);
  expect(() => dataOf(page)).not.toThrow();
});

test('templates escape everything but markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { text: made } = html`<p title="${text}">${text}${html`<b>${[text, null]}</b>`}</p>`;
      expect(made.match(/[<>"']/g)!.join('')).toBe('<""><><><>');
      const back = made
        .slice(made.indexOf('">') + 2, made.indexOf('<b>'))
        .replace(
          /&lt;|&gt;|&quot;|&#39;|&amp;/g,
          (entity) => ({ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' })[entity]!,
        );
      expect(back).toBe(text);
    }),
  );
});

test('whatever is in the logs makes a page', () => {
  fc.assert(
    fc.property(anyInventory, (inventory) => {
      const page = reportHtml(
        { inventory, others: [], began: [], parts: [], verdict: null, growth: null, reading: EMPTY_READING },
        ASSETS,
      );
      expect(dataOf(page).variables.length).toBeGreaterThanOrEqual(Math.min(1, inventory.rows.length));
      expect(page.endsWith('</html>\n')).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('a week of 41 nodes is well below 2 MB, without the program', () => {
  expect(Buffer.byteLength(reportHtml(largeReport(), ASSETS))).toBeLessThan(1_500_000);
});
