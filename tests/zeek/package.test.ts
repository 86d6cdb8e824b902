/** Packages as users name them, and their versions. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkOutVersion, findPackage } from '../../src/zeek/package.ts';
import { temporaryFolder } from '../store/logs.ts';

const folder = realpathSync(temporaryFolder());
let folders = 0;

/** A folder with these files. */
function made(files: Record<string, string>, name = `package-${++folders}`): string {
  const root = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function found(wish: string, searchPath: readonly string[] = []) {
  return findPackage(wish, () => searchPath);
}

describe('finding', () => {
  test('a folder with a zkg.meta: its scripts, and what it depends on', () => {
    const meta = `# about
[package]
description = two
  lines
script_dir = scripts/mine
depends =
  zeek >=6.0
  other-package *
[template]
script_dir = no
`;
    const root = made({ 'zkg.meta': meta, 'scripts/mine/__load__.zeek': '' });
    expect(found(root)).toMatchObject({
      load: join(root, 'scripts/mine'),
      scripts: join(root, 'scripts/mine'),
      root,
      plugins: null,
      depends: ['zeek', 'other-package'],
    });
  });

  test('a folder without one, a script, and the entrance of a folder', () => {
    const root = made({ '__load__.zeek': '', 'a.zeek': '' });
    expect(found(root)).toMatchObject({ load: root, scripts: root });
    expect(found(join(root, 'a.zeek'))).toMatchObject({
      name: 'a.zeek',
      load: join(root, 'a.zeek'),
      scripts: join(root, 'a.zeek'),
    });
    expect(found(join(root, '__load__.zeek'))).toMatchObject({ scripts: root });
  });

  test('a name that zkg has installed', () => {
    const site = made({ 'packages/fine/__load__.zeek': '' });
    expect(found('fine', ['/none', site])).toMatchObject({ name: 'fine', load: join(site, 'packages/fine') });
  });

  test.each([
    ['a folder without scripts', () => made({ 'README.md': '' }), 'not-a-package'],
    ['a zkg.meta whose folder has none', () => made({ 'zkg.meta': '[package]\nscript_dir = s\n' }), 'not-a-package'],
    ['another file', () => join(made({ 'a.txt': '' }), 'a.txt'), 'not-a-package'],
    [
      'a plugin that is not built',
      () => made({ 'zkg.meta': '[package]\nbuild_command = make\n', '__load__.zeek': '' }),
      'not-a-package',
    ],
    ['a name nobody knows', () => 'no-such-package', 'no-such-package'],
    ['a path that is not there', () => '../no/such/package', 'no-such-package'],
  ])('%s is refused', (_, wish, code) => {
    expect(() => found(wish())).toThrow(expect.objectContaining({ code }));
  });
});

describe('another version', () => {
  const repository = made({ 'package/zkg.meta': '[package]\n', 'package/__load__.zeek': '# one\n' }, 'repository');
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@example', ...args], {
      encoding: 'utf8',
    });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=one');
  git('tag', 'v1');
  writeFileSync(join(repository, 'package/__load__.zeek'), '# two\n');
  writeFileSync(join(repository, 'package/staged.zeek'), '');
  git('add', 'package/staged.zeek');
  const inFolder = found(join(repository, 'package'));
  const target = () => join(folder, `versions-${++folders}`);

  test('is what the repository has, which stays as it was', () => {
    const before = [git('status', '--porcelain'), readFileSync(join(repository, '.git/index'), 'latin1')];
    const to = target();
    mkdirSync(to);
    const { load } = checkOutVersion(inFolder, 'v1', to);
    expect(load).toBe(join(to, 'other-version/package'));
    expect(readFileSync(join(load, '__load__.zeek'), 'utf8')).toBe('# one\n');
    expect(existsSync(join(load, 'staged.zeek'))).toBe(false);
    expect([git('status', '--porcelain'), readFileSync(join(repository, '.git/index'), 'latin1')]).toEqual(before);
  });

  test('within a hook of git it is the same', () => {
    const to = target();
    mkdirSync(to);
    process.env.GIT_INDEX_FILE = '/none/index';
    process.env.GIT_DIR = '/none';
    try {
      expect(existsSync(checkOutVersion(inFolder, 'v1', to).load)).toBe(true);
    } finally {
      delete process.env.GIT_INDEX_FILE;
      delete process.env.GIT_DIR;
    }
  });

  test('of a script it is that script', () => {
    const to = target();
    mkdirSync(to);
    const script = found(join(repository, 'package/__load__.zeek'));
    expect(checkOutVersion(script, 'main', to).load).toBe(join(to, 'other-version/package/__load__.zeek'));
  });

  test('can be a folder', () => {
    const other = made({ '__load__.zeek': '' });
    expect(checkOutVersion(inFolder, other, target()).load).toBe(other);
  });

  test.each(['v9', '--upload-pack=touch'])('%s is not there', (wish) => {
    expect(() => checkOutVersion(inFolder, wish, folder)).toThrow(expect.objectContaining({ code: 'git-failed' }));
  });

  test('what lies in no repository has none', () => {
    const alone = found(made({ '__load__.zeek': '' }));
    expect(() => checkOutVersion(alone, 'v1', folder)).toThrow(expect.objectContaining({ code: 'git-failed' }));
  });
});
