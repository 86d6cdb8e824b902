/** What `profile` takes. */

import type { ProgressListener } from '../../model/progress.ts';
import type { Given } from '../source/options.ts';

export interface ProfileCheck {
  /** The budget file; null for `my-stats.json` or `package.json` in the working directory. */
  readonly budget: string | null;
  /** How much larger than in `against` a variable may be, as a fraction, where no budget limits its growth. */
  readonly tolerance: number;
  /** The baseline is to become what is measured; it is in the result, and not written. */
  readonly update: boolean;
}

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

export const PROFILE = {
  ...ZEEK_RUN,
  /** Another version of the (single) package: a folder, or a commit, tag or branch of its repository. */
  against: null as string | null,
  /** Null does not check. */
  check: null as ProfileCheck | null,
  /** Seconds a run of Zeek may take; null for no limit. */
  timeout: null as number | null,
};

export type ProfileOptions = Given<typeof PROFILE>;
