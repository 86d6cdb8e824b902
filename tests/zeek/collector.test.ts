/** The Zeek package on a real Zeek, where there is one: its btests, and its log read by this program. */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { myStats, ROOT } from '../cli/run.ts';
import { temporaryFolder } from '../store/logs.ts';
import { needs } from '../support/needs.ts';

const folder = temporaryFolder();

describe('the collector', needs('zeek'), () => {
  // Without input Zeek ends at once, and the collector measures once before it does.
  test.each([
    [[]],
    [['LogAscii::use_json=T']],
    [['LogAscii::use_json=T', 'LogAscii::json_timestamps=JSON::TS_ISO8601']],
  ])('writes what the program reads, with %j', async (settings) => {
    const script = join(folder, 'run.zeek');
    writeFileSync(
      script,
      `module Odd; export { global strange: table[string] of count = { ["a"] = 1 }; global text = /a\\tb|\\x01/; }
         redef my_stats::min_var_size_to_log = 0;`,
    );
    const zeek = spawnSync('zeek', [join(ROOT, 'scripts'), script, ...settings], { cwd: folder, encoding: 'utf8' });
    expect(zeek.stderr).not.toMatch(/error|warning/i);
    const { code, stdout, stderr } = await myStats([
      'top',
      '--strict',
      '--unit',
      'objects',
      '--by',
      'variable',
      '--module',
      'Odd',
      '--json',
      folder,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { sections, nodes } = JSON.parse(stdout);
    expect(nodes).toMatchObject([{ node: 'zeek' }]);
    const rows = sections.flatMap(({ unit, rows }: { unit: string; rows: { group: string }[] }) =>
      rows.map(({ group }) => [group, unit]),
    );
    expect(rows).toEqual([
      ['Odd::strange', 'objects'],
      ['Odd::text', 'characters'],
    ]);
    const runs = JSON.parse((await myStats(['runs', '--json', join(folder, 'cluster.log')])).stdout);
    expect(runs.rows).toMatchObject([{ node: 'zeek', source: 'cluster' }]);
  });

  test('passes its btests', { timeout: 480_000, ...needs('btest') }, () => {
    const { status, stdout, stderr } = spawnSync('btest', ['-c', 'btest.cfg'], {
      cwd: join(ROOT, 'testing'),
      encoding: 'utf8',
    });
    expect({ status, output: stdout + stderr }).toMatchObject({ status: 0 });
  });
});
