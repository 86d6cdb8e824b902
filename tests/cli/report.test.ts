/** The report as people meet it: made by the command, opened from disk in a browser. */

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportPage } from '../../src/model/answers/report.ts';
import { reportHtml } from '../../src/report/html/page.ts';
import { HOSTILE_REPORT, largeReport, SMALL_REPORT } from '../report/html/result.ts';
import { needs } from '../support/needs.ts';
import { openBrowser, openFile, PICTURES, violations } from './browser.ts';
import { cleanEnv, myStats, PROGRAM, ROOT } from './run.ts';

const CLUSTER = 'fixtures/collector-8.0.10-cluster';
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'my-stats-report-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('one file, which names nothing that lies elsewhere', async () => {
  const path = join(folder, 'report.html');
  expect(await myStats(['report', '-o', path, CLUSTER])).toEqual({ code: 0, stdout: '', stderr: '' });
  const page = readFileSync(path, 'utf8');
  expect(page).toContain('<h1>Memory of 5 nodes</h1>');
  expect(page).toContain('HostTracker::<wbr>seen');
  expect(page).toContain('ISC');
  expect(statSync(path).size).toBeLessThan(500_000);
  expect((await myStats(['report', CLUSTER])).stdout).toBe(page);
});

test('on a terminal it is a file, which is named', needs('script'), () => {
  const command = `cd '${folder}' && '${process.execPath}' '${PROGRAM}' report '${join(ROOT, CLUSTER)}'`;
  const { status, stdout } = spawnSync('script', ['-qfec', command, '/dev/null'], { env: cleanEnv({ TERM: 'dumb' }) });
  expect({ status, stdout: stdout.toString().trim() }).toEqual({
    status: 0,
    stdout: 'my-stats: the page is in my-stats.html',
  });
  expect(readFileSync(join(folder, 'my-stats.html'), 'utf8')).toContain('<h1>Memory of 5 nodes</h1>');
});

test('holds what grows, with its lines, and the verdict of doctor', async () => {
  const { stdout } = await myStats(['report', CLUSTER]);
  const [, json] = /id="page-data">([^<]*)</.exec(stdout)!;
  const { curves } = JSON.parse(json!) as ReportPage;
  const seen = curves.find(({ variable }) => variable === 'HostTracker::seen')!;
  expect(seen.lines).toHaveLength(5);
  expect(seen.lines.filter(({ worst }) => worst)).toHaveLength(1);
  for (const { points } of seen.lines) {
    expect(points.length).toBeGreaterThan(20);
    expect(points.length).toBeLessThanOrEqual(64);
    expect(points.at(-1)![1]).toBeGreaterThan(2 * points[0]![1]);
  }
  expect(stdout).toContain('<section id="verdict"');
  expect(stdout).toMatch(/<h3><span class="level">1 problem<\/span> [^<]*HostTracker::seen/);
  const some = await myStats(['report', '--module', 'HostTracker', CLUSTER]);
  expect(some.stdout).not.toContain('<section id="verdict"');
});

test('a week of 41 nodes is one file below 2 MB', () => {
  const assets = JSON.parse(readFileSync(join(ROOT, 'dist/report-assets.json'), 'utf8'));
  expect(Buffer.byteLength(reportHtml(largeReport(), assets))).toBeLessThan(1_700_000);
});

