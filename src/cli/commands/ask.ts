/** `my-stats ask`: has the nodes of a running cluster measure now. */

import { type Command, Option } from 'commander';
import { USUAL_ADDRESS, USUAL_TIMEOUT } from '../../model/answers/ask.ts';
import type { SizeUnit, TopPivot, TopSort } from '../../model/answers/top.ts';
import { answer } from '../answer.ts';
import {
  addOutputOptions,
  addStrict,
  collect,
  helpFooter,
  type OutputFlags,
  parseLimit,
  secondsOption,
} from '../options.ts';
import {
  addPackageOption,
  addVariableOptions,
  type NameFlags,
  type PackageFlags,
  pivotOption,
  rowLimit,
  TABLE_ROWS,
  unitOption,
} from '../selection.ts';
import type { Surroundings } from '../surroundings.ts';

interface AskFlags extends OutputFlags, Omit<NameFlags, 'node' | 'sensor'>, PackageFlags {
  readonly url: string;
  readonly node?: string;
  readonly sensor?: string;
  readonly timeout: number;
  readonly strict?: boolean;
  readonly by: TopPivot;
  readonly unit?: SizeUnit;
  readonly range?: boolean;
  readonly scripts?: readonly string[];
  readonly sort?: TopSort;
  readonly limit?: number;
  readonly all?: boolean;
}

const SORTS: readonly TopSort[] = ['size', 'name', 'entries', 'variables'];

const EXAMPLES = [
  ['my-stats ask /opt/zeek/logs/current', 'all nodes, in bytes'],
  ['my-stats ask --node worker-3 --by variable LOGS', 'one node'],
  ['my-stats ask --url 10.0.0.5:27759 --json LOGS', 'for a program'],
] as const;

const MORE = `
The manager must listen for tools, from Zeek 7.2 on: UseWebSocket = 1 in
zeekctl.cfg (from 8.0), or Cluster::listen_websocket() in a script. There is no
authentication: let it listen on loopback, and reach it with ssh -L.

LOGS are read only for what the answers lack: the types of variables, so that
sizes are in bytes, and which nodes there are. The runs are logged, too.
`;

export function addAskCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('ask')
    .summary('what holds the memory now: makes the nodes of a running cluster measure')
    .description(
      'Asks the nodes of a running cluster, over its WebSocket, to measure now, and shows their answers as top does.',
    )
    .argument('[logs...]', 'logs that say what types variables have: my_stats_variable.log and those beside it')
    .option('--url <address>', 'HOST:PORT, or a full ws:// address', USUAL_ADDRESS)
    .option('--node <name>', 'ask this node only')
    .option('--sensor <name>', 'which sensor the cluster is, where the logs are of several')
    .addOption(secondsOption('--timeout <seconds>', 'how long to wait for answers', USUAL_TIMEOUT))
    .addOption(pivotOption())
    .addOption(unitOption())
    .option('--range', 'also show the bounds of the estimates');
  addVariableOptions(command).option(
    '--scripts <folder>',
    'read package versions from here: a Zeek installation, scripts, or a clone',
    collect,
  );
  addPackageOption(command)
    .addOption(new Option('--sort <key>', 'what to sort by').choices(SORTS))
    .option('-n, --limit <n>', `rows per unit (table: ${TABLE_ROWS}, else all)`, parseLimit)
    .addOption(new Option('--all', 'all rows').conflicts('limit'));
  addOutputOptions(addStrict(command))
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (logs: string[], flags: AskFlags) => {
      const [{ ask }, { askReport }] = await Promise.all([
        import('../../app/ask.ts'),
        import('../../report/answers/ask.ts'),
      ]);
      const {
        url,
        node = null,
        sensor = null,
        timeout,
        by,
        unit = null,
        package: packages = [],
        scripts = [],
        sort = null,
      } = flags;
      const { module = [], variable = [] } = flags;
      const options = {
        ...{ paths: logs, strict: flags.strict ?? false, url, node, sensor, timeout },
        ...{ by, unit, packages, scripts, sort, limit: rowLimit(flags, flags.limit) },
        filters: { module, variable, node: [] },
        ...(surroundings.interrupts === undefined ? {} : { signal: surroundings.interrupts.take() }),
      };
      await answer(
        surroundings,
        flags,
        (progress) => ask({ ...options, ...progress }),
        askReport(flags.range ?? false),
      );
    });
}
