/** Sites as they are: their packages, their collector, their data files; and all of it on a real Zeek, where there is one. */

import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ZeekPackage } from '../../src/model/package.ts';
import { placeDataFiles } from '../../src/zeek/data-files.ts';
import { unloadOthers } from '../../src/zeek/our-scripts.ts';
import { findPackage } from '../../src/zeek/package.ts';
import { findLoads, linkPackagePath, loadArguments } from '../../src/zeek/package-path.ts';
import { temporaryFolder } from '../store/logs.ts';
import { needs } from '../support/needs.ts';
import { byName, expectClean, profile, SLOW, TRACE } from './profiles.ts';

function made(files: Record<string, string>): string {
  const root = realpathSync(temporaryFolder());
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const found = (path: string): ZeekPackage => findPackage(path, () => []);

const ZKG = {
  'packages/__load__.zeek': '@load ./packages.zeek\n',
  'packages/packages.zeek': '# WARNING: This file is managed by zkg.\n@load ./hosts\n@load ./names\n',
  'packages/hosts/__load__.zeek': 'global hosts: set[addr];\n',
  'packages/names/__load__.zeek': 'global names: set[string];\n',
};

describe('what --load may name', () => {
  test.each([
    ['a site with a local.zeek', { 'local.zeek': '' }, '', 'local.zeek', ''],
    ["zkg's packages", ZKG, 'packages', 'packages', ''],
    [
      "zkg's state folder with scripts of its own",
      { 'manifest.json': '{"installed_packages":[]}', 'script_dir/packages/packages.zeek': '' },
      '',
      'packages',
      'script_dir',
    ],
  ])('%s', (_, files, wish, load, searched) => {
    const root = made(files as Record<string, string>);
    const { loads, searchPath } = findLoads([join(root, wish)]);
    expect(loadArguments(loads).map((path) => path.replace(`${root}/`, ''))).toEqual([load]);
    expect(searchPath).toEqual([join(root, searched).replace(/\/$/, '')]);
  });

  test("zkg's state folder where the scripts are in Zeek's: its clones, those that are there", () => {
    const packages = ['hosts', 'gone'].map((name) => ({ package_dict: { name }, status_dict: {} }));
    const root = made({
      'manifest.json': JSON.stringify({ installed_packages: packages }),
      'clones/package/hosts/zkg.meta': '[package]\n',
      'clones/package/hosts/__load__.zeek': '',
    });
    expect(loadArguments(findLoads([root]).loads)).toEqual([join(root, 'clones/package/hosts')]);
  });

  test('a name that Zeek finds is left to Zeek', () => {
    expect(findLoads(['packages', 'policy/tuning/json-logs'])).toEqual({
      loads: ['packages', 'policy/tuning/json-logs'],
      searchPath: [],
    });
  });
});

test('the packages of a site stay, but what is measured is not loaded by them', () => {
  const site = made(ZKG);
  const mine = made({ 'hosts/zkg.meta': '[package]\n', 'hosts/__load__.zeek': '' });
  const links = join(made({}), 'links');
  const measured = [found(join(mine, 'hosts'))];
  const { ZEEKPATH } = linkPackagePath(links, measured, measured, ['/zeek', site]);
  expect(ZEEKPATH).toBe(`.:${links}:/zeek:${site}`);
  expect(readdirSync(join(links, 'packages')).sort()).toEqual(['__load__.zeek', 'hosts', 'names', 'packages.zeek']);
  expect(realpathSync(join(links, 'packages/hosts'))).toBe(join(mine, 'hosts'));
  expect(readFileSync(join(links, 'packages/packages.zeek'), 'utf8')).not.toContain('hosts');
  expect(readFileSync(join(links, 'packages/packages.zeek'), 'utf8')).toContain('@load ./names');
});

test('a collector under any name is taken out, and scripts that only use its module are not', () => {
  const own = made({ 'my_stats.zeek': 'module my_stats;\nexport { option min_var_size_to_log = 1; }\n' });
  const site = made({
    'packages/watcher/scripts/main.zeek': '# kept\nmodule my_stats;\nexport {\n\toption min_var_size_to_log = 1;\n}\n',
    'packages/watcher/scripts/values/size.zeek': 'module my_stats;\n',
    'packages/watcher/scripts/other.zeek': 'module Other;\n',
    'tuning.zeek': 'module my_stats;\nredef min_var_size_to_log = 5;\n',
    'base/main.zeek': 'module my_stats;\nconst min_var_size_to_log = 1;\n',
  });
  const lines = unloadOthers([site, own, join(site, 'not-there')], own)
    .split('\n')
    .filter((line) => line !== '');
  expect(lines.sort()).toEqual([
    `@unload ${site}/packages/watcher/scripts/main.zeek`,
    `@unload ${site}/packages/watcher/scripts/values/size.zeek`,
  ]);
});

describe('data files', () => {
  const files = {
    'zkg.meta': '[package]\nscript_dir = scripts\n',
    'scripts/__load__.zeek':
      'event zeek_init() { f("names.dat"); f("lists/hosts.txt"); f("../../out.txt"); f("conn.log"); f("none.dat"); }\n',
    'data/names.dat': 'names',
    'data/deeper/names.dat': 'others',
    'data/lists/hosts.txt': 'hosts',
    'out.txt': 'outside',
    'testing/conn.log': 'a baseline',
    'unnamed.dat': '',
  };

  test('those that scripts name are where the run begins, the nearest ones first', () => {
    const folder = made({});
    placeDataFiles(folder, [found(made(files))], null);
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['lists', 'lists/hosts.txt', 'names.dat']);
    expect(readFileSync(join(folder, 'names.dat'), 'utf8')).toBe('names');
  });

  test('those of --cwd come first, without logs and what is hidden', () => {
    const folder = made({});
    const cwd = made({ 'names.dat': 'mine', 'feeds/a.txt': '', 'conn.log': '', '.git/x': '' });
    placeDataFiles(folder, [found(made(files))], cwd);
    expect(readFileSync(join(folder, 'names.dat'), 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'feeds/a.txt'))).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['feeds', 'lists', 'names.dat']);
  });

  test.each([
    ['a folder that is not there', '/no/such/folder', 'missing-path'],
    ['a file', join(made({ 'a.txt': '' }), 'a.txt'), 'not-a-folder'],
  ])('--cwd with %s is refused', (_, cwd, code) => {
    expect(() => placeDataFiles(made({}), [], cwd)).toThrow(expect.objectContaining({ code }));
  });
});

