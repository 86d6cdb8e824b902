/** What Zeek is to load: a package, or a script. */

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
