/** A disk without room, for real: a file system of some megabytes. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROGRAM, run } from '../cli/run.ts';
import { needs, onSmallDisk } from '../support/needs.ts';
import { cluster, temporaryFolder, tsv, write } from './logs.ts';

test('an export on a full disk is one line and exit code 2', needs('the right to mount a file system'), async () => {
  const folder = temporaryFolder();
  const variables = Array.from({ length: 200 }, (_, i) => `M::v${i}`);
  const rows = cluster({
    nodes: ['a', 'b', 'c'],
    variables,
    runs: 400,
    size: (n, v, r) => (n * 7919 + v * 104_729 + r * 1_299_709) % 9_999_991,
  });
  const log = write(join(folder, 'my_stats.log'), tsv(rows));
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const command = [process.execPath, PROGRAM, 'export', '--format', 'csv', '-o', join(disk, 'full'), log];
  const { code, stdout, stderr } = await run('unshare', onSmallDisk(disk, 1, command));
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^my-stats: [^\n]*full: there is no room left on the disk\.[^\n]*\n$/);
});
