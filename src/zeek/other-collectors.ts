/** A site that is loaded may have the collector, of any version and under any name: what is measured with is ours alone. */

import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MODULE = /^\s*module\s+my_stats\s*;/m;
/** An option of every version of it, from the first on. */
const DECLARATION = /\b(?:option|const|global)\s+min_var_size_to_log\b/;
/** Zeek's own; there are many. */
const OF_ZEEK = new Set(['base', 'policy', 'builtin-plugins', 'zeekygen']);
/** site/packages/NAME/scripts/values is five deep. */
const DEEPEST = 6;
const LARGEST_SCRIPT = 1024 * 1024;

/**
 * @param folders what the site's scripts may be in
 * @param own the folder of ours
 * @returns what Zeek is to load first, so that it takes the scripts of other collectors for loaded; empty where there are none
 */
export function unloadOthers(folders: readonly string[], own: string): string {
  const scripts = new Map<string, string>();
  const seen = new Set([realpathSync(own)]);
  for (const folder of folders) gather(folder, 0, seen, scripts);
  const collectors = [...scripts].filter(([, text]) => DECLARATION.test(text)).map(([path]) => `${dirname(path)}/`);
  const theirs = [...scripts.keys()].filter((path) => collectors.some((folder) => path.startsWith(folder)));
  return theirs.map((path) => `@unload ${path}\n`).join('');
}

/** The scripts of the module below a folder, by their real paths. */
function gather(folder: string, depth: number, seen: Set<string>, scripts: Map<string, string>): void {
  const stat = statSync(folder, { throwIfNoEntry: false });
  const path = stat === undefined ? folder : realpathSync(folder);
  if (stat === undefined || depth > DEEPEST || seen.has(path)) return;
  seen.add(path);
  if (stat.isDirectory()) {
    for (const name of readdirSync(path))
      if (!name.startsWith('.') && !OF_ZEEK.has(name)) gather(join(path, name), depth + 1, seen, scripts);
  } else if (path.endsWith('.zeek') && stat.size < LARGEST_SCRIPT && !/\s/.test(path)) {
    const text = readFileSync(path, 'latin1');
    if (MODULE.test(text)) scripts.set(path, text);
  }
}
