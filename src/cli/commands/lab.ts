/** `my-stats lab`: a cluster on this machine. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { answer } from '../answer.ts';
import { addOutputOptions, collect, helpFooter, type OutputFlags, secondsOption } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { packagesAndTraces } from '../zeek-options.ts';

interface LabFlags extends OutputFlags {
  readonly workers: number;
  readonly pcap?: readonly string[];
  readonly interface?: string;
  readonly duration: number;
  readonly interval: number;
  readonly timeout: number;
  readonly zeek?: string;
  readonly load?: readonly string[];
  readonly cwd?: string;
  readonly keep?: boolean;
}

const EXAMPLES = [
  ['my-stats lab --pcap trace.pcap', 'manager, logger, proxy, two workers'],
  ['my-stats lab ./my-package --pcap trace.pcap --workers 4 --duration 120', 'with a package'],
  ['my-stats lab --interface lo --keep', 'on an interface; the logs stay'],
] as const;

const MORE = `
The cluster is run by Zeek's Supervisor: my-stats writes its layout, starts
zeek -j, watches the reports and stops it. Everything is in a temporary folder
and on free ports of the loopback interface.
`;

const WORKERS = 2;
const MOST_WORKERS = 64;

export function addLabCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('lab')
    .summary('what a package holds in a cluster started on this machine')
    .description(
      'Starts a Zeek cluster on this machine with the collector and packages, waits until every node reports, shows ' +
        'what each holds, and stops it.',
    )
    .argument('[packages...]', 'folders of packages, scripts, or names of packages that zkg has installed')
    .addOption(new Option('--workers <n>', 'how many workers').argParser(parseWorkers).default(WORKERS))
    .addOption(
      new Option('--pcap <file>', 'a trace for the workers to read; with several, they take turns').argParser(collect),
    )
    .option('--interface <name>', 'an interface for the workers to read')
    .addOption(secondsOption('--duration <seconds>', 'how long to run once every node has reported', 20))
    .addOption(secondsOption('--interval <seconds>', 'time from one measurement to the next', 5))
    .addOption(secondsOption('--timeout <seconds>', "how long to wait for every node's first report", 120))
    .option('--zeek <path>', 'the Zeek to run, or docker:IMAGE or podman:IMAGE (default: zeek on PATH)')
    .addOption(
      new Option('--load <script>', 'a script, or a package it needs, to load on all nodes; may be repeated').argParser(
        collect,
      ),
    )
    .option(
      '--cwd <folder>',
      'a folder of data files, copied to where every node starts; those in the packages are there',
    )
    .option('--keep', 'keep the logs of the cluster, and say where they are');
  addOutputOptions(command)
    .addHelpText('after', helpFooter(EXAMPLES, MORE))
    .action(async (words: string[], flags: LabFlags) => {
      const [{ lab }, { labReport }] = await Promise.all([
        import('../../app/profiling/lab.ts'),
        import('../../report/answers/lab.ts'),
      ]);
      const options = {
        ...packagesAndTraces(words, flags.pcap),
        workers: flags.workers,
        interface: flags.interface ?? null,
        duration: flags.duration,
        interval: Math.max(1, flags.interval),
        timeout: flags.timeout,
        zeek: flags.zeek ?? null,
        loads: flags.load ?? [],
        cwd: flags.cwd ?? null,
        keep: flags.keep ?? false,
        ...(surroundings.interrupts === undefined ? {} : { signal: surroundings.interrupts.take() }),
        onKept: (folder: string) => surroundings.stderr.write(`my-stats: what the nodes wrote is in ${folder}\n`),
      };
      await answer(surroundings, flags, (progress) => lab({ ...options, ...progress }), labReport);
    });
}

function parseWorkers(text: string): number {
  const count = Number(text);
  if (!/^\d{1,3}$/.test(text) || count < 1 || count > MOST_WORKERS)
    throw new InvalidArgumentError(`Give a whole number from 1 to ${MOST_WORKERS}.`);
  return count;
}
