/** `my-stats doctor`: where the memory of each process is, and what is wrong with it. */

import { type Command, Option } from 'commander';
import { type FindingLevel, isAtLeast } from '../../model/answers/doctor.ts';
import { noSuchFinding } from '../../model/errors/catalogue.ts';
import { answer } from '../answer.ts';
import {
  addOutputOptions,
  addSourceOptions,
  collect,
  helpFooter,
  type OutputFlags,
  parseProcessMemory,
  readSource,
  type SourceFlags,
} from '../options.ts';
import { addNodeOptions, type NodeFlags, readNodes } from '../selection.ts';
import type { Surroundings } from '../surroundings.ts';

interface DoctorFlags extends SourceFlags, OutputFlags, NodeFlags {
  readonly scripts?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly memory?: number;
  readonly all?: boolean;
  readonly failOn?: FindingLevel;
}

const LEVELS: readonly FindingLevel[] = ['note', 'warning', 'problem'];

const EXAMPLES = [
  ['my-stats doctor /opt/zeek/logs/current', 'what is wrong now'],
  ['my-stats doctor 1 /opt/zeek/logs/current', 'its first finding, whole'],
  ['my-stats doctor --since -2d /opt/zeek/logs', 'over the last two days'],
  ["my-stats doctor --node 'worker-*' LOGS", 'only the workers'],
  ['my-stats doctor --fail-on problem LOGS > /dev/null', 'as a check'],
] as const;

const MORE = `
A number before the logs shows the finding of that number whole: its evidence,
what to change, and what the variable comes to then. --all shows everything.

Reads all logs of the collector, so give the folder they are in. The rules and
their thresholds are in docs/commands/doctor.md. --scripts takes an installation
of Zeek, a folder of scripts, or a clone of a package; it may be repeated. A
PATTERN is a name, a glob such as 'worker-*', or a regular expression between
slashes, and may be repeated too. A TIME is as in: my-stats top --help.
`;

export function addDoctorCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('doctor')
    .summary('where the memory of each process is, and what is wrong with it')
    .description('Says where the memory of every process is, what grows, and what to do about it, with the evidence.')
    .option('--scripts <folder>', 'read expiry and assignments from these scripts', collect)
    .option('--memory <size>', 'the memory a process may have (default: as logged)', parseProcessMemory)
    .option('--since <time>', 'only runs from this time on')
    .option('--until <time>', 'only runs up to this time')
    .option('--all', 'all findings whole, and where the memory of every node is')
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 if something of this level or worse was found').choices(LEVELS),
    );
  addOutputOptions(addSourceOptions(addNodeOptions(command)))
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (words: string[], flags: DoctorFlags) => {
      const [first, ...rest] = words;
      const finding = first !== undefined && /^[1-9]\d{0,3}$/.test(first) ? Number(first) : null;
      const paths = finding === null ? words : rest;
      const source = readSource(paths, flags);
      const { scripts = [], since = null, until = null, memory = null, failOn, all = false } = flags;
      const [{ doctor }, { doctorReport }] = await Promise.all([
        import('../../app/doctor.ts'),
        import('../../report/answers/doctor.ts'),
      ]);
      let fails = false;
      const useCase = async (progress: Parameters<Parameters<typeof answer>[2]>[0]) => {
        const nodes = readNodes(flags);
        const result = await doctor({ ...source, nodes, scripts, since, until, memory, ...progress });
        fails = failOn !== undefined && result.findings.some(({ level }) => isAtLeast(level, failOn));
        if (finding !== null && finding > result.findings.length) throw noSuchFinding(finding, result.findings.length);
        return result;
      };
      await answer(surroundings, flags, useCase, doctorReport({ all, finding, logs: paths }));
      if (fails) surroundings.fail?.();
    });
}