describe('profile on a site', { ...SLOW, ...needs('zeek') }, () => {
  test('a site with packages, settings and the collector under another name', async () => {
    const site = made({
      ...ZKG,
      'packages/packages.zeek': '@load ./watcher\n@load ./names\n',
      'packages/watcher/__load__.zeek':
        'module my_stats;\nexport { option min_var_size_to_log = 7; const run_interval = 1min &redef; global ran: set[addr]; }\n',
      'local.zeek': '@load packages\nredef my_stats::min_var_size_to_log = 5000;\n',
    });
    const { code, stdout, stderr } = await profile([
      join(site, 'packages/hosts'),
      '--load',
      site,
      '--pcap',
      TRACE,
      '--json',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { variables, with: run } = JSON.parse(stdout);
    expect(run.messages).toEqual([]);
    expect(Object.keys(byName(variables))).toEqual(['hosts']);
    expectClean();
  });

  test('a package finds its data files, and is said to lack those that are nowhere', async () => {
    const root = made({
      'zkg.meta': '[package]\nscript_dir = scripts\n',
      'data/names.dat': '#fields\tname\nalpha\nbeta\n',
      'scripts/__load__.zeek': `type Name: record { name: string; };
global names: set[string];
global others: set[string];
event zeek_init()
  {
  Input::add_table([$source="names.dat", $name="names", $idx=Name, $destination=names]);
  Input::add_table([$source="others.dat", $name="others", $idx=Name, $destination=others]);
  }
`,
    });
    const { stdout } = await profile([root, '--pcap', TRACE, '--json']);
    const { variables, with: run } = JSON.parse(stdout);
    expect(byName(variables).names!.final_entries).toBe(2);
    expect(run.missing_files).toEqual(['others.dat']);
    const { stdout: screen } = await profile([root, '--pcap', TRACE]);
    expect(screen).toContain('lacks others.dat: what the scripts would hold of it is not in the numbers.');
    const cwd = made({ 'others.dat': '#fields\tname\ngamma\n' });
    const { stdout: whole } = await profile([root, '--pcap', TRACE, '--json', '--cwd', cwd]);
    expect(byName(JSON.parse(whole).variables).others!.final_entries).toBe(1);
    expectClean();
  });

  test.each([
    ['named .bro', { '__load__.bro': 'global x: set[addr];\n' }, /named \.bro, which Zeek no longer reads/],
    [
      'failing when Zeek starts',
      {
        '__load__.zeek':
          'global t: table[count] of count;\nevent zeek_init() { print t[1]; Reporter::fatal("no disk"); }\n',
      },
      /no disk|no such index/,
    ],
  ])('one %s is told as such', async (_, files, said) => {
    const { code, stderr } = await profile([made(files as Record<string, string>), '--pcap', TRACE]);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
    expect(stderr).not.toContain('--parse-only');
    expectClean();
  });
});
