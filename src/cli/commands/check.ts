/** `my-stats check`: budgets for what packages, modules and variables may hold. */

import { declareOption } from '../command.ts';
import { AT, declareFormat, LOGS, NODES, OUTPUT, SCRIPTS, SOURCE } from '../options.ts';
import { declareQuestion } from '../question.ts';

export const checkCommand = declareQuestion({
  name: 'check',
  summary: 'whether packages, modules and variables keep their memory budgets',
  description:
    'Compares the last complete run of every node with budgets: limits on size, and on growth since a baseline that is ' +
    'kept beside them.',
  arguments: { paths: LOGS },
  options: {
    budget: declareOption(
      '--budget <file>',
      'the budgets (default: my-stats.json, or the key "my-stats" in package.json)',
    ),
    ...AT,
    ...SCRIPTS,
    update: declareOption('--update', 'write the present sizes into the baseline'),
    all: declareOption('--all', 'also show limits that are kept'),
    markdown: declareFormat('markdown', 'print GitHub-flavoured Markdown'),
    junit: declareFormat('junit', 'print JUnit XML'),
    ...NODES,
    ...SOURCE,
    ...OUTPUT,
  },
  examples: [
    ['my-stats check LOGS', 'against the budgets in my-stats.json'],
    ['my-stats check --update LOGS', 'accept the present sizes'],
    ['my-stats check --markdown LOGS >> $GITHUB_STEP_SUMMARY', 'on GitHub'],
    ['my-stats check --junit LOGS > memory.xml', 'for a CI server'],
  ],
  more: `
A budget file looks like this (docs/commands/check.md describes it in full):

  { "packages": { "*": { "growth": "25 %" }, "my-package": "10 MB" } }

Exit code 1 means that a limit is exceeded, or cannot be checked for lack of
data.
`,
  async ask(asked, { fail }) {
    const [{ check }, { planOutput }] = await Promise.all([
      import('../../app/check.ts'),
      import('../../app/source/output.ts'),
    ]);
    const result = await check(asked);
    if (asked.update) (await planOutput(result.baseline!, asked)).write(result.newBaseline);
    if (result.counts.failed + result.counts.missing > 0) fail?.();
    return result;
  },
  async report({ all = false }) {
    const { checkReport } = await import('../../report/check/check.ts');
    return (result, format, screen) => checkReport(result, format, screen, all);
  },
});
