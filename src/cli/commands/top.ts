/** `my-stats top`: what holds the memory, by module, variable, node, package, script or type. */

import type { TopSort } from '../../model/answers/top.ts';
import { declareOption } from '../command.ts';
import {
  ALL_ROWS,
  AT_OR_SPAN,
  LIMIT,
  LOGS,
  NAMES,
  OUTPUT,
  PACKAGES,
  PIVOT,
  SCRIPTS,
  SOURCE,
  TABLE_ROWS,
  UNIT,
} from '../options.ts';
import { declareQuestion } from '../question.ts';

const SORTS = [
  ...['size', 'name', 'entries', 'variables', 'growth'],
  ...['first', 'last', 'max', 'mean'],
] as const satisfies TopSort[];

export const topCommand = declareQuestion({
  name: 'top',
  summary: 'what holds the memory, by module, variable, node, package, script or type',
  description:
    'Shows what holds the memory: the last complete run of every node, or all runs in a span of time. Sizes in ' +
    'different units are never added together.',
  arguments: { paths: LOGS },
  options: {
    ...PIVOT,
    ...UNIT,
    range: declareOption('--range', 'also show the bounds of the estimates'),
    growth: declareOption('--growth', 'growth per hour, however long the logs are', {
      conflicts: ['--since', '--until'],
    }),
    ...NAMES,
    ...SCRIPTS,
    ...PACKAGES,
    ...AT_OR_SPAN,
    since: declareOption('--since <time>', 'all runs from this time on: first, last, largest and mean size'),
    until: declareOption('--until <time>', 'all runs up to this time'),
    sort: declareOption('--sort <key>', 'first, last, max and mean need --since or --until', { choices: SORTS }),
    ...LIMIT,
    ...ALL_ROWS,
    ...SOURCE,
    ...OUTPUT,
  },
  examples: [
    ['my-stats top /opt/zeek/logs/current', 'largest modules'],
    ['my-stats top --by variable --module DomainTLD LOGS', 'its variables'],
    ['my-stats top --by node --module DomainTLD LOGS', 'its nodes'],
    ['my-stats top --by package --range LOGS', 'packages, with ranges'],
    ["my-stats top --at 2026-11-24T03:50 --node 'worker-*' LOGS", 'as it was then'],
    ['my-stats top --since -2h --sort max LOGS', 'the last two hours'],
  ],
  more: `
Sizes in bytes are estimates (≈) from the variables' types, elements and Zeek's
count of objects, unless Zeek reported bytes; --range shows their bounds. Where
no log says what the types are, sizes are what the log counts.

The table shows the ${TABLE_ROWS} largest groups of every unit, piped or not; --json,
--csv and --tsv give all of them.
`,
  parameters: ['by', 'unit'],
  ask: async (asked) => (await import('../../app/top.ts')).top(asked),
  report: async ({ range = false }) => (await import('../../report/answers/top.ts')).topReport(range),
});
