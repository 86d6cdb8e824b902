/** What is kept of single logs: with it, with some of it, and with what is damaged of it, answers are those without. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_FILTERS } from '../../src/model/names.ts';
import { CacheFolder } from '../../src/store/cache/cache-folder.ts';
import { ClosedLogs } from '../../src/store/cache/closed-logs.ts';
import { LogStore } from '../../src/store/log-store.ts';
import { arrangements, recordedLogs, writeArranged } from '../support/rearranged-logs.ts';
import { temporaryFolder } from './logs.ts';

const folder = temporaryFolder();
const LOGS = recordedLogs('fixtures/collector-8.0.10-cluster');

type Compressed = 'all' | 'none' | 'first';

/** The logs as they were arranged, compressed by a rotation that may not have come to all of them. */
function write(arrangement: Parameters<typeof writeArranged>[2], which: Compressed): string {
  const place = writeArranged(mkdtempSync(join(folder, 'logs-')), LOGS, arrangement);
  const plain = readdirSync(place).filter((name) => name.startsWith('my_stats.') && name.endsWith('.log'));
  for (const name of plain.slice(0, which === 'all' ? plain.length : which === 'first' ? 1 : 0)) {
    writeFileSync(join(place, `${name}.gz`), gzipSync(readFileSync(join(place, name))));
    utimesSync(join(place, `${name}.gz`), 1000, 1000);
    rmSync(join(place, name));
  }
  return place;
}

async function seriesOf(logs: string, cache: string | null, since: number | null, until: number | null) {
  const closed = cache === null ? null : new ClosedLogs(new CacheFolder(cache), 0);
  const store = await LogStore.open([logs], 'processes', {}, closed);
  const answer = await store.series({ filters: NO_FILTERS, since, until });
  return JSON.stringify(answer, (_, value) =>
    ArrayBuffer.isView(value) ? Array.from(value as Float64Array, String) : value,
  );
}

/** Of what is kept, some is gone, and some is not what it was. */
function harm(cache: string, seed: number): void {
  readdirSync(cache).forEach((name, i) => {
    const path = join(cache, name);
    const harmed = (seed + i) % 4;
    if (harmed === 0) rmSync(path);
    if (harmed === 1) writeFileSync(path, readFileSync(path).subarray(0, 100), { mode: 0o600 });
    if (harmed === 2) writeFileSync(path, readFileSync(path).fill(seed, 40, 44), { mode: 0o600 });
  });
}

const FIRST = 1_795_558_228;
const LAST = 1_795_558_933;
const spans = fc.tuple(
  fc.option(fc.integer({ min: FIRST - 100, max: LAST })),
  fc.option(fc.integer({ min: FIRST, max: LAST + 100 })),
);

test('answers are those of logs that are read anew', async () => {
  await fc.assert(
    fc.asyncProperty(
      arrangements,
      fc.constantFrom<Compressed>('all', 'none', 'first'),
      fc.array(spans, { minLength: 1, maxLength: 3 }),
      fc.nat({ max: 255 }),
      async (arrangement, compressed, asked, seed) => {
        const logs = write(arrangement, compressed);
        const cache = mkdtempSync(join(folder, 'cache-'));
        for (const [since, until] of [[null, null] as const, ...asked]) {
          const anew = await seriesOf(logs, null, since, until);
          expect(await seriesOf(logs, cache, since, until)).toBe(anew);
          expect(await seriesOf(logs, cache, since, until)).toBe(anew);
          harm(cache, seed);
          expect(await seriesOf(logs, cache, since, until)).toBe(anew);
        }
      },
    ),
    { numRuns: 8 },
  );
}, 240_000);

test('what was found in a log is used for others as well', async () => {
  const logs = write({ order: 'as-written', files: 4, dealt: false, doubled: false, beside: false, seed: 1 }, 'all');
  const cache = mkdtempSync(join(folder, 'cache-'));
  await seriesOf(logs, cache, null, null);
  const before = readdirSync(cache).length;
  expect(before).toBeGreaterThanOrEqual(4);
  await seriesOf(logs, cache, FIRST - 1000, LAST + 1000);
  expect(readdirSync(cache)).toHaveLength(before);
});
