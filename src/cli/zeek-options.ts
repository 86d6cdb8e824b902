/** How the words are read that commands share which run Zeek on traces. */

/** A trace by its name, compressed or not: no package is called so. */
const TRACE = /\.(pcap|pcapng|cap)(\.(gz|zst|bz2|xz|lz4))?$/i;

/**
 * Tells traces from packages among the words that stand alone: a shell puts a list in the place of `--pcap *.pcap`, of
 * which the option takes only the first.
 */
export function packagesAndTraces(
  words: readonly string[],
  pcap: readonly string[] = [],
): { readonly packages: readonly string[]; readonly traces: readonly string[] } {
  const isTrace = (word: string) => TRACE.test(word);
  return { packages: words.filter((word) => !isTrace(word)), traces: [...pcap, ...words.filter(isTrace)] };
}
