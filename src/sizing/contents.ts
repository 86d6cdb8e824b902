/** What the collector saw when it looked into some of the entries of a container: the texts of one log row, read. */

/** One part of the entries: a field, the elements of a container inside, the keys of one. */
export interface SeenPart {
  /** How many values of it were looked at; of keys, how many entries. */
  readonly seen: number;
  /** Those among them that are values of their own, and neither there once for many nor kept by Zeek once for all. */
  readonly own: number;
  /** Of all that are their own: bytes that malloc takes for texts, entries of containers; of keys, characters. */
  readonly sum: number;
  /** The sum of the squares of these. */
  readonly squares: number;
  /** Slots or cells of containers, and how many of these are empty. */
  readonly room: number;
  readonly empty: number;
}

/** By the name of the part, as in `[].hosts[key]`. */
export type Contents = ReadonlyMap<string, SeenPart>;

/** No row has more parts than the collector writes; what comes after is not of its making. */
const MOST_PARTS = 100;

/** @param texts one per part, each `NAME seen=N own=N bytes=N squares=N …`; what cannot be read is left out */
export function readContents(texts: readonly string[]): Contents {
  const contents = new Map<string, SeenPart>();
  for (const text of texts.slice(0, MOST_PARTS)) {
    const [name, ...figures] = text.split(' ');
    const of = new Map(figures.map((figure) => figure.split('=', 2) as [string, string]));
    const count = (key: string, otherwise = 0) => countOf(of.get(key)) ?? otherwise;
    const seen = count('seen');
    if (name === undefined || seen === 0) continue;
    contents.set(name, {
      seen,
      own: Math.min(seen, count('own', seen)),
      sum: count('bytes', count('entries', count('characters'))),
      squares: count('squares'),
      room: count('room'),
      empty: Math.min(seen, count('empty')),
    });
  }
  return contents;
}

/** A log may say anything: more than this is no count of what was looked at in one run. */
const MOST = 2 ** 53;

function countOf(text: string | undefined): number | null {
  const value = /^\d+$/.test(text ?? '') ? Number(text) : Number.NaN;
  return value <= MOST ? value : null;
}
