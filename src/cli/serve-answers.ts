/** What `serve` offers: the report as a page, and answers for programs, as the commands of their names print them. */

import { connections } from '../app/connections.ts';
import { doctor } from '../app/doctor.ts';
import { growth } from '../app/growth.ts';
import { metrics } from '../app/metrics.ts';
import { report } from '../app/report.ts';
import { runs } from '../app/runs.ts';
import type { InventoryOptions } from '../app/source/options.ts';
import { top } from '../app/top.ts';
import { Watch } from '../app/watch.ts';
import type { SizeUnit, TopPivot } from '../model/answers/top.ts';
import { badParameter } from '../model/errors/server-errors.ts';
import type { NameFilters } from '../model/name-filter.ts';
import type { Progress } from '../model/progress.ts';
import { connectionsReport } from '../report/answers/connections.ts';
import { doctorReport, findingsJson } from '../report/answers/doctor.ts';
import { growthReport } from '../report/answers/growth.ts';
import { runsReport } from '../report/answers/runs.ts';
import { topReport } from '../report/answers/top.ts';
import { openMetrics } from '../report/export/openmetrics.ts';
import { type DashboardAssets, pagePolicy } from '../report/html/document.ts';
import { reportHtml, versionOf } from '../report/html/page.ts';
import { waitingHtml } from '../report/html/waiting.ts';
import type { Report, Screen } from '../report/output.ts';
import { Feed } from '../server/feed.ts';
import { Fresh } from '../server/fresh.ts';
import type { Answer, ServerSpec } from '../server/server.ts';
import { PIVOTS, UNITS } from './selection.ts';

export interface ServedOptions {
  readonly chosen: Omit<InventoryOptions, 'at'> & { readonly filters: NameFilters };
  /** Seconds that an answer may be old. */
  readonly every: number;
  readonly assets: DashboardAssets;
}

const FEED_PATH = '/feed';
const JSON_TYPE = 'application/json; charset=utf-8';
const EVERYTHING = { all: true, finding: null, logs: [] };
const NO_SCREEN: Screen = { width: null, color: false };
/** Where an answer takes long, because there are many logs, it is made less often: the machine has other work. */
const REST_PER_ANSWER = 10;

/** Variables on nodes: with more of them, the first report takes long enough for a page that shows how far it is. */
const LARGE = 500;
/** So much later it is begun, in milliseconds: that page has to get out first, since work that takes long keeps all waiting. */
const BEGUN_AFTER_MS = 100;

/**
 * All paths there are, and the feed that tells open pages of newer reports.
 *
 * @returns `begin` looks at the ends of the logs; it throws ExpectedError for what is wrong with them
 */
export function servedAnswers(
  options: ServedOptions,
): Pick<ServerSpec, 'answers' | 'feed'> & { readonly begin: () => Promise<void> } {
  const { assets, every } = options;
  const { chosen } = options;
  const now = { ...chosen, nodes: chosen.filters.node };
  const maxAge = (fresh: Fresh<unknown>) => Math.max(every * 1000, fresh.took * REST_PER_ANSWER);

  let shown = '';
  let progress: Progress | null = null;
  let isLarge = false;
  let failure: unknown = null;
  let isMaking = false;
  const watch = new Watch(now);
  const version = async () => {
    // Reading the ends of the logs, if they have changed, tells whether a new report is worth its while.
    const newest = versionOf(await watch.look());
    return newest === shown ? shown : (await page.get(0)).version;
  };
  const feed = new Feed(version, () => maxAge(page));
  const page = new Fresh(async () => {
    const result = await report({
      ...now,
      onProgress: (one) => {
        progress = one;
      },
    });
    const version = versionOf(result.inventory);
    const body = reportHtml(result, assets, FEED_PATH);
    shown = version;
    feed.tell(version);
    return { version, body };
  });
  const makeFirst = () => {
    if (isMaking) return;
    isMaking = true;
    setTimeout(async () => {
      await page.get(0).catch((error) => {
        failure = error;
      });
      isMaking = false;
    }, BEGUN_AFTER_MS);
  };
  const scraped = new Fresh(async () => openMetrics(await metrics(now), { dated: false }));
  const json = (make: () => Promise<Report>): ((query: URLSearchParams) => Promise<Answer>) => {
    const fresh = new Fresh(make);
    return async (query) => {
      only(query, []);
      return { type: JSON_TYPE, body: (await fresh.get(maxAge(fresh))).text };
    };
  };
  const tops = new Map<string, Fresh<Report>>();
  const topOf = (by: TopPivot, unit: SizeUnit | null): Fresh<Report> => {
    const key = `${by} ${unit}`;
    const question = { ...now, by, unit };
    const fresh = tops.get(key) ?? new Fresh(async () => topReport(false)(await top(question), 'json', NO_SCREEN));
    tops.set(key, fresh);
    return fresh;
  };

  const answers = new Map<string, (query: URLSearchParams) => Promise<Answer>>([
    [
      '/',
      async (query) => {
        only(query, []);
        if (shown === '' && isLarge) {
          makeFirst();
          if (failure === null) return { type: 'text/html; charset=utf-8', body: waitingHtml(progress) };
          const error = failure;
          failure = null;
          throw error;
        }
        const { body } = await page.get(maxAge(page));
        return { type: 'text/html; charset=utf-8', body, policy: pagePolicy(assets, true) };
      },
    ],
    [
      '/metrics',
      async (query) => {
        only(query, []);
        const type = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
        return { type, body: await scraped.get(maxAge(scraped)) };
      },
    ],
    [
      '/api/top',
      async (query) => {
        only(query, ['by', 'unit']);
        const fresh = topOf(oneOf(query, 'by', PIVOTS) ?? 'module', oneOf(query, 'unit', UNITS));
        return { type: JSON_TYPE, body: (await fresh.get(maxAge(fresh))).text };
      },
    ],
    [
      '/api/growth',
      json(async () => {
        return growthReport(false)(await growth(now), 'json', NO_SCREEN);
      }),
    ],
    ['/api/doctor', json(async () => doctorReport(EVERYTHING)(await doctor(now), 'json', NO_SCREEN))],
    ['/api/findings', json(async () => ({ text: findingsJson(await doctor(now)), asides: [] }))],
    ['/api/connections', json(async () => connectionsReport(await connections(now), 'json', NO_SCREEN))],
    ['/api/runs', json(async () => runsReport(await runs(now), 'json', NO_SCREEN))],
  ]);

  const begin = async () => {
    isLarge = (await watch.look()).rows.length > LARGE;
  };
  return { answers, feed: { path: FEED_PATH, of: feed }, begin };
}

/** @throws ExpectedError for a parameter that would have no effect */
function only(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys())
    if (!known.includes(name)) throw badParameter(name, known.length === 0 ? 'no parameter' : known.join(', '));
}

function oneOf<Choice extends string>(query: URLSearchParams, name: string, choices: readonly Choice[]): Choice | null {
  const value = query.get(name);
  const choice = choices.find((one) => one === value) ?? null;
  if (value !== null && choice === null) throw badParameter(value, choices.join(', '));
  return choice;
}
