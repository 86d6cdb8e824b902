/** A package that zkg installed, as its own files tell. */
export interface InstalledPackage {
  readonly name: string;
  /** The tag, or branch and commit, that is installed; null where no file says so. */
  readonly version: string | null;
  /** Names of its folder below `packages`: its own, and its aliases. */
  readonly folders: readonly string[];
}
