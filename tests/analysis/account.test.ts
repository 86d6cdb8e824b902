/** The parts of a process come to what it has, whatever the estimates say. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitInto } from '../../src/analysis/doctor/account.ts';
import { doctor } from '../../src/app/doctor.ts';
import type { DoctorResult } from '../../src/model/answers/doctor.ts';
import { temporaryFolder } from '../store/logs.ts';
import { CLUSTER, hostSet, plainNode } from '../support/made-clusters.ts';
import { madeLogs } from '../support/made-logs.ts';

const folder = temporaryFolder();
const INCIDENTS = 'fixtures/incidents';
const RECORDED = [
  'fixtures/cluster-8.0.10',
  'fixtures/collector-8.0.10-cluster',
  'fixtures/collector-8.0.10-standalone',
  ...readdirSync(INCIDENTS)
    .filter((name) => !name.includes('.'))
    .map((name) => `${INCIDENTS}/${name}`),
];

function examine(path: string): Promise<DoctorResult> {
  return doctor({ paths: [path], strict: true, nodes: [], scripts: [], since: null, until: null });
}

function expectSums({ nodes }: DoctorResult): void {
  for (const { account } of nodes) {
    if (account === null) continue;
    const { resident, parts, unexplained } = account;
    const ranges = [...parts.map(({ bytes }) => bytes), unexplained];
    for (const { low, likely, high } of ranges) {
      expect(low).toBeGreaterThanOrEqual(0);
      expect(likely).toBeGreaterThanOrEqual(low - 1);
      expect(high).toBeGreaterThanOrEqual(likely - 1);
      expect(likely).toBeLessThanOrEqual(resident + 1);
    }
    expect(Math.abs(ranges.reduce((sum, { likely }) => sum + likely, 0) - resident)).toBeLessThan(1);
  }
}

test.each(RECORDED)('%s: parts that add up', async (path) => {
  expectSums(await examine(path));
});

test('parts that add up, however memory, connections and variables go', async () => {
  let made = 0;
  const amount = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(amount, amount, amount, fc.boolean(), async (memory, entries, live, isLate) => {
      const lives = CLUSTER.slice(3).map((node) => {
        const life = plainNode(node, 40, 60, { connections: (age) => 5000 * live * (1 + age / 3600) });
        return {
          ...life,
          gauges: (age: number) => ({ ...life.gauges(age), resident_memory: 90e6 + memory * 1e5 * age }),
          variables: [...life.variables, hostSet('Site::seen', (age) => 1e6 * entries * (isLate ? age / 2400 : 1))],
        };
      });
      made++;
      expectSums(await examine(madeLogs(join(folder, String(made)), lives)));
    }),
    { numRuns: 15 },
  );
});

test('estimates are cut to a whole, each within its own range where they can be', () => {
  const bytes = fc.integer({ min: 0, max: 1e9 });
  const range = fc.tuple(bytes, bytes, bytes).map((three) => {
    const [low, likely, high] = three.sort((a, b) => a - b) as [number, number, number];
    return { low, likely, high };
  });
  fc.assert(
    fc.property(fc.array(range, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 3e9 }), (parts, whole) => {
      const fitted = fitInto(whole, parts);
      expect(fitted.reduce((sum, { likely }) => sum + likely, 0)).toBeLessThanOrEqual(whole * (1 + 1e-9) + 1);
      const canFit = parts.reduce((sum, { low }) => sum + low, 0) <= whole;
      for (const [i, { low, likely, high }] of fitted.entries()) {
        expect(low <= likely + 1 && likely <= high + 1).toBe(true);
        if (canFit) expect(low).toBe(parts[i]!.low);
        expect(likely).toBeLessThanOrEqual(parts[i]!.likely + 1);
      }
    }),
  );
});
