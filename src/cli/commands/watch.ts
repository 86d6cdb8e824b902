/** `my-stats watch`: the sizes of a running cluster on the whole of a terminal, as they change. */

import { noTerminal } from '../../model/errors/catalogue.ts';
import { declareCommand, declareOption } from '../command.ts';
import { COLOR, LOGS, NAMES, PACKAGES, PIVOT, parseSeconds, refuseStandardInput, SCRIPTS, SOURCE } from '../options.ts';
import { describeScreen } from '../surroundings.ts';

export const watchCommand = declareCommand({
  name: 'watch',
  summary: 'what holds the memory, full screen in the terminal, as it changes',
  description:
    'Shows the last complete run of every node, full screen in the terminal, with how sizes changed, and keeps reading the logs.',
  arguments: { paths: LOGS },
  options: {
    ...PIVOT,
    every: declareOption('--every <seconds>', 'time from one look at the logs to the next', {
      parse: parseSeconds,
      preset: 5,
    }),
    window: declareOption('--window <seconds>', 'how far changes go back', { parse: parseSeconds, preset: 600 }),
    ...NAMES,
    ...SCRIPTS,
    ...PACKAGES,
    ...SOURCE,
    color: { ...COLOR.color, description: 'colour the screen; auto: unless NO_COLOR is set' },
  },
  examples: [
    ['my-stats watch /opt/zeek/logs/current', 'all nodes'],
    ["my-stats watch --node 'worker-*' --by variable LOGS", 'variables of workers'],
    ['my-stats watch --window 3600 LOGS', 'changes in an hour'],
  ],
  more: `
Keys: the arrows move the cursor, enter goes into a module, variable or node,
escape goes back. m v n p s t group by module, variable, node, package, script,
type; u changes the unit, o the order, / finds names, space pauses reading, ?
shows help, q quits.
`,
  async run(asked, context) {
    refuseStandardInput(asked.paths);
    const { terminal, interrupts } = context;
    if (terminal === undefined) throw noTerminal();
    const [{ watchOnTerminal }, { AnswerThread }] = await Promise.all([
      import('../../tui/watch.ts'),
      import('../answer-thread.ts'),
    ]);
    const thread = new AnswerThread(asked);
    await watchOnTerminal(
      {
        ...asked,
        every: Math.max(1, asked.every),
        window: Math.max(1, asked.window),
        color: describeScreen(context, asked.color).color,
        find: () => thread.ask('doctor'),
        signal: interrupts?.take(),
      },
      terminal,
    );
  },
});
