/** The page of `profile --html`, in a real browser: nothing overflows, nothing is asked of a network, names do nothing. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeProfilePage } from '../../src/report/html/profile.ts';
import { CHECKED, HOSTILE_PROFILE, PROFILE } from '../report/profile-samples.ts';
import { needs } from '../support/needs.ts';
import { openBrowser, openFile, PICTURES, violations } from './browser.ts';
import { ROOT } from './run.ts';

const RESULTS = { profile: PROFILE, checked: CHECKED, hostile: HOSTILE_PROFILE };
const assets: Parameters<typeof writeProfilePage>[1] = JSON.parse(
  readFileSync(join(ROOT, 'dist/report-assets.json'), 'utf8'),
);

test('has the check, every variable with its place, and the process, without any program', () => {
  const page = writeProfilePage(CHECKED, assets);
  expect(page).toContain('<h1>Memory of lookups, against v1.2</h1>');
  expect(page).toContain('<p>Failed. Of 5 limits 2 failed, 1 cannot be checked, 1 warns (my-stats.json).</p>');
  expect(page).toContain('package leaky (max 10 MB)</h3><p>16.0 MB too much: HostTracker::seen holds 18.0 MB.</p>');
  expect(page).toContain('scripts/main.zeek:12');
  expect(page).toContain('resident memory at the end');
  expect(writeProfilePage(PROFILE, assets)).not.toContain('id="check"');
});

describe('in a browser', needs('chromium'), () => {
  let browser: Browser;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'my-stats-profile-page-'));
    mkdirSync(PICTURES, { recursive: true });
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['desktop', { width: 1280, height: 900 }, 'light'],
    ['phone', { width: 390, height: 844 }, 'dark'],
  ] as const)(
    'on a %s nothing overflows, nothing fails, and axe finds nothing',
    async (name, viewport, colorScheme) => {
      for (const [which, result] of Object.entries(RESULTS)) {
        const file = join(folder, `${which}.html`);
        writeFileSync(file, writeProfilePage(result, assets));
        const { page, complaints } = await openFile(browser, file, '.curves svg', { viewport, colorScheme });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width);
        expect(await page.evaluate("document.querySelectorAll('img, iframe, object, base, form').length")).toBe(0);
        expect(await violations(page)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.screenshot({ path: join(PICTURES, `profile-${which}-${name}.png`), fullPage: true });
        await page.close();
      }
    },
    60_000,
  );

  test('variables are sorted by what a heading says, and a curve goes from its first size to its last', async () => {
    const file = join(folder, 'page.html');
    writeFileSync(file, writeProfilePage(PROFILE, assets));
    const page = await browser.newPage();
    await page.goto(`file://${file}`);
    const first = () => page.locator('#variables-table tbody th').first().textContent();
    expect(await first()).toBe('Lookups::names');
    await page.locator('#variables-table thead button', { hasText: 'variable' }).click();
    expect(await first()).toBe('Lookups::clients');
    const figures = await page.locator('.curves figure').allTextContents();
    expect(figures[0]).toContain('with it: ≈ 500 B to ≈ 160 kB');
    // The one that stays as it is has none.
    expect(figures.join()).not.toContain('Lookups::ignored');
    await page.close();
  });
});
