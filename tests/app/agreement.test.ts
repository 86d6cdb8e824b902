/** One verdict and one number for one thing: what two answers tell of the same node or variable is compared. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/app/doctor.ts';
import { growth } from '../../src/app/growth.ts';
import { findTimeLeft } from '../../src/model/answers/doctor.ts';
import { NO_FILTERS } from '../../src/model/names.ts';
import { temporaryFolder } from '../store/logs.ts';
import { factsOf } from '../support/facts.ts';
import { CLUSTER, HOST_BYTES, highWater, hostSet, plainNode } from '../support/made-clusters.ts';
import { BOOT, type MadeNode, madeLogs } from '../support/made-logs.ts';

const folder = temporaryFolder();
const LIMIT = 8e9;

const RECORDED = [
  'cluster-8.0.10',
  'collector-8.0.10-cluster',
  'collector-8.0.10-standalone',
  'standalone-8.0.10-origin-tsv',
  ...[
    'burst-of-services',
    'dce-rpc',
    'dns-lookups',
    'feed-shrinks',
    'http-pending',
    'intel-manager',
    'known-hosts',
  ].map((name) => `incidents/${name}`),
  ...['live-connections', 'logger-queue', 'pop3-lines', 'quiet-refill', 'quiet-restart', 'read-refreshed'].map(
    (name) => `incidents/${name}`,
  ),
].map((name) => `fixtures/${name}`);

function leaking(change: (life: MadeNode, i: number) => Partial<MadeNode>): MadeNode[] {
  return CLUSTER.map((node, i) => {
    const life = plainNode(node, 240, 60, { seed: i });
    const resident = highWater();
    const hosts = (age: number) => Math.max(0, age - 3600 * i) * 10;
    return {
      ...life,
      gauges: (age: number) => ({ ...life.gauges(age), resident_memory: resident(126e6 + hosts(age) * HOST_BYTES) }),
      variables: [...life.variables, hostSet('Site::seen', hosts)],
      ...change(life, i),
    };
  });
}

const MADE: Readonly<Record<string, readonly MadeNode[]>> = {
  'a leak that begins later on each node': leaking(() => ({})),
  'processes that have ended': leaking(() => ({ exits: true })),
  'a restart of all': [...leaking(() => ({})), ...leaking(() => ({ boot: BOOT + 20_000 }))],
};

async function expectAgreement(paths: readonly string[]): Promise<void> {
  const common = { paths, strict: true, since: null, until: null };
  const all = await growth({ ...common, by: 'variable', filters: NO_FILTERS, memory: LIMIT, limit: null });
  const told = await doctor({ ...common, nodes: [], scripts: [], memory: LIMIT });
  const seriesOf = (node: string, name: string) =>
    all.series.find((one) => one.node === node && one.variable === name && one.source !== 'process');
  for (const { evidence, kind, subject, nodes } of told.findings) {
    if (!/^(variable-grows|expiry-ineffective|variable-stepped|connection-grows)$/.test(kind)) continue;
    for (const node of nodes) {
      const { trend, measure, bytesPerHour, now } = seriesOf(node, subject!)!;
      expect([node, subject, trend.verdict]).toEqual([
        node,
        subject,
        kind === 'variable-stepped' ? 'stepped' : 'growing',
      ]);
      for (const row of evidence.filter((one) => one.node === node && one.what.startsWith(subject!))) {
        if (row.unit === 'bytes' && row.perHour !== null) expect(row.perHour).toBe(bytesPerHour!.likely);
        if (row.unit === 'entries' && row.perHour !== null && measure === 'entries')
          expect(row.perHour).toBeCloseTo(trend.perHour!.likely, 6);
        const isLatest = all.stretches.some((one) => one.node === node && one.judged && one.latest);
        if (row.unit === 'bytes' && isLatest) expect(row.last).toBeCloseTo(now.bytes!.likely, 0);
      }
    }
  }
  const named = new Set(told.findings.flatMap(({ subject, nodes }) => nodes.map((node) => `${node} ${subject}`)));
  for (const one of all.series) {
    const isTold =
      one.source !== 'process' && one.trend.verdict === 'growing' && !all.stopped.some(({ node }) => node === one.node);
    if (isTold && one.bytesPerHour !== null) expect(named).toContain(`${one.node} ${one.variable}`);
  }
  for (const verdict of told.nodes) {
    const node = all.nodes.find((one) => one.node === verdict.node);
    if (node === undefined || verdict.isEarlierLife) continue;
    if (node.residentMemory !== null) expect(node.residentMemory).toBe(verdict.account?.resident);
    expect(node.fillsPerHour).toEqual(verdict.fillsPerHour);
    const left = findTimeLeft(verdict);
    if (left !== null) expect(left).toEqual(node.timeLeft);
  }
  const soonest = all.sections.flatMap(({ rows }) => rows.map(({ hoursToLimit }) => hoursToLimit ?? Number.MAX_VALUE));
  expect(soonest).toEqual(soonest.toSorted((a, b) => a - b));
}

/** A budget for each variable, so that `check` tells its size. */
const BUDGET = join(folder, 'budgets.json');
writeFileSync(BUDGET, JSON.stringify({ variables: { '*': '1 B' } }));

async function expectNoContradiction(path: string): Promise<void> {
  const facts = await factsOf([path], LIMIT, BUDGET);
  expect(facts.contradictions).toEqual([]);
  expect(facts.count(4)).toBeGreaterThan(0);
}

describe('all answers tell the same of', () => {
  test.each(RECORDED)('%s', expectNoContradiction, 60_000);

  test.each(Object.entries(MADE))(
    '%s',
    async (name, lives) => {
      await expectNoContradiction(madeLogs(join(folder, `all ${name}`), lives));
    },
    60_000,
  );
});

describe('growth and doctor tell the same of', () => {
  test.each(RECORDED)('%s', async (path) => {
    await expectAgreement([path]);
  });

  test.each(Object.entries(MADE))('%s', async (name, lives) => {
    await expectAgreement([madeLogs(join(folder, name.replaceAll(' ', '-')), lives)]);
  });
});
