/** `my-stats diff`: what is different between two times, logs, nodes or boots. */

import { InvalidArgumentError } from 'commander';
import type { DiffSides } from '../../app/diff.ts';
import { conflictingOptions } from '../../model/errors/catalogue.ts';
import { declareOption } from '../command.ts';
import { ALL_ROWS, LIMIT, LOGS, NAMES, OUTPUT, PACKAGES, PIVOT, SCRIPTS, SOURCE, UNIT } from '../options.ts';
import { declareQuestion } from '../question.ts';

export const diffCommand = declareQuestion({
  name: 'diff',
  summary: 'what appeared, disappeared, grew and shrank between two times, logs, nodes or boots',
  description:
    'Shows what is different between two logs or folders of logs, two times of the same logs, two nodes, or two ' +
    'boots of a node: what appeared, disappeared, grew and shrank.',
  arguments: { paths: LOGS },
  options: {
    ...PIVOT,
    at: declareOption('--at <time>', 'a time to compare; give it twice', { isRepeated: true }),
    pair: declareOption('--nodes <a,b>', 'the two nodes to compare', { parse: parsePair, conflicts: ['--boots'] }),
    boots: declareOption('--boots <node>', 'compare the last two boots of this node', {
      conflicts: ['--at', '--nodes'],
    }),
    per: declareOption('--per <what>', 'divide by the live connections of the nodes, from my_stats_node.log', {
      choices: ['connections'],
    }),
    ...UNIT,
    ...NAMES,
    ...SCRIPTS,
    ...PACKAGES,
    ...LIMIT,
    ...ALL_ROWS,
    ...SOURCE,
    ...OUTPUT,
  },
  examples: [
    ['my-stats diff --at -1d --at -0s LOGS', 'yesterday and now'],
    ['my-stats diff monday/ tuesday/', 'two folders of logs'],
    ['my-stats diff --nodes worker-1,worker-2 LOGS', 'two nodes'],
    ['my-stats diff --boots worker-1 LOGS', 'before and after a restart'],
    ['my-stats diff --by variable --per connections --at -1h --at -0s LOGS', 'in relation to traffic'],
  ],
  more: `
--boots compares the last boot of a node with the one before, both at the age
that the younger of them has reached.
`,
  read: (typed) => ({ sides: readSides(typed) }),
  ask: async (asked) => (await import('../../app/diff.ts')).diff(asked),
  report: async () => (await import('../../report/answers/diff.ts')).diffReport,
});

function parsePair(text: string): readonly [string, string] {
  const names = text.split(',').map((name) => name.trim());
  const [a, b] = names;
  if (names.length !== 2 || !a || !b) throw new InvalidArgumentError('Give two names with a comma between them.');
  return [a, b];
}

interface Sides {
  readonly paths: readonly string[];
  readonly at: readonly string[] | undefined;
  readonly pair: readonly [string, string] | undefined;
  readonly boots: string | undefined;
}

/** @throws ExpectedError where it is not clear which two things are meant */
function readSides({ paths, at = [], pair, boots }: Sides): DiffSides {
  if (boots !== undefined) return { kind: 'boots', node: boots };
  if (pair !== undefined) {
    if (at.length > 1)
      throw conflictingOptions('two nodes are compared at one time', 'Give --at once, or leave it out');
    return { kind: 'nodes', before: pair[0], after: pair[1], at: at[0] ?? null };
  }
  const [first, second] = at;
  if (first !== undefined) {
    if (second === undefined || at.length > 2) throw conflictingOptions('two times are needed', 'Give --at twice');
    return { kind: 'times', before: first, after: second };
  }
  const [before, after] = paths;
  if (before === undefined || after === undefined || paths.length > 2)
    throw conflictingOptions(
      `${paths.length === 1 ? 'one log' : `${paths.length} logs`} and nothing to tell what to compare`,
      'Give two logs or folders, or --at twice, --nodes or --boots',
    );
  return { kind: 'logs', before, after };
}
