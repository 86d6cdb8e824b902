/** What commands share that run Zeek on traces. */

import { declareArgument, declareOption } from './command.ts';

export const PACKAGE_WORDS = {
  words: declareArgument('[packages...]', 'folders of packages, scripts, or names of packages that zkg has installed'),
};

export const ZEEK = {
  zeek: declareOption('--zeek <path>', 'the Zeek to run, or docker:IMAGE or podman:IMAGE (default: zeek on PATH)'),
};

/** A trace by its name, compressed or not: no package is called so. */
const TRACE = /\.(pcap|pcapng|cap)(\.(gz|zst|bz2|xz|lz4))?$/i;

/**
 * Tells traces from packages among the words that stand alone: a shell puts a list in the place of `--pcap *.pcap`, of
 * which the option takes only the first.
 */
export function readPackageWords(typed: {
  readonly words: readonly string[];
  readonly traces: readonly string[] | undefined;
}): { readonly packages: readonly string[]; readonly traces: readonly string[] } {
  const isTrace = (word: string) => TRACE.test(word);
  const { words, traces = [] } = typed;
  return { packages: words.filter((word) => !isTrace(word)), traces: [...traces, ...words.filter(isTrace)] };
}
