/** What the logs tell of a variable besides its size: one row of `my_stats_variable.log`. */

export interface VariableDescription {
  readonly variable: string;
  readonly moduleName: string;
  /** The type in Zeek's words, such as `table[addr] of set[string]`; null where the log does not say. */
  readonly type: string | null;
  /** The declaring script as Zeek names it: relative to ZEEKPATH or to the root, without a leading `/`. */
  readonly script: string | null;
  /** Attributes by which entries leave, as declared: `&create_expire=1.0 day`. Null is not known or none. */
  readonly expiry: string | null;
  /** Text of the records the type needs, each `Name{field: type; field: type &optional}`. */
  readonly recordFields: readonly string[];
}

/** Where a variable comes from. */
export interface Attribution {
  /** Name of the package, of the framework or protocol of Zeek (`zeek/frameworks/intel`), `local`, or `unknown`. */
  readonly package: string;
  /** `package`: installed by zkg. `zeek`: one of Zeek's own scripts. `local`: a script of the site. */
  readonly kind: 'package' | 'zeek' | 'local' | 'unknown';
  readonly version: string | null;
  /** Path of the script, shortened to what tells it apart; null if not known. */
  readonly script: string | null;
  /** Line of the declaration, from 1, where the script was at hand. */
  readonly line: number | null;
  /** Expiry attributes as declared in the script or in the log; null is not known or none. */
  readonly expiry: string | null;
}
