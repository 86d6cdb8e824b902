/** `--scripts`: what scripts at hand say of variables holds in every command that weighs them. */

import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../store/logs.ts';
import { myStats } from './run.ts';

/** A log cannot tell what opaque values were made with; the package that makes them can. */
const SAMPLES = `#fields\tts\trun\tnode\tmodule_name\tvariable\tsize\tunit\tentries
${[1, 2, 3, 4, 5, 6, 7, 8].map((run) => `${1000 + 60 * run}\t${run}\tzeek\tLookups\tLookups::names\t${9000 * run}\tobjects\t${1000 * run}`).join('\n')}
`;
const TYPES = `#fields\tts\tnode\tboot\tmodule_name\tvariable\tvar_type\tscript\texpiry
1000\tzeek\t900\tLookups\tLookups::names\ttable[addr] of opaque of cardinality\t./lookups/main.zeek\t-
`;
/** Seconds: of a log that was written just now, the last run might not be whole. */
const LONG_AGO = 2000;

let folder = '';
let bare: string[] = [];
let scripted: string[] = [];

beforeAll(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'logs'));
  mkdirSync(join(folder, 'lookups'));
  writeFileSync(join(folder, 'logs', 'my_stats.log'), SAMPLES);
  writeFileSync(join(folder, 'logs', 'my_stats_variable.log'), TYPES);
  writeFileSync(join(folder, 'lookups', '__load__.zeek'), '@load ./main\n');
  writeFileSync(
    join(folder, 'lookups', 'main.zeek'),
    `module Lookups;
global names: table[addr] of opaque of cardinality;
event new_connection(c: connection)
	{
	if ( c$id$orig_h !in names )
		names[c$id$orig_h] = hll_cardinality_init(0.01, 0.95);
	}
`,
  );
  for (const name of ['my_stats.log', 'my_stats_variable.log'])
    utimesSync(join(folder, 'logs', name), LONG_AGO, LONG_AGO);
  bare = [join(folder, 'logs')];
  scripted = ['--scripts', join(folder, 'lookups'), ...bare];
});

test.each([
  ['top', '--by', 'variable'],
  ['growth', '--all'],
  ['check', '--all', '--budget', 'BUDGET'],
  ['doctor', '--all'],
  ['explain', 'Lookups::names'],
  ['diff', '--by', 'variable', '--at', '1100', '--at', '1480'],
  ['export', '--format', 'csv'],
  ['export', '--format', 'openmetrics'],
  ['export', '--format', 'speedscope'],
  ['report'],
])('%s', async (...args) => {
  const budget = join(folder, 'my-stats.json');
  writeFileSync(budget, JSON.stringify({ variables: { 'Lookups::names': '1 kB' } }));
  const command = args.map((arg) => (arg === 'BUDGET' ? budget : arg));
  const json = ['export', 'report'].includes(command[0]!) ? [] : ['--json'];
  const [without, withScripts] = await Promise.all(
    [bare, scripted].map((given) => myStats([...command, ...json, ...given])),
  );
  expect(withScripts!.stderr).toBe(without!.stderr);
  expect(withScripts!.code).toBe(without!.code);
  expect(withScripts!.stdout).not.toBe('');
  expect(withScripts!.stdout).not.toBe(without!.stdout);
});
