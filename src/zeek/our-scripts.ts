/**
 * Where this package's own Zeek scripts are: beside the sources, beside the bundle, or in it; and what keeps a site's
 * collector, of any version and under any name, from measuring beside them.
 */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBelow } from './package-path.ts';

/** The collector, as a folder Zeek can load. */
export function findCollector(): string {
  return join(findScriptsRoot(), 'scripts');
}

/** A script that drives a run: `profile`, `lab`. */
export function findDriver(name: 'profile' | 'lab'): string {
  return join(findScriptsRoot(), 'drivers', `${name}.zeek`);
}

/** True for scripts of the collector, and those that drive a run. */
export function isOurScript(path: string): boolean {
  return isBelow(path, findCollector()) || isBelow(path, join(findScriptsRoot(), 'drivers'));
}

type Scripts = readonly (readonly [path: string, text: string])[];

/** In the program that is one file. */
declare const MY_STATS_SCRIPTS: Scripts | undefined;

let unpacked: string | null = null;

/** Zeek reads files: what is in the program is written to some until the process ends. */
function unpack(scripts: Scripts): string {
  const folder = mkdtempSync(join(tmpdir(), 'my-stats-scripts-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of scripts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function findScriptsRoot(): string {
  if (typeof MY_STATS_SCRIPTS === 'object') {
    unpacked ??= unpack(MY_STATS_SCRIPTS);
    return unpacked;
  }
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'scripts', 'my_stats.zeek'))) return folder;
    if (folder === dirname(folder)) throw new Error('the scripts of my_stats are not where they were installed');
  }
}

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
