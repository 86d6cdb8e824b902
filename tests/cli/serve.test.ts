/** `my-stats serve` as browsers and programs meet it. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type LogRow, temporaryFolder, tsv } from '../store/logs.ts';
import { needs } from '../support/needs.ts';
import { openBrowser, violations } from './browser.ts';
import { cleanEnv, myStats, PROGRAM, ROOT } from './run.ts';

const CLUSTER = 'fixtures/collector-8.0.10-cluster';
const started: ChildProcess[] = [];

interface Served {
  readonly url: string;
  readonly child: ChildProcess;
  /** All it said on standard error so far. */
  readonly said: () => string;
}

/** Starts it on a port that is free, and waits until it says where. */
async function serve(...args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--listen', '127.0.0.1:0', ...args], {
    cwd: ROOT,
    env: cleanEnv(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  child.stderr!.on('data', (chunk) => {
    said += chunk;
  });
  const [line] = await Promise.race([
    once(child.stdout!, 'data'),
    once(child, 'close').then(() => {
      throw new Error(`it ended: ${said}`);
    }),
  ]);
  return { url: String(line).trim(), child, said: () => said };
}

/** Not fetch(), which does not let a client name the host that it believes to talk to. */
function get(url: string, path: string, options: { method?: string; host?: string } = {}) {
  const headers = options.host === undefined ? {} : { host: options.host };
  return new Promise<{ status: number; type: string; body: string }>((resolve, reject) => {
    const asked = request(new URL(path, url), { method: options.method ?? 'GET', headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode!, type: response.headers['content-type'] ?? '', body });
      });
    });
    asked.on('error', reject).end();
  });
}

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'close');
  }
});

