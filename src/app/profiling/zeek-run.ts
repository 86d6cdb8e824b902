/** What `profile` and `lab` have in common: options, and how traces are opened. */

import { readCompression, readUncompressed } from '../../decoding/compression.ts';
import type { ProgressListener } from '../../model/progress.ts';
import { findLoads, type Load } from '../../zeek/package-path.ts';
import { askForHelp, findZeek, type ZeekProgram } from '../../zeek/program.ts';
import type { Opener } from '../../zeek/trace/prepare.ts';
import { WorkFolder } from '../../zeek/work-folder.ts';
import type { Complete } from '../source/options.ts';

/** What `profile` and `lab` take. */
export const ZEEK_RUN = {
  /** Folders with a `zkg.meta` or `__load__.zeek`, scripts, or names of packages that zkg has installed. */
  packages: [] as readonly string[],
  /** Traces, and folders of them; plain, or compressed with gzip or zstd. */
  traces: [] as readonly string[],
  /** A path, `docker:IMAGE` or `podman:IMAGE`; null for `zeek` on PATH. */
  zeek: null as string | null,
  /** Scripts and packages' folders to load in all runs, such as what the packages need; and names that Zeek finds. */
  loads: [] as readonly string[],
  /** A folder with the data files that scripts name from where Zeek is started, besides those in the packages. */
  cwd: null as string | null,
  /** Leaves the logs of the runs where they are. */
  keep: false as boolean,
  /** Asks to end: what is known by then is the result. */
  signal: undefined as AbortSignal | undefined,
  onProgress: undefined as ProgressListener | undefined,
  /** Where the logs of runs are that ended with an error. */
  onKept: undefined as ((folder: string) => void) | undefined,
};

type ZeekRunOptions = Complete<typeof ZEEK_RUN>;

/** Zeek as it is to be run, with what is loaded besides the packages. */
export interface PreparedZeek {
  readonly zeek: ZeekProgram;
  readonly loads: readonly Load[];
  readonly searchPath: readonly string[];
  /** What turns its profiler of scripts on; none where it has none. */
  readonly profilerArguments: readonly string[];
}

/** @throws ExpectedError where there is no Zeek, and for what cannot be loaded */
export async function prepareZeek(
  work: WorkFolder,
  options: ZeekRunOptions & { readonly timeout: number | null },
): Promise<PreparedZeek> {
  const zeek = findZeek(options.zeek, process.env.PATH);
  const { loads, searchPath } = findLoads(options.loads);
  const help = await askForHelp(zeek, work.path, options);
  return {
    ...{ zeek, loads, searchPath: [...searchPath, ...help.searchPath] },
    profilerArguments: help.profilerArguments,
  };
}

/** Gives work a folder, which goes when the work is done, unless it is to be kept. */
export async function lendWorkFolder<Result>(
  { keep, onKept }: Pick<ZeekRunOptions, 'keep' | 'onKept'>,
  work: (folder: WorkFolder) => Promise<Result>,
): Promise<Result> {
  const folder = new WorkFolder(keep);
  try {
    return await work(folder);
  } catch (error) {
    if (keep) onKept?.(folder.path);
    throw error;
  } finally {
    folder.remove();
  }
}

/** Traces are opened as logs are: plain or compressed, told apart by their first bytes. */
export const openTrace: Opener = (path) => {
  const compression = readCompression(path);
  return { compressed: compression !== 'none', bytes: readUncompressed(path, compression) };
};
