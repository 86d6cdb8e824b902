/** `my-stats profile`: what a package holds in memory while Zeek reads a trace. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { conflictingOptions } from '../../model/errors/catalogue.ts';
import { answer } from '../answer.ts';
import { readAssets } from '../assets.ts';
import { addOutputOptions, collect, helpFooter, type OutputFlags, parseSeconds } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { packagesAndTraces } from '../zeek-options.ts';

interface ProfileFlags extends OutputFlags {
  readonly pcap?: readonly string[];
  readonly zeek?: string;
  readonly load?: readonly string[];
  readonly cwd?: string;
  readonly against?: string;
  readonly check?: boolean;
  readonly tolerance: number;
  readonly timeout: number;
  readonly keep?: boolean;
  readonly budget?: string;
  readonly update?: boolean;
  readonly html?: string;
  readonly markdown?: boolean;
  readonly junit?: boolean;
}

const EXAMPLES = [
  ['my-stats profile ./my-package --pcap trace.pcap', 'its variables, and the process'],
  ['my-stats profile ./my-package --pcap traces/ --against v1.2', 'what changed since v1.2'],
  ['my-stats profile ./my-package --pcap trace.pcap --check', 'exit code 1 if it exceeds a budget in my-stats.json'],
  ['my-stats profile ./my-package --pcap trace.pcap --against main --check', 'or if it grew'],
  ['my-stats profile my-package --zeek docker:zeek/zeek:lts --pcap trace.pcap.gz', "with Zeek's image"],
] as const;

const MORE = `
Runs Zeek on the trace with the package and without it, in a temporary folder.
Several traces are read as one, in the order of their packets. --check fails if
a peak exceeds a budget (docs/commands/check.md) or, with --against, if a
variable is larger than in that version by more than --tolerance, or has lost
its expiry.
`;

/** Seconds: nobody waits longer for a job that hangs. */
const TIMEOUT = 3600;

export function addProfileCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('profile')
    .summary('what a package holds in memory while Zeek reads a trace')
    .description(
      'Runs Zeek on a trace, with a package and without it, and shows what the package holds in memory: by variable, ' +
        'over the time of the trace, and in the process as a whole.',
    )
    .argument('[packages...]', 'folders of packages, scripts, or names of packages that zkg has installed')
    .addOption(new Option('--pcap <file>', 'a trace, or a folder of traces; may be repeated').argParser(collect))
    .option(
      '--against <version>',
      "another version to compare with: a folder, or a commit, tag or branch of the package's repository",
    )
    .option('--check', 'exit with 1 if it exceeds a budget, or holds more than the version of --against')
    .option(
      '--budget <file>',
      'the budgets for --check (default: my-stats.json, or the key "my-stats" in package.json)',
    )
    .option('--update', 'with --check, write the present peaks into the baseline of the budgets')
    .addOption(
      new Option(
        '--tolerance <percent>',
        'how much growth over --against --check accepts, where no budget limits growth',
      )
        .argParser(parsePercent)
        .default(0.1, '10'),
    )
    .option('--zeek <path>', 'the Zeek to run, or docker:IMAGE or podman:IMAGE (default: zeek on PATH)')
    .addOption(
      new Option('--load <script>', 'a script, or a package it needs, to load in all runs; may be repeated').argParser(
        collect,
      ),
    )
    .option(
      '--cwd <folder>',
      'a folder of data files, copied to where Zeek is started; those in the packages are there',
    )
    .addOption(
      new Option('--timeout <seconds>', 'how long a run of Zeek may take; 0: no limit')
        .argParser(parseSeconds)
        .default(TIMEOUT, String(TIMEOUT)),
    )
    .option('--html <file>', 'also write the answer as one HTML file')
    .option('--keep', "keep the runs' logs, and say where they are");
  addOutputOptions(command)
    .addOption(new Option('--markdown', 'print Markdown').conflicts(['json', 'csv', 'tsv', 'junit']))
    .addOption(new Option('--junit', 'print JUnit XML of --check').conflicts(['json', 'csv', 'tsv', 'markdown']))
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (words: string[], flags: ProfileFlags) => {
      const [{ profile }, { profileReport }, { passes }, { planOutput }] = await Promise.all([
        import('../../app/profiling/profile.ts'),
        import('../../report/profile/profile.ts'),
        import('../../report/profile/check.ts'),
        import('../../app/source/output.ts'),
      ]);
      const { check = false, budget = null, update = false } = flags;
      if (!check && (budget !== null || update || flags.junit))
        throw conflictingOptions('--budget, --update and --junit are of a check', 'Add --check');
      const { packages, traces } = packagesAndTraces(words, flags.pcap);
      const inputs = { paths: [...packages, ...traces] };
      const page = flags.html === undefined ? null : await planOutput(flags.html, inputs);
      const options = {
        packages,
        traces,
        zeek: flags.zeek ?? null,
        loads: flags.load ?? [],
        cwd: flags.cwd ?? null,
        against: flags.against ?? null,
        check: check ? { budget, update, tolerance: flags.tolerance } : null,
        timeout: flags.timeout === 0 ? null : flags.timeout,
        keep: flags.keep ?? false,
        ...(surroundings.interrupts === undefined ? {} : { signal: surroundings.interrupts.take() }),
        onKept: (folder: string) => surroundings.stderr.write(`my-stats: what Zeek wrote is in ${folder}\n`),
      };
      await answer(
        surroundings,
        flags,
        async (progress) => {
          const result = await profile({ ...options, ...progress });
          if (passes(result) === false) surroundings.fail?.();
          const { budgets } = result;
          if (budgets?.updated) {
            (await planOutput(budgets.baseline!, inputs)).write(budgets.newBaseline);
          }
          page?.write((await import('../../report/html/profile.ts')).profileHtml(result, readAssets()));
          return result;
        },
        (result, format, screen) =>
          profileReport(result, flags.markdown ? 'markdown' : flags.junit ? 'junit' : format, screen),
      );
    });
}

function parsePercent(text: string): number {
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text)) throw new InvalidArgumentError('Give a number of percent, such as 10.');
  return Number(text) / 100;
}
