/** Words and classes of characters of Zeek script. Source: Zeek's scanner (src/scan.l). */

/** Classes, as bits. */
export const SPACE = 1;
export const DIGIT = 2;
export const HEX_DIGIT = 4;
export const IDENTIFIER_START = 8;
export const IDENTIFIER = 16;
export const SYMBOL = 32;

const CLASSES = new Uint8Array(128);

function mark(characters: string, mask: number): void {
  for (const character of characters) CLASSES[character.charCodeAt(0)]! |= mask;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
mark(' \t\r\n\f\v', SPACE);
mark('0123456789', DIGIT | HEX_DIGIT | IDENTIFIER);
mark('abcdefABCDEF', HEX_DIGIT);
mark(`${LETTERS}_`, IDENTIFIER_START | IDENTIFIER);
mark('!%*/+-,:;<=>?()[]{}~$|&^', SYMBOL);

/** The classes of a character's code; none for NaN, which is what stands behind the end of a text. */
export function classOf(code: number): number {
  return CLASSES[code] ?? 0;
}

const KEYWORDS = new Set(
  (
    'add addr any as assert bool break case option const copy count default delete double else enum event export ' +
    'fallthrough file for while function global hook if in int interval is local module next of opaque pattern port ' +
    'print record redef return schedule set string subnet switch table time timeout type vector when'
  ).split(' '),
);

export function isKeyword(word: string): boolean {
  return KEYWORDS.has(word);
}

/** What begins with `&` and is not one of these is the operator before a name. */
export const KNOWN_ATTRIBUTES = new Set(
  (
    '&add_func &backend &broker_allow_complex_type &broker_store &create_expire &default &default_insert &delete_func ' +
    '&deprecated &encrypt &error_handler &expire_func &group &is_assigned &is_used &log &mergeable &no_CPP_opt ' +
    '&no_ZAM_opt &on_change &optional &ordered &persistent &priority &raw_output &read_expire &redef &rotate_interval ' +
    '&rotate_size &synchronized &type_column &write_expire'
  ).split(' '),
);

/** Directives whose argument is the rest of the line. */
export const WHOLE_LINE_DIRECTIVES = new Set([
  '@load',
  '@load-sigs',
  '@load-plugin',
  '@unload',
  '@prefixes',
  '@deprecated',
  '@pragma',
]);
