/** What `profile` takes. */

import type { ProgressListener } from '../../model/progress.ts';

export interface ProfileCheck {
  /** The budget file; null for `my-stats.json` or `package.json` in the working directory. */
  readonly budget: string | null;
  /** How much larger than in `against` a variable may be, as a fraction, where no budget limits its growth. */
  readonly tolerance: number;
  /** The baseline is to become what is measured; it is in the result, and not written. */
  readonly update: boolean;
}

export interface ProfileOptions {
  /** Folders with a `zkg.meta` or `__load__.zeek`, scripts, or names of packages that zkg has installed. */
  readonly packages?: readonly string[] | undefined;
  /** Traces, and folders of them; plain, or compressed with gzip or zstd. */
  readonly traces?: readonly string[] | undefined;
  /** A path, `docker:IMAGE` or `podman:IMAGE`; null for `zeek` on PATH. */
  readonly zeek?: string | null | undefined;
  /** Scripts and packages' folders to load in all runs, such as what the packages need; and names that Zeek finds. */
  readonly loads?: readonly string[] | undefined;
  /** A folder with the data files that scripts name from where Zeek is started, besides those in the packages. */
  readonly cwd?: string | null | undefined;
  /** Another version of the (single) package: a folder, or a commit, tag or branch of its repository. */
  readonly against?: string | null | undefined;
  /** Null does not check. */
  readonly check?: ProfileCheck | null | undefined;
  /** Seconds a run of Zeek may take; null for no limit. */
  readonly timeout?: number | null | undefined;
  /** Leaves the logs of the runs where they are. */
  readonly keep?: boolean | undefined;
  /** Asks to end: what is known by then is the result. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
  /** Where the logs of runs are that ended with an error. */
  readonly onKept?: ((folder: string) => void) | undefined;
}

type Passed = 'signal' | 'onProgress' | 'onKept';

/** Options of what runs Zeek, with all that was left out. */
export type CompleteRun<Options> = {
  readonly [Name in Exclude<keyof Options, Passed>]-?: Exclude<Options[Name], undefined>;
} & Pick<Options, Extract<keyof Options, Passed>>;

/** What was left out, or is undefined, is as in the presets. */
export function completeRun<Options extends object>(
  given: Options,
  presets: Omit<CompleteRun<Options>, Passed>,
): CompleteRun<Options> {
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...presets, ...known } as CompleteRun<Options>;
}

export const RUN_PRESETS = { packages: [], traces: [], zeek: null, loads: [], cwd: null, keep: false } as const;
