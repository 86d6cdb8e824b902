/** Lets packages that are not installed be loaded by their names, as zkg would: `@load foo` and `@load packages/foo`. */

import { existsSync, mkdirSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ZeekPackage } from '../model/package.ts';
import { findPackage } from './package.ts';

/** What `--load` names: a package, or what Zeek is to find by itself. */
export type Load = ZeekPackage | string;

/**
 * @param wishes packages' folders, other folders and scripts, from the working directory; and names that Zeek finds
 * @throws ExpectedError for a package's folder that cannot be loaded
 */
export function findLoads(wishes: readonly string[]): Load[] {
  return wishes.map((wish) => {
    if (!existsSync(wish)) return wish;
    const isPackage = ['zkg.meta', 'bro-pkg.meta'].some((name) => existsSync(join(wish, name)));
    return isPackage ? findPackage(wish, () => []) : resolve(wish);
  });
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
export function packagesOf(loads: readonly Load[]): ZeekPackage[] {
  return loads.filter((load) => typeof load !== 'string');
}

/**
 * Puts the packages in a folder under their names, as links.
 *
 * @param folder is made where there is need
 * @param searchPath Zeek's own folders of scripts; empty where they are not known, and then nothing is done
 * @returns the variable that makes Zeek look there first; empty where no package has a folder
 */
export function packagePath(
  folder: string,
  packages: readonly ZeekPackage[],
  searchPath: readonly string[],
): { readonly ZEEKPATH?: string } {
  const found = packages.filter(({ scripts }) => statSync(scripts).isDirectory());
  if (found.length === 0 || searchPath.length === 0) return {};
  mkdirSync(join(folder, 'packages'), { recursive: true });
  for (const { name, scripts } of found)
    for (const link of [join(folder, name), join(folder, 'packages', name)])
      if (!existsSync(link)) symlinkSync(scripts, link);
  return { ZEEKPATH: ['.', folder, ...searchPath].join(':') };
}

/** Of a script that was loaded by a package's name, by way of a link; the same where there is no such file. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
