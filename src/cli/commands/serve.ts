/** `my-stats serve`: the report as a page that is up to date, and answers for programs. */

import type { Command } from 'commander';
import { notAListenAddress } from '../../model/errors/server-errors.ts';
import { print } from '../answer.ts';
import { readAssets } from '../assets.ts';
import { describeFailure } from '../failure.ts';
import { addSourceOptions, helpFooter, readFiles, type SourceFlags, secondsOption } from '../options.ts';
import { addNameOptions, addPackageOption, type NameFlags, type PackageFlags, readNames } from '../selection.ts';
import type { Surroundings } from '../surroundings.ts';

interface ServeFlags extends SourceFlags, NameFlags, PackageFlags {
  readonly listen: string;
  readonly every: number;
}

const USUAL_ADDRESS = '127.0.0.1:8047';
const EVERY_SECONDS = 10;

const EXAMPLES = [
  ['my-stats serve /opt/zeek/logs/current', 'then open http://127.0.0.1:8047/'],
  ['my-stats serve --listen 127.0.0.1:0 LOGS', 'on any free port'],
  ['curl http://127.0.0.1:8047/api/top?by=package', 'JSON, as top --json'],
] as const;

const MORE = `
Paths: / is the report, which shows new measurements as they come; /metrics is
for Prometheus; /api/top (by, unit), /api/growth, /api/doctor, /api/findings,
/api/connections and /api/runs are JSON, as those commands print it (docs/json.md).

There is no authentication: on an address other than 127.0.0.1, anyone who can
reach it can read the names of scripts and hosts that are in the logs.
`;

export function addServeCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('serve')
    .summary('the report as a web page that stays up to date, and answers for programs')
    .description('Serves the report as a web page that stays up to date, metrics for Prometheus, and answers as JSON.')
    .option('--listen <address>', 'HOST:PORT, or a port', USUAL_ADDRESS)
    .addOption(secondsOption('--every <seconds>', 'how old an answer may be', EVERY_SECONDS));
  addPackageOption(addNameOptions(command));
  addSourceOptions(command)
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (logs: string[], flags: ServeFlags) => {
      const source = readFiles(logs, flags);
      const { host, port } = addressOf(flags.listen);
      const { package: packages = [] } = flags;
      const options = { ...source, filters: readNames(flags), packages };
      const [{ servedAnswers }, { WebServer }] = await Promise.all([
        import('../serve-answers.ts'),
        import('../../server/server.ts'),
      ]);
      const served = servedAnswers({ chosen: options, every: Math.max(1, flags.every), assets: readAssets() });
      // What is wrong with the logs is told here, not to the first who asks.
      await served.begin();
      const signal = surroundings.interrupts?.take();
      const onDefect = (error: unknown) => {
        const { text } = describeFailure(error, 'serve', Boolean(surroundings.env.MY_STATS_DEBUG));
        if (text !== null) surroundings.stderr.write(`${text}\n`);
      };
      const server = await WebServer.start({ host, port, ...served, onDefect });
      await print(surroundings, `${server.url}\n`);
      if (host !== 'localhost' && !/^(127\.|::1$)/.test(host))
        surroundings.stderr.write('my-stats: whoever reaches this address can read the names that are in the logs\n');
      await new Promise<void>((resolve) => {
        if (signal?.aborted) resolve();
        else signal?.addEventListener('abort', () => resolve(), { once: true });
      });
      await server.close();
    });
}

/** @throws ExpectedError for what is no address */
function addressOf(text: string): { host: string; port: number } {
  const found = /^(?:(?:\[([^\]]+)\]|([^:[\]/\s]+)):)?(\d{1,5})$/.exec(text);
  const port = Number(found?.[3]);
  if (found === null || port > 65_535) throw notAListenAddress(text);
  return { host: found[1] ?? found[2] ?? '127.0.0.1', port };
}
