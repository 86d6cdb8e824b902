/** What `serve` offers: the report as a page, and answers for programs, as the commands of their names print them. */

import { doctor } from '../app/doctor.ts';
import type { InventoryOptions } from '../app/inventory.ts';
import { metrics } from '../app/metrics.ts';
import { report } from '../app/report.ts';
import { Watch } from '../app/watch.ts';
import { badParameter } from '../model/errors/server-errors.ts';
import type { Progress } from '../model/progress.ts';
import { findingsJson } from '../report/answers/doctor.ts';
import { openMetrics } from '../report/export/openmetrics.ts';
import { type DashboardAssets, pagePolicy } from '../report/html/document.ts';
import { reportHtml, versionOf, waitingHtml } from '../report/html/page.ts';
import { Feed } from '../server/feed.ts';
import { Fresh } from '../server/fresh.ts';
import type { Answer, ServerSpec } from '../server/server.ts';
import type { CommandContext, Options, SharedChoice } from './command.ts';

export interface ServedOptions {
  readonly chosen: Omit<InventoryOptions, 'at' | 'filters'> & SharedChoice;
  /** Seconds that an answer may be old. */
  readonly every: number;
  readonly assets: DashboardAssets;
}

const FEED_PATH = '/feed';
const METRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
/** Where an answer takes long, because there are many logs, it is made less often: the machine has other work. */
const REST_PER_ANSWER = 10;

type Answering = (query: URLSearchParams) => Promise<Answer>;

/** Variables on nodes: with more of them, the first report takes long enough for a page that shows how far it is. */
const LARGE = 500;
/** So much later it is begun, in milliseconds: that page has to get out first, since work that takes long keeps all waiting. */
const BEGUN_AFTER_MS = 100;

/**
 * All paths there are, and the feed that tells open pages of newer reports.
 *
 * @returns `begin` looks at the ends of the logs; it throws ExpectedError for what is wrong with them
 */
export function serveAnswers(
  options: ServedOptions,
  context: CommandContext,
): Pick<ServerSpec, 'answers' | 'feed'> & { readonly begin: () => Promise<void> } {
  const { assets, every } = options;
  const now = { ...options.chosen, limit: null };
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
  const fresh = (type: string, parameters: Options, make: (chosen: object) => Promise<string>): Answering => {
    const made = new Map<string, Fresh<string>>();
    return async (query) => {
      const chosen = readParameters(query, parameters);
      const key = JSON.stringify(chosen);
      const answer = made.get(key) ?? new Fresh(() => make(chosen));
      made.set(key, answer);
      return { type, body: await answer.get(maxAge(answer)) };
    };
  };

  const answers = new Map<string, Answering>([
    [
      '/',
      async (query) => {
        readParameters(query, {});
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
    ['/metrics', fresh(METRICS_TYPE, {}, async () => openMetrics(await metrics(now), { dated: false }))],
  ]);
  for (const { name, served } of context.commands.flatMap(({ commands }) => commands)) {
    if (served === undefined) continue;
    const answer = (chosen: object) => served.answer({ ...now, ...chosen } as never, context);
    answers.set(`/api/${name}`, fresh(JSON_TYPE, served.parameters, answer));
  }
  answers.set(
    '/api/findings',
    fresh(JSON_TYPE, {}, async () => findingsJson(await doctor(now))),
  );

  const begin = async () => {
    isLarge = (await watch.look()).rows.length > LARGE;
  };
  return { answers, feed: { path: FEED_PATH, of: feed }, begin };
}

/** @throws ExpectedError for a parameter that would have no effect, or a value that it does not take */
function readParameters(query: URLSearchParams, options: Options): object {
  for (const name of query.keys())
    if (!Object.hasOwn(options, name)) throw badParameter(name, Object.keys(options).join(', ') || 'no parameter');
  const values = Object.entries(options).map(([name, { choices = [], preset }]) => {
    const value = query.get(name);
    if (value !== null && !choices.includes(value)) throw badParameter(value, choices.join(', '));
    return [name, value ?? preset] as const;
  });
  return Object.fromEntries(values);
}
