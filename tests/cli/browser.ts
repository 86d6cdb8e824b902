/** A real browser for the pages this program makes; for tests that say they need it. */

import { join } from 'node:path';
import axe, { type RunOptions } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM } from '../support/needs.ts';
import { ROOT } from './run.ts';

/** Pictures for people to look at; not kept in the repository. */
export const PICTURES = join(ROOT, 'coverage/report');

const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** With a profile of its own, which goes when it is closed. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM!, args: QUIET });
}

/**
 * Opens a page from disk and waits until there is `selector`.
 *
 * @returns besides the page, what it says to its console, throws, or asks of a network; more is added while it is open
 */
export async function openFile(
  browser: Browser,
  file: string,
  selector: string,
  options: Parameters<Browser['newPage']>[0],
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(request.url());
  });
  await page.goto(`file://${file}`);
  await page.waitForSelector(selector);
  return { page, complaints };
}

/** What axe finds wrong with a page, one text per rule. */
export async function violations(page: Page, options: RunOptions = {}): Promise<string[]> {
  // The page's policy forbids script elements, not what a debugger evaluates.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (asked) => (globalThis as unknown as { axe: typeof axe }).axe.run(asked),
    options,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n  ')}`);
}
