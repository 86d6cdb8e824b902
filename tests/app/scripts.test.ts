import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { readScripts } from '../../src/app/source/scripts.ts';
import { openAttribution } from '../../src/app/source/weigher.ts';
import { temporaryFolder } from '../store/logs.ts';

function write(root: string, path: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), bytes);
}

it('finds where a variable is declared, by any path of its script', () => {
  const prefix = temporaryFolder();
  write(prefix, 'share/zeek/base/protocols/x/main.zeek', 'module X;\nexport { global ports: set[port] &redef; }\n');
  const spool = 'spool/installed-scripts-do-not-touch/site';
  write(prefix, `${spool}/local.zeek`, '\nglobal mine: set[addr] &create_expire=5min;\n');
  write(prefix, `${spool}/packages/lw/main.zeek`, 'module LW;\n\n\nglobal hosts: set[addr];\n');
  write(
    prefix,
    'var/lib/zkg/manifest.json',
    JSON.stringify({
      installed_packages: [
        { package_dict: { name: 'lw' }, status_dict: { tracking_method: 'version', current_version: '2.0' } },
      ],
    }),
  );
  for (const folder of [prefix, join(prefix, spool)]) {
    const attributor = openAttribution({ loadedScripts: [] }, readScripts([folder]));
    const attribute = (variable: string, script: string | null) =>
      attributor.attribute({ variable, moduleName: variable.split('::')[0]!, script, expiry: null });
    const hosts = { package: 'lw', version: '2.0', script: 'packages/lw/main.zeek', line: 4 };
    expect(attribute('LW::hosts', `opt/zeek/${spool}/packages/lw/main.zeek`)).toMatchObject(hosts);
    expect(attribute('LW::hosts', 'packages/lw/main.zeek')).toMatchObject({ ...hosts, evidence: 'script' });
    expect(attribute('LW::hosts', null)).toMatchObject({ ...hosts, evidence: 'declaration' });
    // zkg links `site/lw` to `site/packages/lw`.
    expect(attribute('LW::hosts', `opt/zeek/${spool}/lw/main.zeek`)).toMatchObject(hosts);
    expect(attribute('mine', 'local.zeek')).toMatchObject({ package: 'local', line: 2, expiry: '&create_expire=5min' });
  }
  const { declarations } = readScripts([prefix]);
  expect(declarations).toHaveLength(3);
});

it('says which scripts are odd, and reads the others', () => {
  const place = temporaryFolder();
  write(place, 'a.zeek', Buffer.from('global größe: count;', 'latin1'));
  write(place, 'b.zeek', 'global x: set[addr] = {\n');
  write(place, 'c.zeek', 'global fine: set[addr];\n');
  const { scripts, declarations, notes } = readScripts([place]);
  expect(scripts).toBe(3);
  expect(declarations.map(({ variable }) => variable)).toContain('fine');
  expect(notes.map((note) => note.replace(place, ''))).toEqual([
    '/a.zeek is not UTF-8, and was read as Latin-1',
    expect.stringMatching(/^\/a\.zeek:1: cannot be read at ö/),
    '/b.zeek:1: does not end',
  ]);
});
