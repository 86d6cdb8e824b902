import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openScriptFolder } from '../../src/zeek/script-folder.ts';
import { readManifest, readMetadata } from '../../src/zeek/zkg-state.ts';
import { temporaryFolder } from '../store/logs.ts';

function tree(files: Readonly<Record<string, string>>, root = temporaryFolder()): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function manifest(...entries: [name: string, status: Record<string, unknown>, metadata?: Record<string, unknown>][]) {
  return JSON.stringify({
    manifest_version: 1,
    script_dir: '/opt/zeek/share/zeek/site/packages',
    installed_packages: entries.map(([name, status_dict, metadata = {}]) => ({
      package_dict: { name, metadata, git_url: `https://example.org/${name}` },
      status_dict,
    })),
  });
}

const TAGGED = { tracking_method: 'version', current_version: 'v1.2.0', current_hash: 'ab12cd34ef' };
const INSTALLATION = {
  'share/zeek/base/init-bare.zeek': '',
  'share/zeek/site/local.zeek': '',
  'share/zeek/site/packages/packages.zeek': '@load ./ja3',
  'share/zeek/site/packages/ja3/ja3.zeek': '',
  'share/zeek/site/packages/ja3/notes.txt': '',
  'spool/installed-scripts-do-not-touch/site/local.zeek': '',
  'spool/installed-scripts-do-not-touch/auto/cluster-layout.zeek': '',
  'lib/zeek/plugins/Corelight_X/scripts/init.zeek': '',
  'lib/python3/zeek/not.zeek': '',
  'var/lib/zkg/manifest.json': manifest(['ja3', TAGGED]),
};

describe('a folder of scripts', () => {
  test('is an installation: what zeekctl copied, Zeek’s own, plugins, and zkg’s packages', () => {
    const { scripts, packages, notes } = openScriptFolder(tree(INSTALLATION));
    expect(scripts.map(({ name }) => name)).toEqual([
      'spool/installed-scripts-do-not-touch/auto/cluster-layout.zeek',
      'spool/installed-scripts-do-not-touch/site/local.zeek',
      'share/zeek/base/init-bare.zeek',
      'share/zeek/site/local.zeek',
      'share/zeek/site/packages/packages.zeek',
      'share/zeek/site/packages/ja3/ja3.zeek',
      'lib/zeek/plugins/Corelight_X/scripts/init.zeek',
    ]);
    expect(packages).toEqual([{ name: 'ja3', version: 'v1.2.0', folders: ['ja3'] }]);
    expect(notes).toEqual([]);
  });

  test.each(['share/zeek', 'share/zeek/site', 'spool/installed-scripts-do-not-touch/site', 'share/zeek/site/packages'])(
    'within an installation (%s) has the versions of its packages',
    (part) => {
      const { packages } = openScriptFolder(join(tree(INSTALLATION), part));
      expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual(['ja3 v1.2.0']);
    },
  );

  test('is the clone of a package: only its scripts, as zkg would install them', () => {
    const place = join(temporaryFolder(), 'login-watch');
    tree(
      {
        'zkg.meta': '[package]\nscript_dir = scripts/\nversion = 1.0\naliases = logins, lw\n',
        'scripts/main.zeek': '',
        'testing/tests/a.zeek': '',
      },
      place,
    );
    const { scripts, packages } = openScriptFolder(place);
    expect(scripts.map(({ name }) => name)).toEqual(['packages/login-watch/main.zeek']);
    expect(packages).toEqual([{ name: 'login-watch', version: '1.0', folders: ['login-watch', 'logins', 'lw'] }]);
  });

  test('has each script once, whatever links lead to it, and under its own path first', () => {
    const place = tree({ 'site/packages/ja3/ja3.zeek': '', 'elsewhere/mine/main.zeek': '' });
    symlinkSync('packages/ja3', join(place, 'site/ja3'));
    symlinkSync('..', join(place, 'site/packages/loop'));
    symlinkSync('nowhere', join(place, 'site/broken'));
    symlinkSync('../elsewhere/mine', join(place, 'site/mine'));
    const { scripts, notes } = openScriptFolder(join(place, 'site'));
    expect(scripts.map(({ name }) => name).sort()).toEqual(['mine/main.zeek', 'packages/ja3/ja3.zeek']);
    expect(notes).toEqual([]);
  });

  test('that is none is an error', () => {
    const place = tree({ 'notes.txt': '' });
    expect(() => openScriptFolder(place)).toThrow('holds neither Zeek scripts nor packages');
    expect(() => openScriptFolder(join(place, 'notes.txt'))).toThrow('holds neither Zeek scripts nor packages');
    expect(() => openScriptFolder(join(place, 'missing'))).toThrow('no such file or folder');
  });

  test('with a manifest that is none says so, and is read without', () => {
    const { scripts, packages, notes } = openScriptFolder(tree({ 'a.zeek': '', 'manifest.json': '{"x": [1,' }));
    expect(scripts).toHaveLength(1);
    expect(packages).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('is not a manifest of zkg')]);
  });
});

describe('zkg’s manifest', () => {
  test.each<[Record<string, unknown>, string | null]>([
    [TAGGED, 'v1.2.0'],
    [{ tracking_method: 'branch', current_version: 'main', current_hash: 'ab12cd34ef' }, 'main ab12cd3'],
    [{ tracking_method: 'commit', current_version: 'ab12cd34ef', current_hash: 'ab12cd34ef' }, 'ab12cd3'],
    [{}, null],
  ])('%j: version %s', (status, version) => {
    expect(readManifest(manifest(['a', status]))![0]!.version).toBe(version);
  });

  test('tells aliases', () => {
    const text = manifest(['a', TAGGED, { aliases: 'a b,c' }]);
    expect(readManifest(text)).toEqual([{ name: 'a', version: 'v1.2.0', folders: ['a', 'b', 'c'] }]);
  });

  test.each(['', '[]', '{}', 'null', '{"installed_packages": 1}'])('%s is none', (text) => {
    expect(readManifest(text)).toBeNull();
  });

  test('is read as far as it has names', () => {
    const odd = { installed_packages: [null, 1, {}, { package_dict: { name: 7 } }, { package_dict: { name: 'a' } }] };
    expect(readManifest(JSON.stringify(odd))).toEqual([{ name: 'a', version: null, folders: ['a'] }]);
  });
});

test('zkg.meta is read as Python’s configparser does', () => {
  const text = `# script_dir = no
[template]
script_dir = no
[package]
description = several
  lines: of it
Script_Dir : ./scripts/zeek/
aliases=a,
  b
; version = 3
`;
  expect(readMetadata(text)).toEqual({ scriptDir: 'scripts/zeek', aliases: ['a', 'b'], version: null });
  expect(readMetadata('[package]')).toEqual({ scriptDir: '', aliases: [], version: null });
});
