/** Kinds of patterns, each as a function from a number of alternatives or parts to a text between slashes. */

const WORDS =
  'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa'.split(' ');

const wordOf = (i) => `${WORDS[i % WORDS.length]}${i.toString(36)}`;
const each = (n, make, between = '|') => Array.from({ length: n }, (_, i) => make(i)).join(between);

/** Those that the model was made with. */
export const MADE_WITH = {
  words: (n) => each(n, wordOf),
  'domain names': (n) => each(n, (i) => `(^|\\.)${wordOf(i)}\\.example\\.com$`),
  'classes and counts': (n) => each(n, (i) => `[a-z]+${i}[0-9a-f]{2}\\x20`),
  'a long text': (n) => each(n, wordOf, ' '),
  'a class, often': (n) => each(n, () => '[a-z0-9]', ''),
  'a class, counted': (n) => `[a-zA-Z0-9]{${n}}`,
  'a class, up to': (n) => `x[a-z0-9]{0,${n}}y`,
  'at least': (n) => each(n, (i) => `${wordOf(i)}[0-9]{3,}`),
  'words in a group': (n) => `^(${each(n, wordOf)})$`,
  'groups in groups': (n) => `${'('.repeat(n)}abc${')'.repeat(n)}`,
  'groups, repeated': (n) => each(n, (i) => `(${wordOf(i)}-?)+`),
  quoted: (n) => each(n, (i) => `"${wordOf(i)}.com"`),
  'of any case': (n) => `(?i:${each(n, wordOf)})`,
  'anything between': (n) => each(n, (i) => `${wordOf(i)}.*${wordOf(i + 1)}`),
  'many classes': (n) => each(n, (i) => `[a-${String.fromCharCode(98 + (i % 24))}${i % 10}${(i * 7) % 10}]${i}`),
  'named classes': (n) => each(n, (i) => `[[:alpha:]]+[[:digit:]]${i}`),
  'not these': (n) => each(n, (i) => `[^${wordOf(i)}]+`),
  optional: (n) => each(n, (i) => `(${wordOf(i)})?s?`, ''),
  'stars and pluses': (n) => each(n, (i) => `${i}*a+b*`),
  'hexadecimal escapes': (n) => each(n, (i) => `\\x${(16 + (i % 200)).toString(16)}\\x00\\xff`),
  'addresses and URLs': (n) => each(n, (i) => `https?:\\/\\/([a-z0-9-]+\\.)+${wordOf(i)}(\\/[^ ]*)?`),
  'identifiers of a form': (n) => each(n, (i) => `${i}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{12}`),
  'counted groups': (n) => each(n, (i) => `(a${i}b){3}`),
  'counted in counted': (n) => each(n, (i) => `((${i}[ab]){2}c){3}`),
  'up to, of groups': (n) => each(n, (i) => `(x${i}){1,4}`),
  'one character each': (n) => each(n, (i) => String.fromCharCode(97 + (i % 26))),
  'empty alternatives': (n) => each(n, (i) => `(|${wordOf(i)})z`, ''),
  'anything, counted': (n) => each(n, (i) => `${i}.{5}`),
};

/** Those that were written before the model, and never used to change it. */
export const HELD_OUT = {
  'user agents': (n) => each(n, (i) => `^Mozilla\\/[45]\\.0 \\(.*${wordOf(i)}.*\\)`),
  'file extensions': (n) => `\\.(${each(n, (i) => `e${i.toString(36)}x?`)})$`,
  'injected statements': (n) => each(n, (i) => `[\\?&][^[:blank:]\\x00-\\x37\\|]+?=[\\-[:alnum:]%]+'.*${wordOf(i)}`),
  'mail addresses': (n) => each(n, (i) => `[a-zA-Z0-9._-]+@${wordOf(i)}\\.(com|net|org)`),
  'network names': (n) => each(n, (i) => `^10\\.${i % 256}\\.[0-9]{1,3}\\.[0-9]{1,3}$`),
  'wildcard domains': (n) => `\\.(${each(n, (i) => `[^.]+\\.${wordOf(i)}\\.net`)})$`,
  'commands in scripts': (n) => each(n, (i) => `(cmd|powershell)(\\.exe)? +-${wordOf(i)}`),
  'keys in base 64': (n) => each(n, (i) => `${i}[A-Za-z0-9+\\/]{40}={0,2}`),
  'tabs and spaces': (n) => each(n, (i) => `${wordOf(i)}[ \\t]*=[ \\t]*[0-9]+`),
  'dates and times': (n) => each(n, (i) => `20${String(i % 100).padStart(2, '0')}-[01][0-9]-[0-3][0-9]T([0-9]{2}:){2}`),
  'cards and numbers': (n) => each(n, (i) => `${i % 9}[0-9]{3}([ -]?[0-9]{4}){3}`),
  'names of any case': (n) => each(n, (i) => `(?i:${wordOf(i)})`),
  'a few long ones': (n) => each(Math.ceil(n / 20), (i) => each(20, (j) => wordOf(i * 20 + j), '[ _]')),
  'versions of software': (n) => each(n, (i) => `^${wordOf(i)}[ /_-]v?[0-9]+(\\.[0-9]+)*`.replace('[ /', '[ \\/')),
  'everything optional': (n) => each(n, (i) => `(a${i}?b?)?c{0,3}`, ''),
  'texts in quotes': (n) => each(n, (i) => `<[^>]+ name=\\"${wordOf(i)}\\"`),
};