test.each<[readonly string[], string]>([
  [[], 'no logs given'],
  [['nowhere'], 'nowhere: no such file or folder'],
  [['--module', 'Nope', CLUSTER], 'nothing matches module Nope'],
  [['-o', 'nowhere/report.html', CLUSTER], 'nowhere/report.html: cannot be written (there is no such folder)'],
])('%j is refused', async (args, said) => {
  const { code, stdout, stderr } = await myStats(['report', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(said);
  expect(stderr).toMatch(/^my-stats: [^\n]*\n$/);
});

test('never takes the place of a log', async () => {
  const log = join(folder, 'my_stats.log');
  copyFileSync('fixtures/collector-8.0.10-standalone/my_stats.log', log);
  const before = readFileSync(log);
  expect((await myStats(['report', '-o', log, log])).code).toBe(2);
  expect(readFileSync(log)).toEqual(before);
});

/** What axe checks. */
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

describe('in a browser', needs('chromium'), () => {
  let browser: Browser;
  let assets: Parameters<typeof reportHtml>[1];
  beforeAll(async () => {
    assets = JSON.parse(readFileSync(join(ROOT, 'dist/report-assets.json'), 'utf8'));
    mkdirSync(PICTURES, { recursive: true });
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => browser?.close());

  /** Opens a report from disk; whatever the page says to its console, or asks of a network, fails the test. */
  async function open(
    result: Parameters<typeof reportHtml>[0],
    options: Parameters<Browser['newPage']>[0] = { viewport: DESKTOP },
  ): Promise<{ page: Page; complaints: string[] }> {
    const file = join(folder, 'page.html');
    writeFileSync(file, reportHtml(result, assets));
    return openFile(browser, file, '.map svg', options);
  }

  test.each([
    ['desktop', DESKTOP, 'light'],
    ['desktop-dark', DESKTOP, 'dark'],
    ['phone', PHONE, 'light'],
    ['phone-dark', PHONE, 'dark'],
  ] as const)(
    '%s: nothing overflows, nothing fails, and axe finds nothing',
    async (name, viewport, colorScheme) => {
      for (const [size, result] of [
        ['small', SMALL_REPORT],
        ['large', largeReport()],
      ] as const) {
        const { page, complaints } = await open(result, { viewport, colorScheme });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width);
        // The same elements in larger numbers: once is enough.
        if (size === 'small' || name === 'desktop') expect(await violations(page, RULES)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.screenshot({ path: join(PICTURES, `${size}-${name}.png`), fullPage: true });
        await page.close();
      }
    },
    120_000,
  );

  test('names from the logs do nothing', async () => {
    const { page, complaints } = await open(HOSTILE_REPORT);
    await page.locator('.map svg').focus();
    for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowDown');
    await page.locator('.path').click();
    await page.getByLabel('icicle').check();
    expect(await page.locator('.map [role=treeitem]').count()).toBeGreaterThan(20);
    expect(await page.evaluate("'hacked' in window")).toBe(false);
    expect(await page.evaluate("document.querySelectorAll('img, iframe, object, base, form').length")).toBe(0);
    expect(complaints).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(DESKTOP.width);
    await page.screenshot({ path: join(PICTURES, 'hostile.png'), fullPage: true });
    await page.close();
  });

  test('the map is looked into by keyboard, and says where one is', async () => {
    const { page } = await open(SMALL_REPORT);
    const map = page.locator('.map svg');
    await map.focus();
    const active = () =>
      page.evaluate(
        "document.getElementById(document.querySelector('.map svg').getAttribute('aria-activedescendant')).ariaLabel",
      );
    expect(await active()).toBe('package host-tracker: ≈ 20.0 kB (14.0 kB to 28.0 kB), 99.6 % of all');
    await page.keyboard.press('ArrowDown');
    expect(await active()).toMatch(/^module HostTracker: /);
    await page.keyboard.press('Enter');
    expect(await page.locator('.path').textContent()).toBe('Everything › host-tracker › HostTracker');
    expect(await active()).toMatch(/^variable HostTracker::seen: /);
    expect(await page.locator('#map-place .detail').textContent()).toBe(await active());
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    expect(await page.locator('.path').textContent()).toBe('Everything');
    // The last thing that is left is still the map: the focus was never lost.
    expect(await page.evaluate("document.activeElement.getAttribute('role')")).toBe('tree');
    await page.getByLabel('characters').check();
    expect(await page.locator('#map-place .detail').textContent()).toBe('Everything: 58.7 k characters');
    await page.close();
  });

  test('drawn as an icicle it takes variables apart, in shares that add up', async () => {
    const { page, complaints } = await open(SMALL_REPORT);
    await page.getByLabel('icicle').check();
    await page.getByLabel('icicle').scrollIntoViewIfNeeded();
    expect(await page.evaluate('location.hash')).toBe('#drawing=icicle');
    const icicle = page.locator('.map svg');
    const names = await icicle.locator('[role=treeitem]').evaluateAll((items) => items.map((item) => item.ariaLabel));
    expect(names.slice(0, 4)).toEqual([
      'package host-tracker: ≈ 20.0 kB (14.0 kB to 28.0 kB), 99.6 % of all',
      'module HostTracker: ≈ 20.0 kB (14.0 kB to 28.0 kB), 99.6 % of all',
      'variable HostTracker::seen: ≈ 20.0 kB (14.0 kB to 28.0 kB), +110 kB an hour, 99.6 % of all',
      'part of HostTracker::seen: the table itself, 100.0 % of it as on worker-2, ≈ 20.0 kB',
    ]);
    const widths = await icicle
      .locator('[role=treeitem] rect')
      .evaluateAll((areas) => areas.map((area) => Number(area.getAttribute('width'))));
    expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(2);
    expect(await violations(page, RULES)).toEqual([]);
    await icicle.focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    expect(await page.evaluate('location.hash')).toBe('#variable=HostTracker%3A%3Aseen&drawing=icicle');
    expect(await page.locator('#variable').getByRole('heading', { level: 2 }).textContent()).toBe('HostTracker::seen');
    await page.goBack();
    await page.getByLabel('objects').check();
    expect(await icicle.locator('[role=treeitem]').count()).toBeGreaterThan(0);
    expect(await icicle.locator('[aria-label^="part"]').count()).toBe(0);
    // What was chosen stays when the page is loaded anew, as one that is served does by itself.
    await page.reload();
    expect(await page.getByLabel('icicle').isChecked()).toBe(true);
    expect(await page.getByRole('radio', { name: 'objects' }).isChecked()).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a node, a span and a variable are chosen, and the address keeps them', async () => {
    const { page } = await open(SMALL_REPORT);
    const picture = page.getByRole('slider');
    expect(await picture.getAttribute('aria-label')).toContain('limit 600 MB');
    expect(await page.locator('.mark text').allTextContents()).toEqual(['1']);
    await page.getByLabel('last 60 min').check();
    expect(await page.evaluate('location.hash')).toBe('#span=3600');
    await picture.focus();
    await page.keyboard.press('Home');
    expect(await picture.getAttribute('aria-valuetext')).toBe(
      '2026-11-24T02:56:54Z: 487 MB – not explained 2.00 MB, HostTracker::seen 15.0 MB, Zeek, scripts, buffers 470 MB',
    );
    await page.locator('.finding').getByRole('link', { name: 'All of HostTracker::seen' }).click();
    expect(await page.evaluate('location.hash')).toBe('#variable=HostTracker%3A%3Aseen&span=3600');
    const variable = page.locator('#variable');
    expect(await variable.getByRole('heading', { level: 2 }).textContent()).toBe('HostTracker::seen');
    expect(await variable.textContent()).toContain('declared inhost-tracker/scripts/main.zeek:14');
    expect(await variable.locator('table').last().textContent()).toContain('the table itself');
    expect(await page.locator('#map').isVisible()).toBe(false);
    expect(await violations(page, RULES)).toEqual([]);
    await variable.getByRole('link', { name: 'worker-2' }).click();
    expect(await page.evaluate('location.hash')).toBe('#node=worker-2&span=3600');
    expect(await page.locator('#map').isVisible()).toBe(true);
    await page.goBack();
    expect(await variable.isVisible()).toBe(true);
    await page.close();
  });

  test('a report of five nodes is read on a phone in four thousand pixels', async () => {
    const path = join(folder, 'phone.html');
    await myStats(['report', '-o', path, CLUSTER]);
    const { page, complaints } = await openFile(browser, path, '.memory svg', { viewport: PHONE });
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThan(4000);
    expect(complaints).toEqual([]);
    await page.screenshot({ path: join(PICTURES, 'cluster-phone.png'), fullPage: true });
    await page.close();
  });

  test('tables sort and filter, and say so', async () => {
    const { page } = await open(largeReport());
    const table = page.locator('#variables-table');
    const first = () => table.locator('tbody th').first().textContent();
    expect(await first()).toBe('Module0::some_variable_0');
    expect(await table.locator('tbody tr').count()).toBe(50);
    const heading = table.locator('thead th', { hasText: 'variable' });
    await heading.locator('button').press('Enter');
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    expect(await first()).toBe('Module0::some_variable_0');
    await heading.locator('button').press('Enter');
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    expect(await first()).toBe('Module59::some_variable_299');
    await table.locator('thead button', { hasText: 'entries' }).click();
    expect(await table.locator('thead [aria-sort]').allTextContents()).toEqual(['entries']);
    await table.getByLabel('Filter').fill('PACKAGE-7');
    expect(await table.locator('tbody tr').count()).toBe(12);
    expect(await table.getByRole('status').textContent()).toBe('12 of 12 that match shown');
    await table.getByLabel('Filter').fill('');
    await table.getByRole('button', { name: 'Show all 300' }).click();
    expect(await table.locator('tbody tr').count()).toBe(300);
    await page.close();
  });

  test('colours follow the system until they are chosen, and stay chosen', async () => {
    const { page } = await open(SMALL_REPORT, { viewport: DESKTOP, colorScheme: 'dark' });
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await background()).toBe('rgb(20, 24, 29)');
    await page.getByLabel('light').check();
    expect(await background()).toBe('rgb(255, 255, 255)');
    await page.reload();
    expect(await background()).toBe('rgb(255, 255, 255)');
    await page.close();
  });

  test('prints everything in dark on light, whatever the screen', async () => {
    const { page } = await open(largeReport(), { viewport: DESKTOP, colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.locator('nav').isVisible()).toBe(false);
    const pdf = await page.pdf({ path: join(PICTURES, 'printed.pdf'), format: 'A4' });
    expect(pdf.length).toBeGreaterThan(20_000);
    expect(await page.locator('#variables-table tbody tr').count()).toBe(300);
    await page.close();
  });

  test('on paper figures stand whole under their headings, and numbers in one line', async () => {
    const path = join(folder, 'paper.html');
    await myStats(['report', '-o', path, CLUSTER]);
    // As wide as A4 within its margins.
    const { page } = await openFile(browser, path, '.map svg', { viewport: { width: 718, height: 1040 } });
    await page.emulateMedia({ media: 'print' });
    for (const figure of ['#map', '#memory-place', '#nodes-place'])
      expect(await page.evaluate(`getComputedStyle(document.querySelector('${figure}')).breakInside`)).toBe('avoid');
    const lines = `(cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return range.getClientRects().length;
    }`;
    expect(await page.evaluate(`Math.max(...[...document.querySelectorAll('td.number')].map(${lines}))`)).toBe(1);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(718);
    await page.close();
  });

  test('without its program the page has all tables', async () => {
    const file = join(folder, 'page.html');
    writeFileSync(file, reportHtml(SMALL_REPORT, assets));
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`file://${file}`);
    expect(await page.locator('#variables-table tbody tr').count()).toBe(6);
    expect(await page.locator('.choice').first().isVisible()).toBe(false);
    expect(await page.getByText('switched off here').isVisible()).toBe(true);
    await context.close();
  });
});
