/** What a script says where it declares a variable. */

export interface Declaration {
  /** With its module, as the logs name it: `HTTP::ports`; without one for GLOBAL. */
  readonly variable: string;
  /** The script's path or name; `placeOf` brings it to one name. */
  readonly script: string;
  /** From 1. */
  readonly line: number;
  /** `global`, `const`, `option`. */
  readonly keyword: string;
  /** The type as written, comments left out; null where it follows from the value. */
  readonly type: string | null;
  /** As written: `&create_expire=1day`, `&redef`, `&default=0`. */
  readonly attributes: readonly string[];
}

const EXPIRY = /^&(create|read|write)_expire\b|^&expire_func\b/;

/** The attributes by which entries leave, in one text; null where there are none. */
export function expiryOf({ attributes }: Declaration): string | null {
  const expiry = attributes.filter((attribute) => EXPIRY.test(attribute));
  return expiry.length > 0 ? expiry.join(' ') : null;
}
