/** Names that someone who typed another may have meant. */

import { distance } from 'fastest-levenshtein';

const MOST = 3;
/** Comparing takes the product of the lengths. */
const LONGEST = 200;

/** @returns at most three, the closest first */
export function findCloseNames(asked: string, names: Iterable<string>): string[] {
  const wanted = asked.toLowerCase().slice(0, LONGEST);
  const ranked: { name: string; rank: number }[] = [];
  for (const name of new Set(names)) {
    const rank = rankName(wanted, name.toLowerCase().slice(0, LONGEST));
    if (rank !== null) ranked.push({ name, rank });
  }
  ranked.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  return ranked.slice(0, MOST).map(({ name }) => name);
}

/** Typing errors first, by their number; then names that hold what was asked, without its module or of it. */
function rankName(wanted: string, name: string): number | null {
  const errors = distance(wanted, name);
  if (errors <= Math.max(2, Math.floor(wanted.length / 5))) return errors;
  const local = stripModule(name);
  const withoutModule = distance(stripModule(wanted), local);
  if (withoutModule <= Math.floor(local.length / 5)) return 100 + withoutModule;
  return wanted.length >= 3 && name.includes(wanted) ? 1000 + name.length : null;
}

function stripModule(name: string): string {
  return name.slice(name.lastIndexOf('::') + 1).replace(/^:/, '');
}
