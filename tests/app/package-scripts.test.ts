/** Which assignments in a package's scripts take a declared expiry away. */

import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageScripts, replacements } from '../../src/app/source/scripts.ts';
import { findPackage } from '../../src/zeek/package.ts';

function replacedIn(text: string): Record<string, string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'my-stats-package-')));
  writeFileSync(join(folder, '__load__.zeek'), '@load ./main\n');
  writeFileSync(join(folder, 'main.zeek'), text);
  const found = replacements(
    packageScripts([findPackage(folder, () => [])]),
    (script) => script.split('/').at(-1) ?? null,
  );
  return Object.fromEntries(
    [...found].map(([name, { script, line, expiry }]) => [name, `${script}:${line} ${expiry}`]),
  );
}

const many = Array.from({ length: 60 }, (_, i) => `"name-${i}"`).join(', ');

test('an expiry is lost with a value made on the spot, kept by a copy of itself, and not known otherwise', () => {
  const found = replacedIn(`module Hosts;
global lost: set[addr] &create_expire=1min;
global copied: set[addr] &create_expire=1min;
global kept: set[string] &create_expire=1min;
global made: set[string] &create_expire=1min;
global both: set[string] &create_expire=1min;
global ::outside: set[string] &create_expire=1min;
event reset()
  {
  lost = set();
  copied = copy(copied);
  kept = set(${many}) &create_expire=1min;
  made = read_names();
  both = read_names();
  both = set();
  outside = set();
  }
`);
  expect(found).toEqual({
    'Hosts::lost': 'main.zeek:10 lost',
    'Hosts::made': 'main.zeek:13 unknown',
    'Hosts::both': 'main.zeek:15 lost',
    outside: 'main.zeek:16 lost',
  });
});
