import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LogStore } from '../../src/store/log-store.ts';
import { openLog } from '../../src/store/reading/log-file.ts';
import { temporaryFolder, tsv } from './logs.ts';

const HEADER = '#separator \\x09\n#path\tloaded_scripts\n#open\tDAY\n#fields\tname\n#types\tstring\n';

function logs(): string {
  const place = temporaryFolder();
  const sample = { ts: 1795491844, run: 1, node: 'n', variable: 'A::seen', size: 2000, unit: 'objects', entries: 500 };
  writeFileSync(join(place, 'my_stats.log'), tsv([sample]));
  const scripts = ['/z/base/init-bare.zeek', '  /z/base/bif/types.bif.zeek', '    /s/site/a\\x09b.zeek'];
  writeFileSync(join(place, 'loaded_scripts.log'), `${HEADER}${scripts.join('\n')}\n`);
  const later = [scripts[0], '/s/site/new.zeek'];
  writeFileSync(join(place, 'loaded_scripts.later.log'), `${HEADER.replace('DAY', 'NEXT')}${later.join('\n')}\n`);
  const json = [{ name: '  /s/site/json.zeek' }, { name: '/z/base/init-bare.zeek', _node: 'x' }];
  writeFileSync(join(place, 'loaded_scripts.third.log'), json.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return place;
}

it('tells the scripts of all logs, each once', async () => {
  const place = logs();
  const wanted = new Set([
    '/z/base/init-bare.zeek',
    '/z/base/bif/types.bif.zeek',
    '/s/site/a\tb.zeek',
    '/s/site/new.zeek',
    '/s/site/json.zeek',
  ]);
  const fromLogs = (await (await LogStore.open([place])).knowledge()).knowledge.loadedScripts;
  expect(fromLogs).toHaveLength(wanted.size);
  expect(new Set(fromLogs)).toEqual(wanted);
});

it('does not take another log for it that has a column of that name', async () => {
  const file = join(temporaryFolder(), 'software.log');
  writeFileSync(file, '{"ts":1.0,"name":"OpenSSH"}\n');
  expect(await openLog(file)).toEqual({ state: 'other', name: null });
});
