/** What scripts say about variables. */

export interface Declaration {
  /** With its module, as the logs name it: `HTTP::ports`; without one for GLOBAL. */
  readonly variable: string;
  /** The script's path or name; `placeOf` brings it to one name. */
  readonly script: string;
  /** From 1. */
  readonly line: number;
  readonly keyword: 'global' | 'const' | 'option' | 'redef';
  /** The type as written, comments left out; null where it follows from the value. */
  readonly type: string | null;
  /** The value it is given, where that is short; null where it is none or long. */
  readonly value: string | null;
  /** As written: `&create_expire=1day`, `&redef`, `&default=0`. */
  readonly attributes: readonly string[];
}

export interface TypeDeclaration {
  /** With its module. */
  readonly name: string;
  readonly script: string;
  readonly line: number;
  /** What it stands for as written: `record { a: count; b: string &optional; }`. */
  readonly type: string;
}

/** A statement that gives a variable another value as a whole: `hosts = table();`. */
export interface Assignment {
  /** As written, and the module it is written in: `hosts` in `Known` is `Known::hosts`, or `hosts` of GLOBAL. */
  readonly name: string;
  readonly module: string;
  readonly script: string;
  readonly line: number;
  /** The statement, shortened. */
  readonly text: string;
  /**
   * What becomes of the expiry that was declared: `lost` with a value made on the spot (`set()`, `table()`, `{}`), which
   * has none; `kept` where that says an expiry of its own, and for a copy of itself; `unknown` for any other value, whose
   * own expiry holds.
   * Measured with Zeek 8.0.
   */
  readonly expiry: 'lost' | 'kept' | 'unknown';
}

/** A statement that puts something into a variable, or takes something out. */
export interface ContentStatement extends Pick<Assignment, 'name' | 'module' | 'script' | 'line' | 'text'> {
  readonly does: 'adds' | 'deletes' | 'clears';
}

/** Where a script opens a store of Broker's: `Cluster::create_store("hosts")`, or a table that is kept in one. */
export interface StoreUse {
  readonly script: string;
  readonly line: number;
  /** The call, or the variable with its attribute. */
  readonly text: string;
}

const EXPIRY = /^&(create|read|write)_expire\b|^&expire_func\b/;
/** An expiry function may be written in place; its name or its beginning will do. */
const LONGEST_EXPIRY = 60;

/** The attributes by which entries leave, in one text; null where there are none. */
export function findExpiry({ attributes }: Declaration): string | null {
  const expiry = attributes
    .filter((attribute) => EXPIRY.test(attribute))
    .map((text) => shortenText(text, LONGEST_EXPIRY));
  return expiry.length > 0 ? expiry.join(' ') : null;
}

/** The same with what constants in it stand for: `&create_expire=keep (12hrs)`. */
export function resolveExpiry(expiry: string, variable: string, declarations: readonly Declaration[]): string {
  const module = variable.slice(0, Math.max(0, variable.lastIndexOf('::'))) || 'GLOBAL';
  return expiry.replaceAll(/_expire=([A-Za-z_][\w:]*)/g, (as, name: string) => {
    const names = [qualifyName(name, module), name];
    // What a script redefines holds, whichever is read first.
    const values = declarations.filter(({ variable, value }) => names.includes(variable) && value !== null);
    const holds = values.findLast(({ keyword }) => keyword === 'redef') ?? values.at(-1);
    return holds === undefined ? as : `${as} (${holds.value})`;
  });
}

/** `seen` of `HostTracker::seen`, and of what is in GLOBAL. */
export function stripModule(variable: string): string {
  return variable.slice(variable.lastIndexOf(':') + 1);
}

/** The name that logs use for what a script of a module calls `name`. */
export function qualifyName(name: string, module: string): string {
  if (name.startsWith('::')) return name.slice(2);
  if (name.startsWith('GLOBAL::')) return name.slice('GLOBAL::'.length);
  return module === 'GLOBAL' || name.includes('::') ? name : `${module}::${name}`;
}

export function shortenText(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

/**
 * True where an assignment is to a variable: in a module, a name without one is the module's if it declares it, else
 * that of GLOBAL.
 *
 * @param declared names of all variables that scripts at hand declare
 */
export function isAssignedTo(
  { name, module }: Pick<Assignment, 'name' | 'module'>,
  variable: string,
  declared: ReadonlySet<string>,
): boolean {
  const qualified = qualifyName(name, module);
  if (qualified === variable) return true;
  return !name.includes('::') && name === variable && !declared.has(qualified);
}
