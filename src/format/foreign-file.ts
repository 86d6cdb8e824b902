/** Files that people take for logs, by their first bytes, and what to do with each. */

interface ForeignFile {
  readonly what: string;
  readonly cure: string;
}

type Known = ForeignFile & { readonly pattern: RegExp };

/** They may hold text of logs as it is, and are none all the same. */
const ARCHIVES: readonly Known[] = [
  { pattern: /^PK\x03\x04/, what: 'is a zip archive', cure: 'Unpack it' },
  { pattern: /^[\s\S]{257}ustar/, what: 'is a tar archive', cure: 'Unpack it' },
];
const FOREIGN: readonly Known[] = [
  {
    pattern: /^SQLite format 3\0/,
    what: "is a database of SQLite, such as Zeek's SQLite writer makes",
    cure: "Give what it holds as JSON, one file for each table: sqlite3 -json FILE 'select * from my_stats' > my_stats.json",
  },
  { pattern: /^\x1f\x8b/, what: 'is compressed twice', cure: 'Decompress it once' },
  {
    pattern: /^#separator [^\n]*\n(#[^\n\t]*\n)*#fields +ts /,
    what: 'has spaces where Zeek writes tabs, as what is copied from a screen has',
    cure: 'Copy the file itself',
  },
  ...ARCHIVES,
  {
    pattern: /^(\xd4\xc3\xb2\xa1|\xa1\xb2\xc3\xd4|\x4d\x3c\xb2\xa1|\xa1\xb2\x3c\x4d|\x0a\x0d\x0d\x0a)/,
    what: 'is a packet trace',
    cure: 'Give logs; my-stats profile runs Zeek on a trace',
  },
  {
    pattern: /^\s*<(!doctype|html|\?xml|results|[a-z]\w*>)/i,
    what: 'is HTML or XML',
    cure: 'Export the rows as JSON or CSV',
  },
  {
    pattern: /^(\xff\xfe\0\0|\0\0\xfe\xff)/,
    what: 'is in UTF-32',
    cure: 'Turn it into UTF-8: iconv -f UTF-32 -t UTF-8',
  },
  {
    pattern: /^[^\n#{]*\t/,
    what: 'has no header (#fields), and columns that no log of my_stats has',
    cure: 'Give it with its header (zeek-cut -C keeps it), or all of its columns',
  },
];

/** Null where the first bytes tell nothing. */
export function recognizeForeignFile(head: Uint8Array): ForeignFile | null {
  return findByStart(FOREIGN, head);
}

export function isArchive(head: Uint8Array): boolean {
  return findByStart(ARCHIVES, head) !== null;
}

function findByStart(known: readonly Known[], head: Uint8Array): ForeignFile | null {
  const text = String.fromCharCode(...head.subarray(0, 512));
  return known.find(({ pattern }) => pattern.test(text)) ?? null;
}
