/** `my-stats serve`: the report as a page that is up to date, and answers for programs. */

import { notAListenAddress } from '../../model/errors/server-errors.ts';
import { readAssets } from '../built.ts';
import { declareCommand, declareOption } from '../command.ts';
import { describeFailure } from '../failure.ts';
import { LOGS, NAMES, PACKAGES, parseSeconds, refuseStandardInput, SCRIPTS, SOURCE } from '../options.ts';
import { print } from '../write.ts';

export const serveCommand = declareCommand({
  name: 'serve',
  summary: 'the report as a web page that stays up to date, and answers for programs',
  description: 'Serves the report as a web page that stays up to date, metrics for Prometheus, and answers as JSON.',
  arguments: { paths: LOGS },
  options: {
    listen: declareOption('--listen <address>', 'HOST:PORT, or a port', { preset: '127.0.0.1:8047' }),
    every: declareOption('--every <seconds>', 'how old an answer may be', { parse: parseSeconds, preset: 10 }),
    ...NAMES,
    ...SCRIPTS,
    ...PACKAGES,
    ...SOURCE,
  },
  examples: [
    ['my-stats serve /opt/zeek/logs/current', 'then open http://127.0.0.1:8047/'],
    ['my-stats serve --listen 127.0.0.1:0 LOGS', 'on any free port'],
    ['curl http://127.0.0.1:8047/api/top?by=package', 'JSON, as top --json'],
  ],
  more: `
Paths: / is the report, which shows new measurements as they come; /metrics is
for Prometheus; /api/top (by, unit), /api/growth, /api/doctor, /api/findings,
/api/connections and /api/runs are JSON, as those commands print it (docs/json.md).

There is no authentication: on an address other than 127.0.0.1, anyone who can
reach it can read the names of scripts and hosts that are in the logs.
`,
  async run(asked, context) {
    refuseStandardInput(asked.paths);
    const { stderr, env, interrupts, commands } = context;
    const { host, port } = readAddress(asked.listen);
    const [{ serveAnswers }, { WebServer }] = await Promise.all([
      import('../serve-answers.ts'),
      import('../../server/server.ts'),
    ]);
    const served = serveAnswers({ chosen: asked, every: Math.max(1, asked.every), assets: readAssets() }, context);
    // What is wrong with the logs is told here, not to the first who asks.
    await served.begin();
    const signal = interrupts?.take();
    const onDefect = (error: unknown) => {
      const { text } = describeFailure(error, 'serve', Boolean(env.MY_STATS_DEBUG), commands);
      if (text !== null) stderr.write(`${text}\n`);
    };
    const server = await WebServer.start({ host, port, ...served, onDefect });
    await print(context, `${server.url}\n`);
    if (host !== 'localhost' && !/^(127\.|::1$)/.test(host))
      stderr.write('my-stats: whoever reaches this address can read the names that are in the logs\n');
    await new Promise<void>((resolve) => {
      if (signal?.aborted) resolve();
      else signal?.addEventListener('abort', () => resolve(), { once: true });
    });
    await server.close();
  },
});

/** @throws ExpectedError for what is no address */
function readAddress(text: string): { host: string; port: number } {
  const found = /^(?:(?:\[([^\]]+)\]|([^:[\]/\s]+)):)?(\d{1,5})$/.exec(text);
  const port = Number(found?.[3]);
  if (found === null || port > 65_535) throw notAListenAddress(text);
  return { host: found[1] ?? found[2] ?? '127.0.0.1', port };
}
