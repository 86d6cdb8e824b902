/** OpenMetrics by its own rules; the parsers of others are asked in tests/cli/export.test.ts. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InventoryResult } from '../../../src/model/answers/inventory.ts';
import { EMPTY_READING } from '../../../src/model/logged/reading.ts';
import type { MetricsResult } from '../../../src/model/metrics.ts';
import { openMetrics } from '../../../src/report/export/openmetrics.ts';
import { run } from '../../cli/run.ts';
import { needs } from '../../support/needs.ts';
import { DOCTOR, HOSTILE_DOCTOR } from '../doctor-samples.ts';
import { GROWTH, HOSTILE_GROWTH, NO_GROWTH } from '../growth-samples.ts';
import { TS } from '../samples.ts';
import { anyInventory, inventoryOf, SMALL } from './inventory.ts';

function metricsOf(inventory: InventoryResult, more: Partial<MetricsResult> = {}): MetricsResult {
  const growth = { ...NO_GROWTH, series: [] };
  return { inventory, growth, verdict: null, processes: [], reading: EMPTY_READING, ...more };
}

const DATED = { dated: true };

const WHOLE = metricsOf(SMALL, {
  growth: GROWTH,
  verdict: DOCTOR,
  processes: [
    {
      node: 'worker-1',
      ts: TS,
      boot: TS - 3600,
      gauges: { resident_memory: 486e6, swapped_memory: 0, duration: 0.0142 },
    },
  ],
});

test('a small cluster', async () => {
  await expect(openMetrics(WHOLE, DATED)).toMatchFileSnapshot('../../golden/export-openmetrics.txt');
});

test('nothing is still a file with an end', () => {
  expect(openMetrics(metricsOf(inventoryOf([])), DATED)).toMatch(
    /^# TYPE my_stats_log_skipped_rows gauge\n[\s\S]*\n# EOF\n$/,
  );
});

test('without times it is what a scrape takes, by the conventions', needs('promtool'), async () => {
  const hostile = metricsOf(SMALL, { growth: HOSTILE_GROWTH, verdict: HOSTILE_DOCTOR });
  for (const result of [WHOLE, hostile]) {
    const input = openMetrics(result, { dated: false });
    expect(await run('promtool', ['check', 'metrics'], { input })).toEqual({ code: 0, stdout: '', stderr: '' });
  }
});

test('of many variables those that grow and the largest have series; a module has all of them', () => {
  const [one] = SMALL.rows;
  const rows = Array.from({ length: 70 }, (_, i) => {
    const bytes = { low: 1, likely: 1000 + i, high: 9000 };
    return { ...one!, variable: `HostTracker::v${i}`, bytes };
  });
  const grows = { ...GROWTH.series[0]!, source: 'variable', node: one!.node, variable: 'HostTracker::v0' } as const;
  const text = openMetrics(metricsOf(inventoryOf(rows), { growth: { ...GROWTH, series: [grows] } }), { dated: false });
  expect(text.match(/^my_stats_variable_bytes\{/gm)).toHaveLength(50);
  expect(text).toMatch(/^my_stats_variable_bytes\{.*variable="HostTracker::v0"\} 1000$/m);
  expect(text).toMatch(/^my_stats_variable_bytes\{.*variable="HostTracker::v69"\} 1069$/m);
  expect(text).not.toContain('"HostTracker::v20"');
  expect(text).toMatch(/^my_stats_module_variables\{.*\} 70$/m);
  const all = rows.reduce((sum, { bytes }) => sum + bytes.likely, 0);
  expect(text).toMatch(new RegExp(`^my_stats_module_bytes\\{.*\\} ${all}$`, 'm'));
});

const SAMPLE = /^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (\S+) (\S+)$/;

test('is valid whatever the logs hold', () => {
  fc.assert(
    fc.property(anyInventory, (inventory) => {
      const hostile = { growth: HOSTILE_GROWTH, verdict: HOSTILE_DOCTOR };
      const text = openMetrics(metricsOf(inventory, hostile), DATED);
      expect(text.endsWith('# EOF\n')).toBe(true);
      const seen = new Set<string>();
      let family = '';
      for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
        const type = /^# TYPE (\S+) gauge$/.exec(line);
        if (type !== null) {
          // A family comes once, all of it together.
          expect(seen.has(type[1]!)).toBe(false);
          seen.add(type[1]!);
          family = type[1]!;
        } else if (line.startsWith('# UNIT ')) {
          const [, , name, unit] = line.split(' ');
          expect([name, name!.endsWith(`_${unit}`)]).toEqual([family, true]);
        } else if (!line.startsWith('# HELP ')) {
          const [, name, labels, value, time] = SAMPLE.exec(line)!;
          expect(name).toBe(family);
          expect(seen.has(`${name}{${labels}}`)).toBe(false);
          seen.add(`${name}{${labels}}`);
          expect(Number.isFinite(Number(value)) && Number.isFinite(Number(time))).toBe(true);
        }
      }
    }),
  );
});
