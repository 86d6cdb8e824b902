/** Finds what to load: a package's folder, a script, or a package that zkg has installed. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { gitFailed, noSuchPackage, notAPackage } from '../model/errors/zeek-errors.ts';
import type { ZeekPackage } from '../model/package.ts';

const LOAD = ['__load__.zeek', '__load__.bro'];

/**
 * @param searchPath Zeek's own folders of scripts, for names; asked for only where one is given
 * @throws ExpectedError for what is none of them
 */
export function findPackage(wish: string, searchPath: () => readonly string[]): ZeekPackage {
  const stat = statSync(wish, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return findPackageIn(realpathSync(wish), wish);
  if (stat?.isFile()) return findScriptAt(realpathSync(wish), wish);
  if (!/^[\w.@-]+$/.test(wish)) throw noSuchPackage(wish);
  for (const folder of searchPath()) {
    for (const candidate of [join(folder, 'packages', wish), join(folder, wish)]) {
      if (loadFile(candidate) !== undefined) return findPackageIn(realpathSync(candidate), wish);
    }
  }
  throw noSuchPackage(wish);
}

/** The text of a script; null for a folder. */
export function readSource(path: string): Uint8Array | null {
  return statSync(path).isFile() ? readFileSync(path) : null;
}

function findPackageIn(root: string, wish: string): ZeekPackage {
  const meta = readMeta(root);
  const scripts = meta === null ? root : join(root, meta.get('script_dir') ?? '.');
  if (loadFile(scripts) === undefined) {
    const where = meta === null ? 'has neither a zkg.meta nor an __load__.zeek' : `has no __load__.zeek in ${scripts}`;
    throw notAPackage(wish, where);
  }
  const plugins = meta === null ? null : join(root, meta.get('plugin_dir') ?? 'build');
  if (meta?.has('build_command') && plugins !== null && !existsSync(plugins))
    throw notAPackage(
      wish,
      'has a plugin that is not built',
      `Build it as zkg would, in its folder: ${meta.get('build_command')}`,
    );
  return {
    name: basename(root),
    isBro: loadFile(scripts)?.endsWith('.bro') === true,
    load: scripts,
    scripts,
    root,
    plugins: plugins !== null && existsSync(join(plugins, '__zeek_plugin__')) ? plugins : null,
    depends: (meta?.get('depends') ?? '').split('\n').flatMap((line) => line.trim().split(/\s+/)[0] || []),
  };
}

function findScriptAt(file: string, wish: string): ZeekPackage {
  if (!/\.(zeek|bro)$/.test(file)) throw notAPackage(wish, 'is no Zeek script (its name does not end in .zeek)');
  const alone = {
    ...{ name: basename(file), isBro: file.endsWith('.bro'), load: file, scripts: file, root: dirname(file) },
    ...{ plugins: null, depends: [] },
  };
  // The entrance of a folder stands for all of it.
  return LOAD.includes(basename(file)) ? { ...alone, name: basename(dirname(file)), scripts: dirname(file) } : alone;
}

function loadFile(folder: string): string | undefined {
  return LOAD.map((name) => join(folder, name)).find((file) => existsSync(file));
}

/** The keys of `[package]`, with the lines that continue a value; null where there is no such file. */
function readMeta(root: string): Map<string, string> | null {
  const file = ['zkg.meta', 'bro-pkg.meta'].map((name) => join(root, name)).find((path) => existsSync(path));
  if (file === undefined) return null;
  const values = new Map<string, string>();
  let section = '';
  let key = '';
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    const heading = /^\[([^\]]*)\]/.exec(line);
    const pair = /^([A-Za-z_]\w*)\s*[=:]\s*(.*)$/.exec(line);
    if (heading !== null) section = heading[1]!;
    else if (/^\s*[#;]/.test(line) || section !== 'package') continue;
    else if (pair !== null) {
      key = pair[1]!;
      values.set(key, pair[2]!.trim());
    } else if (/^\s+\S/.test(line) && key !== '') values.set(key, `${values.get(key)}\n${line.trim()}`);
  }
  return values;
}

/**
 * The repository stays as it is: the version is written below `folder`, by way of an index of its own.
 *
 * @param wish a folder, or a commit, tag or branch
 * @throws ExpectedError where it is neither
 */
export function checkOutVersion(zeekPackage: ZeekPackage, wish: string, folder: string): ZeekPackage {
  if (statSync(wish, { throwIfNoEntry: false }) !== undefined) return findPackage(wish, () => []);
  const { root, load } = zeekPackage;
  const top = runGit(wish, root, ['rev-parse', '--show-toplevel']);
  const commit = runGit(wish, root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${wish}^{commit}`]);
  const target = join(folder, 'other-version');
  const index = join(folder, 'other-version.index');
  runGit(wish, top, ['read-tree', commit], index);
  runGit(wish, top, ['checkout-index', '--all', `--prefix=${target}/`], index);
  // A script is looked for as such: its folder need not be a package.
  const wanted = join(target, relative(top, statSync(load).isFile() ? load : root));
  if (!existsSync(wanted)) throw gitFailed(wish, root, 'it is not in that version');
  return findPackage(wanted, () => []);
}

function runGit(wish: string, folder: string, args: readonly string[], index?: string): string {
  // In a hook of git's own, its variables name the repository and index being worked on.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const done = spawnSync('git', ['-C', folder, '-c', 'core.fsmonitor=false', ...args], {
    encoding: 'utf8',
    env: index === undefined ? env : { ...env, GIT_INDEX_FILE: index },
    input: '',
  });
  if (done.status === 0) return done.stdout.trim();
  const said = done.error === undefined ? (done.stderr.trim().split('\n').at(-1) ?? '') : 'git is not on PATH';
  const reason = said.replace(/^fatal: /, '').replace(/\.$/, '');
  throw gitFailed(wish, folder, reason === '' ? 'no such commit, tag or branch' : reason);
}
