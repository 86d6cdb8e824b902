/** `my-stats check`: budgets for what packages, modules and variables may hold. */

import { performance } from 'node:perf_hooks';
import { type Command, Option } from 'commander';
import { print } from '../answer.ts';
import {
  addOutputOptions,
  addSourceOptions,
  collect,
  helpFooter,
  type OutputFlags,
  readFormat,
  readSource,
  type SourceFlags,
} from '../options.ts';
import { createProgress } from '../progress.ts';
import { addNodeOptions, type NodeFlags, readNodes } from '../selection.ts';
import { type Surroundings, screenOf } from '../surroundings.ts';

interface CheckFlags extends SourceFlags, OutputFlags, NodeFlags {
  readonly budget?: string;
  readonly at?: string;
  readonly scripts?: readonly string[];
  readonly update?: boolean;
  readonly all?: boolean;
  readonly markdown?: boolean;
  readonly junit?: boolean;
}

const EXAMPLES = [
  ['my-stats check LOGS', 'against the budgets in my-stats.json'],
  ['my-stats check --update LOGS', 'accept the present sizes'],
  ['my-stats check --markdown LOGS >> $GITHUB_STEP_SUMMARY', 'on GitHub'],
  ['my-stats check --junit LOGS > memory.xml', 'for a CI server'],
] as const;

const MORE = `
A budget file looks like this (docs/commands/check.md describes it in full):

  { "packages": { "*": { "growth": "25 %" }, "my-package": "10 MB" } }

Exit code 1 means that a limit is exceeded, or cannot be checked for lack of
data.
`;

export function addCheckCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('check')
    .summary('whether packages, modules and variables keep their memory budgets')
    .description(
      'Compares the last complete run of every node with budgets: limits on size, and on growth since a baseline that is ' +
        'kept beside them.',
    )
    .option('--budget <file>', 'the budgets (default: my-stats.json, or the key "my-stats" in package.json)')
    .option('--at <time>', 'as it was at this time')
    .option('--scripts <folder>', 'read packages and line numbers from these scripts; may be repeated', collect)
    .option('--update', 'write the present sizes into the baseline')
    .option('--all', 'also show limits that are kept')
    .addOption(new Option('--markdown', 'print GitHub-flavoured Markdown').conflicts(['json', 'csv', 'tsv', 'junit']))
    .addOption(new Option('--junit', 'print JUnit XML').conflicts(['json', 'csv', 'tsv', 'markdown']));
  addOutputOptions(addSourceOptions(addNodeOptions(command)))
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (logs: string[], flags: CheckFlags) => {
      const source = readSource(logs, flags);
      const [{ check }, { checkReport }] = await Promise.all([
        import('../../app/check.ts'),
        import('../../report/check/check.ts'),
      ]);
      const { budget = null, at = null, update = false, all = false, scripts = [] } = flags;
      const progress = createProgress(surroundings, () => performance.now());
      const result = await check({
        ...source,
        nodes: readNodes(flags),
        budget,
        at,
        update,
        scripts,
        ...(progress === null ? {} : { onProgress: progress.listener }),
      }).finally(() => progress?.erase());
      if (update) {
        const { planOutput } = await import('../../app/source/output.ts');
        (await planOutput(result.baseline!, source)).write(result.newBaseline);
      }
      const format = flags.markdown ? 'markdown' : flags.junit ? 'junit' : readFormat(flags);
      const { text, asides } = checkReport(result, format, screenOf(surroundings, flags.color), all);
      for (const aside of asides) surroundings.stderr.write(`my-stats: ${aside.trimStart()}\n`);
      await print(surroundings, text);
      if (result.counts.failed + result.counts.missing > 0) surroundings.fail?.();
    });
}
