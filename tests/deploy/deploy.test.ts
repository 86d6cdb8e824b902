/** What is in deploy/, as far as the programs it is for are here. */

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { metrics } from '../../src/app/metrics.ts';
import { openMetrics } from '../../src/report/export/openmetrics.ts';
import { cleanEnv, ROOT, run } from '../cli/run.ts';
import { temporaryFolder } from '../store/logs.ts';
import { hostSet, plainNode } from '../support/made-clusters.ts';
import { BOOT, madeLogs } from '../support/made-logs.ts';
import { needs } from '../support/needs.ts';
import { type Prometheus, prometheusWith } from '../support/prometheus.ts';

const DEPLOY = join(ROOT, 'deploy');

describe('Prometheus', needs('promtool'), () => {
  test('takes the configuration', async () => {
    for (const file of ['prometheus/prometheus.yml', 'demo/prometheus.yml']) {
      // The rules of the demo are mounted beside its configuration.
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'rules.yml'), readFileSync(join(DEPLOY, 'prometheus/rules.yml')));
      writeFileSync(join(folder, 'prometheus.yml'), readFileSync(join(DEPLOY, file)));
      expect(await run('promtool', ['check', 'config', 'prometheus.yml'], { cwd: folder })).toMatchObject({ code: 0 });
    }
  });

  test('records and alerts as its rules are meant to', async () => {
    const outcome = await run('promtool', ['test', 'rules', 'rules.test.yml'], { cwd: join(DEPLOY, 'prometheus') });
    expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining('SUCCESS') });
  });

  test('every alert has a test', () => {
    const names = (file: string, pattern: RegExp) =>
      new Set([...readFileSync(join(DEPLOY, 'prometheus', file), 'utf8').matchAll(pattern)].map(([, name]) => name));
    const alerts = names('rules.yml', /- alert: (\w+)/g);
    expect(alerts.size).toBeGreaterThan(5);
    expect(names('rules.test.yml', /alertname: (\w+)/g)).toEqual(alerts);
  });
});

interface Target {
  readonly expr: string;
}

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly targets?: readonly Target[];
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query: { readonly query: string };
}

describe('the dashboard', needs('prometheus'), () => {
  const { panels, templating } = JSON.parse(readFileSync(join(DEPLOY, 'grafana/my-stats.json'), 'utf8')) as {
    readonly panels: readonly Panel[];
    readonly templating: { readonly list: readonly Variable[] };
  };
  let prometheus: Prometheus;
  let now = 0;

  beforeAll(async () => {
    const folder = temporaryFolder();
    const sensors = ['eu-1', 'eu-2'].map((sensor, i) => {
      const plain = plainNode('worker-1', 300, 60, { extra: (age) => 2500 * age });
      const gauges = (age: number) => ({ ...plain.gauges(age), memory_limit: 1e9, longest_pause: 0.002 });
      const grows = hostSet('Tracker::seen', (age) => 10 * age);
      return madeLogs(join(folder, sensor), [
        { ...plain, boot: BOOT + i, gauges, variables: [...plain.variables, grows] },
      ]);
    });
    const result = await metrics({ paths: sensors });
    now = result.growth.to;
    prometheus = await prometheusWith(openMetrics(result, { dated: true }));
  });

  const queries = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const));

  test.each(queries)('%s: %s', async (_, expr) => {
    const query = expr.replace(/\$\w+/g, '.*');
    expect(query).not.toContain('$');
    const { result } = (await prometheus.ask('query', { query, time: String(now) })) as { result: unknown[] };
    expect(result.length).toBeGreaterThan(0);
  });

  test('has choices for each of its variables', async () => {
    const asked = templating.list.filter(({ type }) => type === 'query');
    expect(asked.map(({ name }) => name)).toEqual(['sensor', 'node', 'package', 'variable']);
    for (const { query } of asked) {
      const [, series, label] = /^label_values\((.*), (\w+)\)$/.exec(query.query)!;
      const match = series!.replace(/\$\w+/g, '.*');
      const values = await prometheus.ask(`label/${label}/values`, { 'match[]': match });
      expect(values).not.toEqual([]);
    }
    const shown = new Set(queries.flatMap(([, expr]) => [...expr.matchAll(/\$(\w+)/g)].map(([, name]) => name)));
    expect(shown).toEqual(new Set(asked.map(({ name }) => name)));
  });
});

test('the demo: an alert for a recorded incident', { timeout: 120_000, ...needs('prometheus') }, async () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(DEPLOY, 'demo.mjs'), '--once', join(ROOT, 'fixtures/incidents/known-hosts')],
    { env: cleanEnv(), encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('\nZeekVariableOutlivesItsExpiry: Known::hosts grows past its expiry on zeek of demo\n');
});

describe('the unit for systemd', needs('systemd-analyze'), () => {
  const unit = join(DEPLOY, 'my-stats.service');

  test('is one', async () => {
    const { code, stderr } = await run('systemd-analyze', ['verify', unit]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('is locked down', async () => {
    const security = ['security', '--offline=true', '--threshold=15', unit];
    expect(await run('systemd-analyze', security)).toMatchObject({ code: 0 });
  });
});
