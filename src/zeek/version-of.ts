/** Another version of a package: a folder, or what its git repository has under a name. */

import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gitFailed } from '../model/errors/zeek-errors.ts';
import type { ZeekPackage } from '../model/package.ts';
import { findPackage } from './package.ts';

/**
 * The repository stays as it is: the version is written below `folder`, by way of an index of its own.
 *
 * @param wish a folder, or a commit, tag or branch
 * @throws ExpectedError where it is neither
 */
export function versionOf(zeekPackage: ZeekPackage, wish: string, folder: string): ZeekPackage {
  if (statSync(wish, { throwIfNoEntry: false }) !== undefined) return findPackage(wish, () => []);
  const { root, load } = zeekPackage;
  const top = git(wish, root, ['rev-parse', '--show-toplevel']);
  const commit = git(wish, root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${wish}^{commit}`]);
  const target = join(folder, 'other-version');
  const index = join(folder, 'other-version.index');
  git(wish, top, ['read-tree', commit], index);
  git(wish, top, ['checkout-index', '--all', `--prefix=${target}/`], index);
  // A script is looked for as such: its folder need not be a package.
  const wanted = join(target, relative(top, statSync(load).isFile() ? load : root));
  if (!existsSync(wanted)) throw gitFailed(wish, root, 'it is not in that version');
  return findPackage(wanted, () => []);
}

function git(wish: string, folder: string, args: readonly string[], index?: string): string {
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
