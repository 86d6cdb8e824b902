/**
 * The files a package reads while it runs. It names them from the folder Zeek is started in, which is the run's own: they
 * are copied there, since whatever the package writes must not reach the user's.
 */

import { constants, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { missingPath, notAFolder } from '../model/errors/catalogue.ts';
import type { ZeekPackage } from '../model/package.ts';

const SCRIPT = /\.(zeek|bro)$/;
/** A string in a script that may be the name of a file. */
const NAME = /"([\w.][\w./ @+-]{0,200})"/g;
/** Far more than packages have, in case somebody's home is given. */
const MOST_FILES = 20_000;
const LARGEST_SCRIPT = 4 * 1024 * 1024;

/**
 * Puts what the scripts of packages name, and is in the packages, beside where the run begins.
 *
 * @param cwd a folder whose contents are wanted there as they are; null for none
 * @throws ExpectedError where `cwd` is no folder
 */
export function placeDataFiles(folder: string, packages: readonly ZeekPackage[], cwd: string | null): void {
  if (cwd !== null) placeFolder(folder, cwd);
  for (const { root, scripts } of packages) {
    // What lies beside a script alone is not known to be its own.
    if (statSync(scripts).isFile()) continue;
    const files = listFiles(root);
    const data = files.filter((file) => !SCRIPT.test(file));
    for (const name of findNames(files.filter((file) => SCRIPT.test(file)))) {
      const found = data
        .filter((file) => file.endsWith(`/${name}`))
        .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))[0];
      const target = join(folder, name);
      if (found === undefined || existsSync(target)) continue;
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(found, target, constants.COPYFILE_FICLONE);
    }
  }
}

function placeFolder(folder: string, cwd: string): void {
  const stat = statSync(cwd, { throwIfNoEntry: false });
  if (stat === undefined) throw missingPath(cwd);
  if (!stat.isDirectory()) throw notAFolder(cwd);
  cpSync(cwd, folder, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
    // Neither what git keeps, nor logs that would be taken for those of the run.
    filter: (path) => {
      const isOutside = relative(folder, path).startsWith('..');
      const name = basename(path);
      return isOutside && (path === cwd || (!name.startsWith('.') && !/\.log(\.gz)?$/.test(name)));
    },
  });
}

/** All files below a folder, without hidden ones. */
function listFiles(root: string): string[] {
  const files: string[] = [];
  const pending = [root];
  for (let next = pending.pop(); next !== undefined && files.length < MOST_FILES; next = pending.pop()) {
    for (const entry of readdirSync(next, { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile()) files.push(path);
    }
  }
  return files;
}

function findNames(scripts: readonly string[]): Set<string> {
  const names = new Set<string>();
  for (const script of scripts) {
    if (statSync(script).size > LARGEST_SCRIPT) continue;
    for (const [, name] of readFileSync(script, 'latin1').matchAll(NAME)) {
      // What it writes as a log, tests may have as well.
      if (/[./]/.test(name!) && !name!.split('/').includes('..') && !/\.(zeek|bro|log)$/.test(name!)) names.add(name!);
    }
  }
  return names;
}
