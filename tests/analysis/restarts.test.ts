/** Lives of a process are judged together: what a restart cuts off, empties or leaves as it was. */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/app/doctor.ts';
import { growth } from '../../src/app/growth.ts';
import { NO_FILTERS } from '../../src/model/names.ts';
import { temporaryFolder } from '../store/logs.ts';
import { DAY, HOST_BYTES, highWater, hostSet, noise, plainNode } from '../support/made-clusters.ts';
import { BOOT, type MadeNode, madeLogs } from '../support/made-logs.ts';

const folder = temporaryFolder();
const HOUR = 3600;
const INTERVAL = 300;
const NAME = 'Site::seen';
let made = 0;

/** A worker that is restarted each time a life is over; what `Site::seen` holds by the age of the process and its life. */
function worker(hours: readonly number[], entries: (age: number, life: number) => number): MadeNode[] {
  let boot = BOOT;
  return hours.map((long, i) => {
    const runs = Math.floor((long * HOUR) / INTERVAL);
    const life = plainNode('worker-1', runs, INTERVAL, { seed: i + 1 });
    const resident = highWater();
    const now = { ...life, boot, exits: true };
    boot += long * HOUR + 60;
    return {
      ...now,
      gauges: (age: number) => ({
        ...life.gauges(age),
        resident_memory: resident(126e6 + entries(age, i) * HOST_BYTES),
      }),
      variables: [...life.variables, hostSet(NAME, (age) => Math.max(400, entries(age, i)))],
    };
  });
}

async function told(lives: readonly MadeNode[]) {
  made++;
  const paths = [madeLogs(join(folder, String(made)), lives)];
  const common = { paths, strict: true, since: null, until: null };
  const all = await growth({ ...common, by: 'variable', filters: NO_FILTERS, memory: null, limit: null });
  const { findings } = await doctor({ ...common, nodes: [], scripts: [] });
  const { trend } = all.series.find(({ variable }) => variable === NAME)!;
  return { trend, findings: findings.filter(({ kind }) => kind !== 'node-restarts') };
}

/** Start of a life, seconds since the epoch. */
const startOf = (hours: readonly number[], life: number) => {
  return BOOT + hours.slice(0, life).reduce((sum, long) => sum + long * HOUR + 60, 0);
};

describe('a leak that a restart cuts off each night', () => {
  const NIGHTS = [24, 24, 24, 24];

  test.each([0.75, 2, 6, 12])('is told %f h after the last one', async (last) => {
    const random = noise(3);
    const leak = (age: number) => 2 * age + 2000 * (1 + random());
    const { trend, findings } = await told(worker([...NIGHTS, last], leak));
    expect(trend).toMatchObject({ verdict: 'growing', restarts: 4 });
    expect(Math.abs(trend.perHour!.likely / (2 * HOUR) - 1)).toBeLessThan(0.2);
    expect(Math.abs(trend.since - BOOT)).toBeLessThan(3 * HOUR);
    expect(findings.map(({ kind, subject }) => [kind, subject])).toEqual([['variable-grows', NAME]]);
  });

  test('that began in the third night', async () => {
    const hours = [...NIGHTS, 3];
    const random = noise(5);
    const leak = (age: number, life: number) => 3000 * (1 + 0.05 * random()) + (life < 2 ? 0 : age);
    const { trend } = await told(worker(hours, leak));
    expect(trend).toMatchObject({ verdict: 'growing', restarts: 2 });
    expect(Math.abs(trend.since - startOf(hours, 2))).toBeLessThan(3 * HOUR);
  });

  test('is over where the new life is long enough to tell', async () => {
    const leak = (age: number, life: number) => (life < 4 ? 2 * age : 0) + 2000;
    const { trend, findings } = await told(worker([...NIGHTS, 3], leak));
    expect(trend).toMatchObject({ verdict: 'fine', restarts: 0 });
    expect(findings).toEqual([]);
  });

  test('outside scripts is told by the life before, while the last is short', async () => {
    const lives = worker([24, 24, 1], () => 500).map((life) => {
      const random = noise(9);
      const memory = (age: number) => 126e6 + 1500 * age + 2e6 * random();
      return { ...life, gauges: (age: number) => ({ ...life.gauges(age), resident_memory: memory(age) }) };
    });
    const { findings } = await told(lives);
    expect(findings.map(({ kind, nodes }) => [kind, nodes])).toEqual([['outside-scripts', ['worker-1']]]);
  });
});

describe('a table that fills again after each restart', () => {
  test.each([0.5, 1, 2, 5, 20])('is no growth %f h after it', async (last) => {
    const random = noise(7);
    const fills = (age: number) => 60_000 * (1 - Math.exp(-age / (1.5 * HOUR))) * (1 + 0.01 * random());
    const { trend, findings } = await told(worker([24, 24, last], fills));
    expect(trend.verdict).not.toBe('growing');
    expect(findings).toEqual([]);
  });

  test('leaks where it goes on beyond where it stopped', async () => {
    const fills = (age: number) => 60_000 * (1 - Math.exp(-age / HOUR));
    const { trend } = await told(worker([24, 24, 20], (age, life) => fills(age) + (life < 2 ? 0 : age)));
    expect(trend.verdict).toBe('growing');
  });
});

test('what is loaded again as it was is one series over all restarts', async () => {
  const random = noise(11);
  const kept = (age: number, life: number) => 100_000 + (life * DAY + age) / 10 + 300 * random();
  const { trend } = await told(worker([24, 24, 24, 24, 24, 6], kept));
  expect(trend).toMatchObject({ verdict: 'growing', restarts: 5 });
  expect(Math.abs(trend.perHour!.likely / 360 - 1)).toBeLessThan(0.2);
});

test.each([0, 12])('a restart %i h before a leak changes nothing', async (quiet) => {
  const random = noise(13);
  const leak = (age: number) => 5000 * (1 + 0.02 * random()) + Math.max(0, age - quiet * HOUR) / 2;
  const alone = await told(worker([quiet + 8], leak));
  const after = await told(worker([10, quiet + 8], (age, life) => (life === 0 ? 9000 + 90 * random() : leak(age))));
  const [one, two] = [alone.trend, after.trend];
  expect([two.verdict, two.restarts]).toEqual([one.verdict, 0]);
  expect(Math.abs(two.perHour!.likely / one.perHour!.likely - 1)).toBeLessThan(0.1);
  expect(Math.abs(two.since - (10 * HOUR + 60) - one.since)).toBeLessThan(0.05 * (quiet + 8) * HOUR);
});
