/** Packages: what Zeek is to load, and what zkg installed. */

/** A package, or a script. */
export interface ZeekPackage {
  /** The name of its folder or script, for people. */
  readonly name: string;
  /** Whether Zeek is to begin with a script named `.bro`. */
  readonly isBro: boolean;
  /** What Zeek loads: a folder with an `__load__.zeek`, or a script; absolute. */
  readonly load: string;
  /** Where its scripts lie, absolute: what is declared below is the package's own. The script itself where it is one. */
  readonly scripts: string;
  /** Its folder as a whole, absolute: what a container must see, and what git knows. */
  readonly root: string;
  /** A folder with its compiled plugin; null where it has none. */
  readonly plugins: string | null;
  /** Names of packages its `zkg.meta` says it needs. */
  readonly depends: readonly string[];
}

/** A package that zkg installed, as its own files tell. */
export interface InstalledPackage {
  readonly name: string;
  /** The tag, or branch and commit, that is installed; null where no file says so. */
  readonly version: string | null;
  /** Names of its folder below `packages`: its own, and its aliases. */
  readonly folders: readonly string[];
}
