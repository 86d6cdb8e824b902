/** What `serve` offers: the report as a page, and answers for programs, as the commands of their names print them. */

import { badParameter } from '../model/errors/server-errors.ts';
import type { Progress } from '../model/progress.ts';
import { findingsJson } from '../report/answers/doctor.ts';
import { type DashboardAssets, pagePolicy } from '../report/html/document.ts';
import { waitingHtml } from '../report/html/page.ts';
import { Feed } from '../server/feed.ts';
import { Fresh } from '../server/fresh.ts';
import type { Answer, ServerSpec } from '../server/server.ts';
import { type AnswerChoice, AnswerThread } from './answer-thread.ts';
import type { CommandContext, Options } from './command.ts';

interface ServedOptions {
  readonly chosen: AnswerChoice;
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
  const maxAge = (fresh: Fresh<unknown>) => Math.max(every * 1000, fresh.took * REST_PER_ANSWER);

  let shown = '';
  let progress: Progress | null = null;
  let isLarge = false;
  let failure: unknown = null;
  const thread = new AnswerThread(options.chosen, (one) => {
    progress = one;
  });
  const version = async () => {
    // The ends of the logs tell whether a new report is worth its while.
    const { version: newest } = await thread.ask('newest');
    return newest === shown ? shown : (await page.get(0)).version;
  };
  const feed = new Feed(version, () => maxAge(page));
  const page = new Fresh(async () => {
    const made = await thread.ask('page', assets, FEED_PATH);
    shown = made.version;
    feed.tell(shown);
    return made;
  });
  const makeFirst = () => {
    page.get(0).catch((error) => {
      failure = error;
    });
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
    ['/metrics', fresh(METRICS_TYPE, {}, () => thread.ask('metrics'))],
  ]);
  for (const { name, served } of context.commands.flatMap(({ commands }) => commands)) {
    if (served === undefined) continue;
    answers.set(
      `/api/${name}`,
      fresh(JSON_TYPE, served.parameters, (chosen) => thread.ask('command', name, chosen)),
    );
  }
  answers.set(
    '/api/findings',
    fresh(JSON_TYPE, {}, async () => findingsJson(await thread.ask('doctor'))),
  );

  const begin = async () => {
    isLarge = (await thread.ask('newest')).rows > LARGE;
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
