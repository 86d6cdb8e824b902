/** `my-stats profile`: what a package holds in memory while Zeek reads a trace. */

import { InvalidArgumentError } from 'commander';
import type { PackagesResult, ProfileResult } from '../../model/answers/profile.ts';
import { conflictingOptions } from '../../model/errors/catalogue.ts';
import { readAssets } from '../built.ts';
import { declareOption } from '../command.ts';
import { declareFormat, OUTPUT, PACKAGE_WORDS, parseSeconds, readPackageWords, ZEEK } from '../options.ts';
import { declareQuestion } from '../question.ts';

export const profileCommand = declareQuestion({
  name: 'profile',
  summary: 'what a package holds in memory while Zeek reads a trace',
  description:
    'Runs Zeek on a trace, with a package and without it, and shows what the package holds in memory: by variable, ' +
    'over the time of the trace, and in the process as a whole.',
  arguments: PACKAGE_WORDS,
  options: {
    traces: declareOption('--pcap <file>', 'a trace, or a folder of traces; may be repeated', { isRepeated: true }),
    against: declareOption(
      '--against <version>',
      "another version to compare with: a folder, or a commit, tag or branch of the package's repository",
    ),
    each: declareOption('--each', 'profile each of several packages by itself, and tell of each in one row'),
    check: declareOption('--check', 'exit with 1 if it exceeds a budget, or holds more than the version of --against'),
    budget: declareOption(
      '--budget <file>',
      'the budgets for --check (default: my-stats.json, or the key "my-stats" in package.json)',
    ),
    update: declareOption('--update', 'with --check, write the present peaks into the baseline of the budgets'),
    tolerance: declareOption(
      '--tolerance <percent>',
      'how much growth over --against --check accepts, where no budget limits growth',
      { parse: parsePercent, preset: 0.1, presetText: '10' },
    ),
    functions: declareOption(
      '--functions',
      "also what its functions took, from a run of its own under Zeek's profiler of scripts; CSV and TSV then have these",
    ),
    speedscope: declareOption('--speedscope <file>', 'write the functions as a flame graph for www.speedscope.app'),
    pprof: declareOption('--pprof <file>', 'write the functions as a profile for pprof'),
    ...ZEEK,
    loads: declareOption('--load <script>', 'a script, or a package it needs, to load in all runs; may be repeated', {
      isRepeated: true,
    }),
    cwd: declareOption(
      '--cwd <folder>',
      'a folder of data files, copied to where Zeek is started; those in the packages are there',
    ),
    timeout: declareOption('--timeout <seconds>', 'how long a run of Zeek may take; 0: no limit', {
      parse: parseSeconds,
      // Nobody waits longer for a job that hangs.
      preset: 3600,
    }),
    html: declareOption('--html <file>', 'also write the answer as one HTML file'),
    keep: declareOption('--keep', "keep the runs' logs, and say where they are"),
    ...OUTPUT,
    markdown: declareFormat('markdown', 'print Markdown'),
    junit: declareFormat('junit', 'print JUnit XML of --check'),
  },
  examples: [
    ['my-stats profile ./my-package --pcap trace.pcap', 'its variables, and the process'],
    ['my-stats profile ./my-package --pcap traces/ --against v1.2', 'what changed since v1.2'],
    ['my-stats profile ./my-package --pcap trace.pcap --check', 'exit code 1 if it exceeds a budget in my-stats.json'],
    ['my-stats profile ./my-package --pcap trace.pcap --against main --check', 'or if it grew'],
    [
      'my-stats profile ./my-package --pcap trace.pcap --speedscope functions.json',
      'what its functions take, as flames',
    ],
    ['my-stats profile packages/* --each --pcap trace.pcap', 'a row for each: before they are installed'],
    ['my-stats profile my-package --zeek docker:zeek/zeek:lts --pcap trace.pcap.gz', "with Zeek's image"],
  ],
  more: `
Runs Zeek on the trace with the package and without it, in a temporary folder.
Several traces are read as one, in the order of their packets. --check fails if
a peak exceeds a budget (docs/commands/check.md) or, with --against, if a
variable is larger than in that version by more than --tolerance, or has lost
its expiry.
`,
  read: readPackageWords,
  async ask(asked, { interrupts, stderr, fail }): Promise<ProfileResult | PackagesResult> {
    const { check = false, budget = null, update = false, tolerance, timeout, html, speedscope, pprof } = asked;
    const functions = asked.functions === true || speedscope !== undefined || pprof !== undefined;
    if (!check && (budget !== null || update || asked.junit))
      throw conflictingOptions('--budget, --update and --junit are of a check', 'Add --check');
    const run = {
      ...asked,
      functions,
      timeout: timeout === 0 ? null : timeout,
      signal: interrupts?.take(),
      onKept: (folder: string) => stderr.write(`my-stats: what Zeek wrote is in ${folder}\n`),
    };
    if (asked.each) {
      const alone = ['check', 'against', 'html', 'speedscope', 'pprof'] as const;
      const conflict = alone.find((option) => asked[option] !== undefined);
      if (conflict !== undefined)
        throw conflictingOptions(
          `\`${conflict}\` is of one profile`,
          'Leave out `each`, or give it for one package after the other',
        );
      const result = await (await import('../../app/profiling/profile-each.ts')).profileEach(run);
      if (result.packages.some(({ failure }) => failure !== null)) fail?.();
      return result;
    }
    const [{ profile }, { passes }, { planOutput }] = await Promise.all([
      import('../../app/profiling/profile.ts'),
      import('../../report/profile/check.ts'),
      import('../../app/source/output.ts'),
    ]);
    const inputs = { paths: [...asked.packages, ...asked.traces] };
    const plan = async (file: string | undefined) => (file === undefined ? null : planOutput(file, inputs));
    const [page, flames, profiled] = [await plan(html), await plan(speedscope), await plan(pprof)];
    const result = await profile({ ...run, check: check ? { budget, update, tolerance } : null });
    if (passes(result) === false) fail?.();
    const { budgets } = result;
    if (budgets?.updated) (await planOutput(budgets.baseline!, inputs)).write(budgets.newBaseline);
    page?.write((await import('../../report/html/profile.ts')).writeProfilePage(result, readAssets()));
    if (result.functions !== null && (flames ?? profiled) !== null) {
      const [{ writeFunctionsSpeedscope: functionsSpeedscope, writeFunctionsPprof: functionsPprof }, { gzipSync }] =
        await Promise.all([import('../../report/export/functions.ts'), import('node:zlib')]);
      const told = { ...result, functions: result.functions };
      flames?.write(functionsSpeedscope(told));
      profiled?.write(gzipSync(functionsPprof(told), { level: 9 }));
    }
    return result;
  },
  async report() {
    const [{ profileReport }, { packagesReport }] = await Promise.all([
      import('../../report/profile/profile.ts'),
      import('../../report/profile/packages.ts'),
    ]);
    return (result, format, screen) => {
      if ('process' in result) return profileReport(result, format, screen);
      // JUnit is of a check, which these have not.
      return packagesReport(result, format === 'junit' ? 'table' : format, screen);
    };
  },
});

function parsePercent(text: string): number {
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text)) throw new InvalidArgumentError('Give a number of percent, such as 10.');
  return Number(text) / 100;
}
