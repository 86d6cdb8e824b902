import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LogStore } from '../../src/store/log-store.ts';
import { temporaryFolder, write } from './logs.ts';

const folder = temporaryFolder();

test.each([
  ['global_sizes() took 6.0 msecs 321.907043 usecs to run.', 0.006_321_907_043],
  ['my_stats took 250.5 usecs to run.', 0.000_250_5],
  ['global_container_footprints() took 2.0 secs 900.0 msecs 1.0 usecs to run.', 2.900_001],
  ['global_container_footprints() took 1.0 min 1.0 sec to run.', 61],
])('cluster.log: %s', async (message, seconds) => {
  const rows = [
    { ts: 1, node: 'a', message: 'got hello from manager (x)' },
    { ts: 2, node: '', message },
    { ts: 3, node: 'b', message: 'it took 5 to run.' },
  ];
  const log = write(join(folder, 'cluster.log'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const { source, rows: found } = await (await LogStore.open([log], 'measurements')).measurements();
  expect(source).toBe('cluster');
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ node: 'zeek', run: null });
  expect(found[0]!.duration).toBeCloseTo(seconds, 9);
});
