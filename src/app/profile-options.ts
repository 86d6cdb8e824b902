/** What `profile` takes. */

import type { ProgressListener } from '../model/progress.ts';

export interface ProfileOptions {
  /** Folders with a `zkg.meta` or `__load__.zeek`, scripts, or names of packages that zkg has installed. */
  readonly packages: readonly string[];
  /** Traces, and folders of them; plain, or compressed with gzip or zstd. */
  readonly traces: readonly string[];
  /** A path, `docker:IMAGE` or `podman:IMAGE`; null for `zeek` on PATH. */
  readonly zeek: string | null;
  /** Scripts to load in all runs. */
  readonly loads: readonly string[];
  /** Another version of the (single) package: a folder, or a commit, tag or branch of its repository. */
  readonly against: string | null;
  /** How much larger than in `against` a variable may be, as a fraction, for it to be fine; null does not check. */
  readonly tolerance: number | null;
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
