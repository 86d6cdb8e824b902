/** `my-stats ask`: has the nodes of a running cluster measure now. */

import { USUAL_ADDRESS, USUAL_TIMEOUT } from '../../model/answers/ask.ts';
import type { TopSort } from '../../model/answers/top.ts';
import { declareArgument, declareOption } from '../command.ts';
import {
  ALL_ROWS,
  LIMIT,
  OUTPUT,
  PACKAGES,
  PIVOT,
  parseSeconds,
  SCRIPTS,
  STRICT,
  UNIT,
  VARIABLES,
} from '../options.ts';
import { declareQuestion } from '../question.ts';

const SORTS = ['size', 'name', 'entries', 'variables'] as const satisfies TopSort[];

export const askCommand = declareQuestion({
  name: 'ask',
  summary: 'what holds the memory now: makes the nodes of a running cluster measure',
  description:
    'Asks the nodes of a running cluster, over its WebSocket, to measure now, and shows their answers as top does.',
  arguments: {
    paths: declareArgument(
      '[logs...]',
      'logs that say what types variables have: my_stats_variable.log and those beside it',
    ),
  },
  options: {
    url: declareOption('--url <address>', 'HOST:PORT, or a full ws:// address', { preset: USUAL_ADDRESS }),
    node: declareOption('--node <name>', 'ask this node only'),
    sensor: declareOption('--sensor <name>', 'which sensor the cluster is, where the logs are of several'),
    timeout: declareOption('--timeout <seconds>', 'how long to wait for answers', {
      parse: parseSeconds,
      preset: USUAL_TIMEOUT,
    }),
    ...PIVOT,
    ...UNIT,
    range: declareOption('--range', 'also show the bounds of the estimates'),
    ...VARIABLES,
    ...SCRIPTS,
    ...PACKAGES,
    sort: declareOption('--sort <key>', 'what to sort by', { choices: SORTS }),
    ...LIMIT,
    ...ALL_ROWS,
    ...STRICT,
    ...OUTPUT,
  },
  examples: [
    ['my-stats ask /opt/zeek/logs/current', 'all nodes, in bytes'],
    ['my-stats ask --node worker-3 --by variable LOGS', 'one node'],
    ['my-stats ask --url 10.0.0.5:27759 --json LOGS', 'for a program'],
  ],
  more: `
The manager must listen for tools, from Zeek 7.2 on: UseWebSocket = 1 in
zeekctl.cfg (from 8.0), or Cluster::listen_websocket() in a script. There is no
authentication: let it listen on loopback, and reach it with ssh -L.

LOGS are read only for what the answers lack: the types of variables, so that
sizes are in bytes, and which nodes there are. The runs are logged, too.
`,
  async ask(asked, { interrupts }) {
    return (await import('../../app/ask.ts')).ask({ ...asked, signal: interrupts?.take() });
  },
  report: async ({ range = false }) => (await import('../../report/answers/ask.ts')).askReport(range),
});
