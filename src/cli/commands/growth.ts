/** `my-stats growth`: which variables grow without an end in sight. */

import { GROWTH_PIVOTS } from '../../model/answers/growth.ts';
import { declareOption } from '../command.ts';
import { LIMIT, LOGS, NAMES, OUTPUT, parseProcessMemory, SCRIPTS, SOURCE, SPAN } from '../options.ts';
import { declareQuestion } from '../question.ts';

export const growthCommand = declareQuestion({
  name: 'growth',
  summary: 'which variables grow without an end in sight, and how fast',
  description:
    'Shows which variables grow without an end in sight, how fast, and what will hurt first. Every node is judged ' +
    'by its last boot.',
  arguments: { paths: LOGS },
  options: {
    by: declareOption('--by <what>', 'what to group by', { choices: GROWTH_PIVOTS, preset: 'variable' }),
    ...NAMES,
    ...SCRIPTS,
    ...SPAN,
    memory: declareOption('--memory <size>', 'the memory a process may have; shows when it will be full', {
      parse: parseProcessMemory,
    }),
    ...LIMIT,
    all: declareOption('--all', 'all rows, and rises that are not findings', { conflicts: ['--limit'] }),
    ...SOURCE,
    ...OUTPUT,
  },
  examples: [
    ['my-stats growth /opt/zeek/logs', 'what grows'],
    ['my-stats growth --memory 8G LOGS', 'and when a process is full'],
    ['my-stats growth --by package --since -1d LOGS', 'packages, in the last day'],
    ['my-stats growth --by field LOGS', 'fields of connections'],
    ["my-stats growth --variable 'Known::*' --json LOGS", 'for a program'],
  ],
  more: `
A rise is a finding if no curve that stops rising explains it. Warm-ups to a
plateau, tables that are emptied now and then, and daily rhythms are not
findings. Slopes are those of Theil and Sen, tested after Mann and Kendall
(docs/commands/growth.md).
`,
  parameters: [],
  ask: async (asked) => (await import('../../app/growth.ts')).growth(asked),
  report: async ({ all = false }) => (await import('../../report/answers/growth.ts')).growthReport(all),
});
