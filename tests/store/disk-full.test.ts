/** A disk without room, for real: a file system of some megabytes, which only root can mount. */

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { myStats } from '../cli/run.ts';
import { cluster, temporaryFolder, tsv, write } from './logs.ts';

const folder = temporaryFolder();
const disk = join(folder, 'disk');
mkdirSync(disk);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' }).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
});

test.runIf(mounted)('--db on a full disk is one line and exit code 2', async () => {
  const variables = Array.from({ length: 200 }, (_, i) => `M::v${i}`);
  const rows = cluster({
    nodes: ['a', 'b', 'c'],
    variables,
    runs: 400,
    size: (n, v, r) => (n * 7919 + v * 104_729 + r * 1_299_709) % 9_999_991,
  });
  const log = write(join(folder, 'my_stats.log'), tsv(rows));
  const { code, stdout, stderr } = await myStats(['top', '--db', join(disk, 'full.duckdb'), log]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^my-stats: [^\n]*full\.duckdb: there is no room left on the disk\.[^\n]*\n$/);
});

test.runIf(!mounted)('without the right to mount a file system, a full disk is not tested here', () => {
  console.warn('no file system could be mounted: the test of a full disk was skipped');
});
