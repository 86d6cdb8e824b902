/** What must not change a judgement: quiet time before, fewer runs, another scale, several loggers, a process's end. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { judge } from '../../src/analysis/judge/judge.ts';
import type { Points } from '../../src/analysis/judge/points.ts';
import { growth } from '../../src/app/growth.ts';
import { NO_FILTERS } from '../../src/model/names.ts';
import { write } from '../store/logs.ts';
import { plainNode } from '../support/made-clusters.ts';
import { type MadeNode, madeLogs } from '../support/made-logs.ts';
import { Chance } from './recordings.ts';

/** A level for some hours, and then a line from it, with noise of a hundredth of the rise. */
function leak(seed: number, level: number, rise: number, quiet: number, grows: number): Points {
  const chance = new Chance(seed);
  const runs = Math.round((quiet + grows) * 30);
  const t = Array.from({ length: runs }, (_, i) => i / 30);
  const at = (hour: number) => level + (rise * Math.max(0, hour - quiet)) / grows + 0.01 * rise * chance.normal();
  return { t, y: t.map((hour) => Math.max(0, Math.round(at(hour)))) };
}

const LEAK = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  level: fc.integer({ min: 500, max: 50_000 }),
  quiet: fc.integer({ min: 0, max: 12 }),
  grows: fc.integer({ min: 2, max: 6 }),
});

function expectLeak(points: Points, rate: number, onset: number): void {
  const { verdict, perHour, since } = judge(points, 'entries');
  expect(verdict).toBe('growing');
  expect(Math.abs(perHour!.likely / rate - 1)).toBeLessThan(0.2);
  expect(Math.abs(since - onset)).toBeLessThan(0.08 * (points.t.at(-1)! - points.t[0]!) + 0.1);
}

describe('a leak is judged alike', () => {
  test('with quiet time before it, and with every second run left out', () => {
    fc.assert(
      fc.property(LEAK, ({ seed, level, quiet, grows }) => {
        const rise = 3 * level + 3000;
        const points = leak(seed, level, rise, quiet, grows);
        expectLeak(points, rise / grows, quiet);
        const half = (values: readonly number[]) => values.filter((_, i) => i % 2 === 0);
        expectLeak({ t: half(points.t), y: half(points.y) }, rise / grows, quiet);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  test('as a gauge of any unit, and at any time of the clock', () => {
    const scale = fc.constantFrom(1e-3, 1, 1024, 1e6);
    const shift = fc.integer({ min: 0, max: 48 });
    fc.assert(
      fc.property(LEAK, scale, shift, ({ seed, level, quiet, grows }, times, later) => {
        const points = leak(seed, level, 3 * level + 3000, quiet, grows);
        const other = { t: points.t.map((hour) => hour + later), y: points.y.map((value) => value * times) };
        const [one, two] = [judge(points, 'gauge'), judge(other, 'gauge')];
        expect([two.verdict, two.shape]).toEqual([one.verdict, one.shape]);
        expect(two.since - later).toBeCloseTo(one.since, 6);
        if (one.perHour !== null) expect(two.perHour!.likely / times).toBeCloseTo(one.perHour.likely, 3);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});

describe('logs tell of a leak alike', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'my-stats-judged-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  const GROWN = { by: 'variable', memory: null, limit: null, strict: true, since: null, until: null } as const;
  const judgeLogs = async (folder: string) => {
    const { series } = await growth({ ...GROWN, paths: [folder], filters: NO_FILTERS });
    return series.map(({ source, variable, trend, bytesPerHour }) => ({ source, variable, trend, bytesPerHour }));
  };
  /** A set that leaks from a quarter of the time on, and memory with it; at its end a process lets go of both. */
  const leakingNode = (exits: boolean): MadeNode => {
    const [runs, interval] = [240, 60];
    const lost = (age: number) => Math.max(0, age - (runs * interval) / 4) * 40;
    const node = plainNode('zeek', runs, interval, { extra: (age) => 112 * lost(age) });
    const isOver = (age: number) => exits && age > (runs - 1) * interval;
    const seen = { name: 'Site::seen', type: 'set[addr]', script: 'site/seen.zeek' };
    return {
      ...node,
      exits,
      gauges: (age) => ({ ...node.gauges(age), ...(isOver(age) ? { resident_memory: 90e6, connections: 0 } : {}) }),
      variables: [
        ...node.variables,
        {
          ...seen,
          at: (age) => {
            const entries = isOver(age) ? 400 : 3000 + lost(age);
            return { size: 3 * entries, entries };
          },
        },
      ],
    };
  };

  test('where several loggers share out the rows of a run', async () => {
    const whole = madeLogs(join(scratch, 'whole'), [leakingNode(false)]);
    const told = await judgeLogs(whole);
    expect(told.find(({ variable }) => variable === 'Site::seen')?.trend.verdict).toBe('growing');
    for (const loggers of [2, 3]) {
      const shared = join(scratch, `loggers-${loggers}`);
      mkdirSync(shared);
      for (const log of readdirSync(whole)) {
        const lines = readFileSync(join(whole, log), 'utf8').split('\n');
        for (let logger = 0; logger < loggers; logger++) {
          const own = lines.filter((line, i) => line.startsWith('#') || (i * i + 3 * i) % loggers === logger);
          write(join(shared, log.replace('.log', `-logger-${logger + 1}.log`)), `${own.join('\n')}\n`);
        }
      }
      expect(await judgeLogs(shared)).toEqual(told);
    }
  });

  test('where the last run is that of a process that ends', async () => {
    const told = await judgeLogs(madeLogs(join(scratch, 'ended'), [leakingNode(true)]));
    const trends = new Map(told.map(({ variable, trend }) => [variable, trend]));
    for (const name of ['Site::seen', 'resident_memory']) {
      expect(trends.get(name)).toMatchObject({ verdict: 'growing', shape: 'line' });
    }
    expect(trends.get('Site::seen')!.perHour!.likely / (40 * 3600)).toBeCloseTo(1, 1);
  });
});
