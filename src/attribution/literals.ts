/** Words, classes of characters and literals of Zeek script. Source: Zeek's scanner (src/scan.l). */

/** What is asked of a string. */
export type ScriptText = Pick<string, 'length' | 'charCodeAt' | 'slice'>;

const SLASH = 0x2f;
const DOT = 0x2e;
const DASH = 0x2d;
const PLUS = 0x2b;
const COLON = 0x3a;
const UNDERSCORE = 0x5f;
/** Longer than any address in brackets, which is what is looked for up to here. */
const LONGEST_ADDRESS = 64;
/** DNS allows no longer name; without an end to the search, `a-a-a-a…` would be searched from every `a`. */
const LONGEST_HOST = 253;
const UNITS = new Set(['day', 'days', 'hr', 'hrs', 'min', 'mins', 'sec', 'secs', 'msec', 'msecs', 'usec', 'usecs']);
const TRANSPORTS = new Set(['tcp', 'udp', 'icmp', 'unknown']);

/** Moves past characters of a class. */
export function skip(text: ScriptText, from: number, mask: number): number {
  let i = from;
  while (classify(text.charCodeAt(i)) & mask) i++;
  return i;
}

/** The end of what begins with a digit: number, interval, port, address, subnet or host name; the longest, as Zeek takes it. */
export function findLiteralEnd(text: ScriptText, start: number): number {
  if (text.charCodeAt(start) === 0x30 && (text.charCodeAt(start + 1) | 0x20) === 0x78) {
    const end = skip(text, start + 2, HEX_DIGIT);
    if (end > start + 2) return end;
  }
  const address = findAddressEnd(text, start);
  const plain = address > start ? findPrefixEnd(text, address) : findNumberEnd(text, start);
  return Math.max(plain, findHostEnd(text, start));
}

/** Where a host name (labels between dots, the last one not all digits) ends, or where it began if it is none. */
export function findHostEnd(text: ScriptText, start: number): number {
  let i = start;
  let end = start;
  for (let labels = 1; i - start <= LONGEST_HOST; labels++) {
    const first = classify(text.charCodeAt(i));
    if (!(first & IDENTIFIER) || text.charCodeAt(i) === UNDERSCORE) return end;
    const letter = (first & IDENTIFIER_START) !== 0;
    do i++;
    while (isHostCharacter(text.charCodeAt(i)) && i - start <= LONGEST_HOST);
    if (labels > 1 && letter) end = i;
    if (text.charCodeAt(i) !== DOT) return end;
    i++;
  }
  return end;
}

function isHostCharacter(code: number): boolean {
  return code === DASH || (code !== UNDERSCORE && (classify(code) & IDENTIFIER) !== 0);
}

/** Four numbers between dots. */
function findAddressEnd(text: ScriptText, start: number): number {
  let i = start;
  for (let part = 0; part < 4; part++) {
    if (part > 0 && text.charCodeAt(i++) !== DOT) return start;
    const end = skip(text, i, DIGIT);
    if (end === i) return start;
    i = end;
  }
  return i;
}

/** Behind the `/24` that may follow an address. */
export function findPrefixEnd(text: ScriptText, address: number): number {
  const slash = skipBlanks(text, address);
  if (text.charCodeAt(slash) !== SLASH) return address;
  const digits = skipBlanks(text, slash + 1);
  const end = skip(text, digits, DIGIT);
  return end > digits ? end : address;
}

function findNumberEnd(text: ScriptText, start: number): number {
  let i = skip(text, start, DIGIT);
  if (text.charCodeAt(i) === SLASH) {
    const end = skip(text, i + 1, IDENTIFIER);
    if (TRANSPORTS.has(text.slice(i + 1, Math.min(end, i + 9)))) return end;
    return i;
  }
  if (text.charCodeAt(i) === DOT) i = skip(text, i + 1, DIGIT);
  if ((text.charCodeAt(i) | 0x20) === 0x65) {
    const sign = text.charCodeAt(i + 1);
    const digits = sign === DASH || sign === PLUS ? i + 2 : i + 1;
    const end = skip(text, digits, DIGIT);
    if (end > digits) i = end;
  }
  const unit = skipBlanks(text, i);
  const end = skip(text, unit, IDENTIFIER);
  return UNITS.has(text.slice(unit, Math.min(end, unit + 6))) ? end : i;
}

function skipBlanks(text: ScriptText, from: number): number {
  let i = from;
  while (text.charCodeAt(i) === 0x20 || text.charCodeAt(i) === 0x09) i++;
  return i;
}

/** Behind the bracket of `[2001:db8::1]` that begins at `start`, or 0. */
export function findBracketedEnd(text: ScriptText, start: number): number {
  let colons = 0;
  let double = false;
  for (let i = start + 1; i < start + LONGEST_ADDRESS; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5d) return double || colons === 7 || (colons === 6 && text.charCodeAt(i - 2) !== COLON) ? i + 1 : 0;
    if (c === COLON) {
      colons++;
      double ||= text.charCodeAt(i - 1) === COLON;
    } else if (!(classify(c) & HEX_DIGIT) && c !== DOT && !(c === 0x78 && i === start + 2)) return 0;
  }
  return 0;
}

/** Classes, as bits. */
export const SPACE = 1;
export const DIGIT = 2;
const HEX_DIGIT = 4;
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
export function classify(code: number): number {
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
