/**
 * Lets packages be loaded by their names, as zkg would: `@load foo` and `@load packages/foo`. Those of the site are there as
 * well, but for what is measured or loaded from elsewhere.
 */

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { ZeekPackage } from '../model/package.ts';
import { findPackage } from './package.ts';
import { readManifest } from './zkg-state.ts';

/** What is loaded besides: a package, or what Zeek is to find by itself. */
export type Load = ZeekPackage | string;

interface Loads {
  readonly loads: readonly Load[];
  /** Folders of scripts that Zeek is to look in first, since what is loaded comes from there. */
  readonly searchPath: readonly string[];
}

/**
 * @param wishes packages' folders, a site with a `local.zeek`, zkg's `packages` or its state folder, other folders and
 *   scripts, from the working directory; and names that Zeek finds
 * @throws ExpectedError for a package's folder that cannot be loaded
 */
export function findLoads(wishes: readonly string[]): Loads {
  const found = wishes.map(findLoad);
  return {
    loads: found.flatMap(({ loads }) => loads),
    searchPath: [...new Set(found.flatMap(({ searchPath }) => searchPath))],
  };
}

function findLoad(wish: string): Loads {
  const one = (load: Load, ...searchPath: string[]) => ({ loads: [load], searchPath });
  if (!existsSync(wish)) return one(wish);
  const path = resolve(wish);
  const has = (...names: string[]) => names.some((name) => existsSync(join(path, name)));
  if (has('manifest.json')) return stateLoads(path);
  if (has('zkg.meta', 'bro-pkg.meta')) return one(findPackage(wish, () => []));
  if (basename(path) === 'packages' && has(...ENTRANCES)) return one('packages', dirname(path));
  if (basename(path) === 'local.zeek') return one(path, dirname(path));
  return has('local.zeek') && !has('__load__.zeek') ? one(join(path, 'local.zeek'), path) : one(path);
}

/** What zkg has installed: its own folder of scripts, or, where it has put these into Zeek's, its clones. */
function stateLoads(state: string): Loads {
  const scripts = join(state, 'script_dir');
  if (existsSync(join(scripts, 'packages'))) return { loads: ['packages'], searchPath: [scripts] };
  const packages = readManifest(readFileSync(join(state, 'manifest.json'), 'utf8')) ?? [];
  const clones = packages.map(({ name }) => join(state, 'clones', 'package', name));
  return {
    loads: clones.filter((path) => existsSync(path)).map((path) => findPackage(path, () => [])),
    searchPath: [],
  };
}

/** What Zeek is to load for each. */
export function loadArguments(loads: readonly Load[]): string[] {
  return loads.map((load) => (typeof load === 'string' ? load : load.load));
}

/** The folders a container must see for them. */
export function loadFolders(loads: readonly Load[]): string[] {
  return loads.flatMap((load) => {
    if (typeof load !== 'string') return [load.root];
    return existsSync(load) ? [statSync(load).isDirectory() ? load : dirname(load)] : [];
  });
}

/** Packages among what is to be loaded. */
export function listPackages(loads: readonly Load[]): ZeekPackage[] {
  return loads.filter((load) => typeof load !== 'string');
}

/** What zkg writes: `@load ./NAME` for each package that is loaded. */
const ENTRANCES = ['__load__.zeek', 'packages.zeek'];

/**
 * Puts packages in a folder under their names, as links, and beside them those of the site.
 *
 * @param folder is made where there is need
 * @param packages those to be found by name
 * @param measured what the site is not to load by itself, even in a run without it
 * @param searchPath Zeek's own folders of scripts; empty where they are not known, and then nothing is done
 * @returns the variable that makes Zeek look there first
 */
export function linkPackagePath(
  folder: string,
  packages: readonly ZeekPackage[],
  measured: readonly ZeekPackage[],
  searchPath: readonly string[],
): { readonly ZEEKPATH?: string } {
  if (searchPath.length === 0) return {};
  const found = packages.filter(({ scripts }) => statSync(scripts).isDirectory());
  const site = findSitePackages(searchPath);
  if (found.length === 0 && site === null) return { ZEEKPATH: ['.', ...searchPath].join(':') };
  mkdirSync(join(folder, 'packages'), { recursive: true });
  for (const { name, scripts } of found)
    for (const path of [join(folder, name), join(folder, 'packages', name)]) link(scripts, path);
  if (site !== null) linkSite(site, join(folder, 'packages'), measured);
  return { ZEEKPATH: ['.', folder, ...searchPath].join(':') };
}

/** Where zkg has put the packages of the site; null where it has put none. */
function findSitePackages(searchPath: readonly string[]): string | null {
  const folders = searchPath.map((path) => join(path, 'packages'));
  return folders.find((path) => ENTRANCES.some((name) => existsSync(join(path, name)))) ?? null;
}

function linkSite(site: string, folder: string, measured: readonly ZeekPackage[]): void {
  const isMeasured = (name: string) =>
    measured.some((one) => one.name === name || one.scripts === resolvePath(join(site, name)));
  for (const name of readdirSync(site)) {
    if (!ENTRANCES.includes(name)) link(join(site, name), join(folder, name));
    else if (!existsSync(join(folder, name))) {
      const lines = readFileSync(join(site, name), 'utf8').split('\n');
      const kept = lines.filter((line) => !isMeasured(basename(/^\s*@load\s+\.\/(\S+)/.exec(line)?.[1] ?? '.')));
      writeFileSync(join(folder, name), kept.join('\n'));
    }
  }
}

function link(target: string, path: string): void {
  if (!existsSync(path)) symlinkSync(target, path);
}

/** Of a script that was loaded by a package's name, by way of a link; the same where there is no such file. */
export function resolvePath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** True for the folder itself and all below it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