describe('answers for programs are what the commands print', () => {
  test.each([
    ['/api/top', ['top', '--json']],
    ['/api/top?by=package', ['top', '--json', '--by', 'package']],
    ['/api/top?by=variable&unit=objects', ['top', '--json', '--by', 'variable', '--unit', 'objects']],
    ['/api/growth', ['growth', '--json']],
    ['/api/doctor', ['doctor', '--json']],
    ['/api/connections', ['connections', '--json']],
    ['/api/runs', ['runs', '--json']],
  ])('%s', async (path, args) => {
    const { url } = await serve(CLUSTER);
    const { status, type, body } = await get(url, path);
    expect(status).toBe(200);
    expect(type).toMatch(/^application\/json/);
    expect(body).toBe((await myStats([...args, CLUSTER])).stdout);
  });

  test('/metrics, which are of the time at which they are asked for', async () => {
    const { url } = await serve(CLUSTER);
    const { status, type, body } = await get(url, '/metrics');
    expect(status).toBe(200);
    expect(type).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
    const { stdout } = await myStats(['export', '--format', 'openmetrics', CLUSTER]);
    expect(body).toBe(stdout.replace(/^([^#].*) [\d.]+$/gm, '$1'));
  });

  test('with the filters it was started with', async () => {
    const { url } = await serve('--module', 'Host*', CLUSTER);
    const { body } = await get(url, '/api/top');
    expect(body).toBe((await myStats(['top', '--json', '--module', 'Host*', CLUSTER])).stdout);
  });
});

test('findings alone, for programs that watch for them', async () => {
  const { url } = await serve(CLUSTER);
  const { status, body } = await get(url, '/api/findings');
  const { format, findings } = JSON.parse(body);
  expect({ status, format }).toEqual({ status: 200, format: 'my-stats.findings' });
  expect(findings).toEqual(JSON.parse((await get(url, '/api/doctor')).body).findings);
});

test('where there is much to read, a page comes first that shows how far it is', async () => {
  const folder = temporaryFolder();
  const rows = [1, 2].flatMap((run) =>
    Array.from({ length: 600 }, (_, i): LogRow => {
      return { ts: 1000 + run, run, node: 'zeek', variable: `M::v${i}`, size: 10, unit: 'objects', entries: null };
    }),
  );
  writeFileSync(join(folder, 'my_stats.log'), tsv(rows));
  const { url } = await serve(folder);
  const first = await get(url, '/');
  expect(first).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
  expect(first.body).toContain('<meta http-equiv="refresh" content="1">');
  expect(first.body).toContain('<h1>Reading the logs</h1>');
  for (let body = first.body; !body.includes('<h1>Memory of zeek</h1>'); body = (await get(url, '/')).body)
    await wait(200);
});

test('while a report is worked out, whatever else is asked is answered', async () => {
  const folder = temporaryFolder();
  const rows = Array.from({ length: 80 }, (_, run) =>
    Array.from({ length: 800 }, (_, i): LogRow => {
      const [ts, size] = [1000 + 60 * run, 1000 + ((run * 37 + i * 11) % 97)];
      return { ts, run, node: 'zeek', variable: `M::v${i}`, size, unit: 'objects', entries: size };
    }),
  ).flat();
  writeFileSync(join(folder, 'my_stats.log'), tsv(rows));
  const { url } = await serve(folder);
  const [start, waits] = [performance.now(), [] as number[]];
  for (let body = ''; !body.includes('<h1>Memory of zeek</h1>'); body = (await get(url, '/')).body) {
    const asked = performance.now();
    expect((await get(url, '/nowhere')).status).toBe(404);
    waits.push(performance.now() - asked);
  }
  expect(waits.length).toBeGreaterThan(10);
  expect(Math.max(...waits)).toBeLessThan((performance.now() - start) / 3);
});

test('what cannot be answered is said in one line', async () => {
  const { url } = await serve(CLUSTER);
  const asked = async (path: string, options = {}) => {
    const { status, type, body } = await get(url, path, options);
    expect(type).toBe('text/plain; charset=utf-8');
    expect(body).toMatch(/^my-stats: [^\n]*\n$/);
    return `${status} ${body.trim().slice('my-stats: '.length)}`;
  };
  expect(await asked('/nowhere')).toMatch(
    /^404 there is \/, \/metrics, \/api\/doctor, .*\/api\/top, .*\/api\/findings$/,
  );
  expect(await asked('/api/top?by=colour')).toMatch(/^400 "colour" is not known here\. There is module, /);
  expect(await asked('/api/top?at=-1d')).toBe('400 "at" is not known here. There is by, unit.');
  expect(await asked('/api/doctor?by=node')).toBe('400 "by" is not known here. There is no parameter.');
  expect(await asked('/', { method: 'POST' })).toBe('405 only GET is answered');
  // A name that is made to lead to this machine, so that a page from elsewhere can read what is on it.
  expect(await asked('/', { host: 'evil.example' })).toBe('421 this server has another name');
  expect(await asked('/metrics', { host: '[' })).toBe('421 this server has another name');
  expect((await get(url, '/metrics', { host: 'localhost:1234' })).status).toBe(200);
  expect(await get(url, '/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
});

test('while the logs are away, it says so, and goes on when they are back', async () => {
  const folder = temporaryFolder();
  const log = join(folder, 'my_stats.log');
  const rows = (size: number): LogRow[] =>
    [1, 2, 3].map((run) => ({
      ts: 1000 + run,
      run,
      node: 'zeek',
      variable: 'A::b',
      size,
      unit: 'objects',
      entries: 1,
    }));
  writeFileSync(log, tsv(rows(2000)));
  const { url } = await serve('--every', '1', folder);
  rmSync(log);
  const { status, body } = await get(url, '/api/top');
  expect({ status, body }).toMatchObject({ status: 503, body: expect.stringContaining('no my_stats.log found') });
  writeFileSync(log, tsv(rows(3000)));
  const back = await get(url, '/api/top');
  expect(JSON.parse(back.body).sections[0].total).toBe(3000);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it', async (signal) => {
  const { child, url } = await serve(CLUSTER);
  // One who listens to the feed does not hold it up.
  const feed = request(new URL('/feed', url)).on('error', () => {});
  feed.end();
  await once(feed, 'response');
  child.kill(signal);
  const [code] = await once(child, 'close');
  expect(code).toBe(signal === 'SIGINT' ? 130 : 143);
});

describe('what is wrong from the start is said then', () => {
  const refused = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await myStats(['serve', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^my-stats: [^\n]*\n$/);
    return stderr;
  };

  test('logs', async () => {
    expect(await refused('nowhere')).toContain('nowhere: no such file or folder');
    expect(await refused()).toContain('no logs given');
    expect(await refused('-')).toContain('standard input can be read only once');
  });

  test('addresses', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    expect(await refused('--listen', `127.0.0.1:${port}`, CLUSTER)).toContain('something else listens there');
    taken.close();
    for (const address of ['', 'nonsense', '127.0.0.1', '127.0.0.1:99999', 'a b:1'])
      expect(await refused('--listen', address, CLUSTER)).toContain('is no address to listen on');
  });
});

describe('in a browser', { timeout: 60_000, ...needs('chromium') }, () => {
  const folder = temporaryFolder();
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  const write = (runs: number) => {
    const rows = Array.from({ length: runs }, (_, i): LogRow[] =>
      ['A::first', 'A::second', ...'cdefghijk'].map((variable) => {
        const size = 2000 + i * 100;
        return { ts: 1000 + i * 10, run: i + 1, node: 'zeek', variable, size, unit: 'objects', entries: size };
      }),
    );
    const log = join(folder, 'my_stats.log');
    writeFileSync(`${log}.new`, tsv(rows.flat(), false));
    // Its last run is being written for as long as the test takes, on a slow machine as well.
    const later = Date.now() / 1000 + 60;
    utimesSync(`${log}.new`, later, later);
    renameSync(`${log}.new`, log);
  };

  test('the page shows what is new by itself, or offers to where somebody is at work', async () => {
    write(5);
    const { url, said } = await serve('--every', '1', folder);
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (asked) => {
      if (!asked.url().startsWith(url) && !asked.url().startsWith('data:')) complaints.push(asked.url());
    });
    await page.goto(url);
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    const version = () => page.locator('html').getAttribute('data-version');
    expect(await version()).toBe('1030-1');
    expect(await violations(page)).toEqual([]);

    write(7);
    await page.waitForSelector('html[data-version="1050-1"]');

    const filter = page.getByRole('searchbox');
    await filter.fill('second');
    write(9);
    const status = page.getByRole('status').filter({ hasText: 'There are new measurements' });
    await status.waitFor();
    expect(await filter.inputValue()).toBe('second');
    expect(await version()).toBe('1050-1');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.waitForSelector('html[data-version="1070-1"]');
    expect(complaints).toEqual([]);
    expect(said()).toBe('');
    await page.close();
  });

  test('the whole cluster, as a file would show it', async () => {
    const { url } = await serve(CLUSTER);
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForSelector('#map-place svg');
    expect(await page.locator('h1').textContent()).toBe('Memory of 5 nodes');
    expect(await page.locator('footer').textContent()).toContain('talks to nobody but its own server');
    await page.close();
  });
});
