/** `my-stats lab`: a cluster on this machine. */

import { InvalidArgumentError } from 'commander';
import { declareOption } from '../command.ts';
import { OUTPUT, PACKAGE_WORDS, parseSeconds, readPackageWords, ZEEK } from '../options.ts';
import { declareQuestion } from '../question.ts';

const MOST_WORKERS = 64;

export const labCommand = declareQuestion({
  name: 'lab',
  summary: 'what a package holds in a cluster started on this machine',
  description:
    'Starts a Zeek cluster on this machine with the collector and packages, waits until every node reports, shows ' +
    'what each holds, and stops it.',
  arguments: PACKAGE_WORDS,
  options: {
    workers: declareOption('--workers <n>', 'how many workers', { parse: parseWorkers, preset: 2 }),
    traces: declareOption('--pcap <file>', 'a trace for the workers to read; with several, they take turns', {
      isRepeated: true,
    }),
    interface: declareOption('--interface <name>', 'an interface for the workers to read'),
    duration: declareOption('--duration <seconds>', 'how long to run once every node has reported', {
      parse: parseSeconds,
      preset: 20,
    }),
    interval: declareOption('--interval <seconds>', 'time from one measurement to the next', {
      parse: parseSeconds,
      preset: 5,
    }),
    timeout: declareOption('--timeout <seconds>', "how long to wait for every node's first report", {
      parse: parseSeconds,
      preset: 120,
    }),
    ...ZEEK,
    loads: declareOption('--load <script>', 'a script, or a package it needs, to load on all nodes; may be repeated', {
      isRepeated: true,
    }),
    cwd: declareOption(
      '--cwd <folder>',
      'a folder of data files, copied to where every node starts; those in the packages are there',
    ),
    keep: declareOption('--keep', 'keep the logs of the cluster, and say where they are'),
    ...OUTPUT,
  },
  examples: [
    ['my-stats lab --pcap trace.pcap', 'manager, logger, proxy, two workers'],
    ['my-stats lab ./my-package --pcap trace.pcap --workers 4 --duration 120', 'with a package'],
    ['my-stats lab --interface lo --keep', 'on an interface; the logs stay'],
  ],
  more: `
The cluster is run by Zeek's Supervisor: my-stats writes its layout, starts
zeek -j, watches the reports and stops it. Everything is in a temporary folder
and on free ports of the loopback interface.
`,
  read: readPackageWords,
  async ask(asked, { interrupts, stderr }) {
    return (await import('../../app/profiling/lab.ts')).lab({
      ...asked,
      interval: Math.max(1, asked.interval),
      signal: interrupts?.take(),
      onKept: (folder) => stderr.write(`my-stats: what the nodes wrote is in ${folder}\n`),
    });
  },
  report: async () => (await import('../../report/answers/lab.ts')).labReport,
});

function parseWorkers(text: string): number {
  const count = Number(text);
  if (!/^\d{1,3}$/.test(text) || count < 1 || count > MOST_WORKERS)
    throw new InvalidArgumentError(`Give a whole number from 1 to ${MOST_WORKERS}.`);
  return count;
}
