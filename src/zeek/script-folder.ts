/**
 * Zeek's scripts on disk: an installation (`/opt/zeek`), a folder of ZEEKPATH (`/opt/zeek/share/zeek`, or `site` below
 * it), what zeekctl copied (`/opt/zeek/spool/installed-scripts-do-not-touch`), or the clone of a package.
 */

import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { missingPath, noScripts, unreadablePath } from '../model/errors/catalogue.ts';
import type { InstalledPackage } from '../model/package.ts';
import { readManifest, readMetadata } from './zkg-state.ts';

export interface ScriptFile {
  /** Where it is. */
  readonly path: string;
  /** The same from the folder that was given, as ZEEKPATH would have it. */
  readonly name: string;
  read(): Uint8Array;
}

interface ScriptFolder {
  readonly scripts: readonly ScriptFile[];
  readonly packages: readonly InstalledPackage[];
  /** What could not be read or was left out, one sentence each. */
  readonly notes: readonly string[];
}

/** Below an installation's prefix, the first ones first: what zeekctl copied is what runs. */
const OF_INSTALLATION = [
  'spool/installed-scripts-do-not-touch',
  'share/zeek',
  'share/bro',
  'lib/zeek/plugins',
  'lib64/zeek/plugins',
];
/** zkg's state as its default configuration and the official packages have it, from an installation's prefix. */
const MANIFESTS = ['manifest.json', 'var/lib/zkg/manifest.json'];
/** From the deepest folder of an installation up to its prefix: spool/installed-scripts-do-not-touch/site/packages. */
const LEVELS_TO_PREFIX = 5;
const METADATA = ['zkg.meta', 'bro-pkg.meta'];
const SCRIPT = /\.(zeek|bro)$/;
/** Far more than Zeek and all public packages have, in case `/` is given. */
const MOST_SCRIPTS = 50_000;
const DEEPEST = 40;
/** Scripts are text by people; DomainTLD's data, the longest of public packages, has 0.2 MB. */
const LONGEST_SCRIPT = 32 * 1024 * 1024;

/**
 * @throws ExpectedError where the folder does not exist, cannot be read, or there are neither scripts nor packages
 */
export function openScriptFolder(folder: string): ScriptFolder {
  const root = findRootOf(folder);
  const notes: string[] = [];
  const walk = new Walk(notes);
  const packages = listInstalledPackages(root, notes);
  const metadata = METADATA.map((name) => join(root, name)).find((path) => existsSync(path));
  if (metadata !== undefined) {
    const name = basename(root);
    const { scriptDir, aliases, version } = readMetadata(readFileSync(metadata, 'utf8'));
    walk.add(join(root, scriptDir), `packages/${name}`);
    packages.push({ name, version, folders: [name, ...aliases] });
  } else {
    const parts = OF_INSTALLATION.filter((part) => existsSync(join(root, part)));
    for (const part of parts) walk.add(join(root, part), part);
    if (parts.length === 0) walk.add(root, '');
  }
  if (walk.scripts.length === 0 && packages.length === 0) throw noScripts(folder);
  return { scripts: walk.scripts, packages, notes };
}

/** Whether a folder is that of a package, by its metadata or its entrance, and holds no logs. */
export function isPackageFolder(path: string): boolean {
  return [...METADATA, '__load__.zeek'].some((name) => existsSync(join(path, name)));
}

function findRootOf(folder: string): string {
  const root = resolve(folder);
  if (!existsSync(root)) throw missingPath(folder);
  try {
    if (!statSync(root).isDirectory()) throw noScripts(folder);
    readdirSync(root);
    return realpathSync(root);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw code === undefined || !/^E[A-Z]+$/.test(code) ? error : unreadablePath(folder, code);
  }
}

/** What zkg's manifest says, if there is one in the folder, or in the installation that the folder is part of. */
function listInstalledPackages(root: string, notes: string[]): InstalledPackage[] {
  let folder = root;
  for (let level = 0; level <= LEVELS_TO_PREFIX; level++) {
    for (const path of MANIFESTS.map((name) => join(folder, name))) {
      const text = existsSync(path) ? readText(path, notes) : null;
      const packages = text === null ? null : readManifest(text);
      if (packages !== null) return packages;
      if (text !== null) notes.push(`${path} is not a manifest of zkg, so versions of packages are not known from it`);
    }
    folder = dirname(folder);
  }
  return [];
}

function readText(path: string, notes: string[]): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    notes.push(`${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
    return null;
  }
}

/** Finds the scripts below folders. Links are followed, but what they lead to is taken once, and by its own path first. */
class Walk {
  readonly scripts: ScriptFile[] = [];
  readonly #notes: string[];
  readonly #seen = new Set<string>();
  #full = false;

  constructor(notes: string[]) {
    this.#notes = notes;
  }

  add(root: string, prefix: string): void {
    const links: { readonly path: string; readonly depth: number }[] = [];
    const pending = [{ path: root, depth: 0 }];
    const nameOf = (path: string) => join(prefix, relative(root, path)).replaceAll('\\', '/');
    for (let next = pending.pop() ?? links.shift(); next !== undefined; next = pending.pop() ?? links.shift()) {
      const { path, depth } = next;
      if (depth > DEEPEST || !this.#isNew(path)) continue;
      const folders: (typeof next)[] = [];
      for (const entry of this.#entries(path)) {
        const below = { path: join(path, entry.name), depth: depth + 1 };
        // .git, .zkg and the like; scripts have no such names.
        if (entry.name.startsWith('.')) continue;
        if (entry.isDirectory()) folders.push(below);
        else if (entry.isSymbolicLink()) links.push(below);
        else if (entry.isFile() && SCRIPT.test(entry.name)) this.#script(below.path, nameOf(below.path));
      }
      pending.push(...folders.reverse());
    }
  }

  /** True for a folder met for the first time. A link to a script is taken as the script it is. */
  #isNew(path: string): boolean {
    try {
      const real = realpathSync(path);
      if (this.#seen.has(real) || !statSync(real).isDirectory()) return false;
      this.#seen.add(real);
      return true;
    } catch {
      // A link that leads nowhere.
      return false;
    }
  }

  #entries(path: string) {
    try {
      return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      this.#notes.push(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}), nor what is below it`);
      return [];
    }
  }

  #script(path: string, name: string): void {
    if (this.#full) return;
    if (this.scripts.length >= MOST_SCRIPTS) {
      this.#full = true;
      this.#notes.push(`more than ${MOST_SCRIPTS} scripts: those after ${this.scripts.at(-1)!.path} were left out`);
      return;
    }
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > LONGEST_SCRIPT) this.#notes.push(`${path} has ${size} bytes, which is no script, and was left out`);
    else this.scripts.push({ path, name, read: () => readFileSync(path) });
  }
}
