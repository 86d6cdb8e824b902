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
  readonly packages: readonly string[];
  /** Traces, and folders of them; plain, or compressed with gzip or zstd. */
  readonly traces: readonly string[];
  /** A path, `docker:IMAGE` or `podman:IMAGE`; null for `zeek` on PATH. */
  readonly zeek: string | null;
  /** Scripts and packages' folders to load in all runs, such as what the packages need; and names that Zeek finds. */
  readonly loads: readonly string[];
  /** A folder with the data files that scripts name from where Zeek is started; null for those in the packages alone. */
  readonly cwd: string | null;
  /** Another version of the (single) package: a folder, or a commit, tag or branch of its repository. */
  readonly against: string | null;
  /** Null does not check. */
  readonly check: ProfileCheck | null;
  /** Seconds a run of Zeek may take; null for no limit. */
  readonly timeout: number | null;
  /** Leaves the logs of the runs where they are. */
  readonly keep: boolean;
  /** Asks to end: what is known by then is the result. */
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
  /** Where the logs of runs are that ended with an error. */
  readonly onKept?: (folder: string) => void;
}
