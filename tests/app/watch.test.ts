/** What is watched is what `top` tells of the same logs, however one looks at it. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { top } from '../../src/app/top.ts';
import { Watch, watched } from '../../src/app/watch.ts';
import type { TopPivot } from '../../src/model/answers/top.ts';
import type { WatchView } from '../../src/model/answers/watch.ts';
import { NO_FILTERS } from '../../src/model/names.ts';
import { type LogRow, temporaryFolder, tsv } from '../store/logs.ts';

const CLUSTER = 'fixtures/collector-8.0.10-cluster';
const QUESTION = { strict: true, filters: NO_FILTERS, packages: [] } as const;
const VIEW: WatchView = { by: 'module', unit: null, within: [], text: '', sort: 'size', isReversed: false };
const PIVOTS: readonly TopPivot[] = ['module', 'variable', 'node', 'package', 'script', 'type'];

async function look(paths: readonly string[], window = 600) {
  return new Watch({ ...QUESTION, paths, window }).look();
}

describe('the groups are those of top', async () => {
  const frame = await look([CLUSTER]);
  const asked = {
    ...QUESTION,
    scripts: [],
    at: null,
    since: null,
    until: null,
    sort: null,
    limit: null,
  };

  test.each(PIVOTS)('in bytes by %s', async (by) => {
    const { sections } = await top({ ...asked, paths: [CLUSTER], by, unit: 'bytes' });
    const answer = watched(frame, { ...VIEW, by });
    expect(answer.unit).toBe('bytes');
    const expected = sections[0]!.rows;
    expect(answer.groups.map(({ group }) => group)).toEqual(expected.map(({ group }) => group));
    for (const [i, { size, bytes, share, entries, variables, nodes, largestNode }] of expected.entries()) {
      const group = answer.groups[i]!;
      expect(group).toMatchObject({ entries, variables, nodes });
      expect(group.size).toBeCloseTo(size, 3);
      expect(group.share).toBeCloseTo(share, 9);
      expect(group.bytes!.low).toBeCloseTo(bytes!.low, 3);
      expect(group.largestNode.size).toBeCloseTo(largestNode.size, 3);
    }
    expect(answer.total!.size).toBeCloseTo(sections[0]!.total, 3);
  });

  test.each(['objects', 'characters'] as const)('in %s', async (unit) => {
    const { sections } = await top({ ...asked, paths: [CLUSTER], by: 'variable', unit: 'objects' });
    const answer = watched(frame, { ...VIEW, by: 'variable', unit });
    const { rows } = sections.find((section) => section.unit === unit)!;
    expect(answer.groups.map(({ group, size }) => [group, size])).toEqual(rows.map(({ group, size }) => [group, size]));
    expect(answer.units).toEqual(['bytes', 'objects', 'characters', 'entries']);
  });

  test('going into one leaves its parts, and nothing else', () => {
    const inside = watched(frame, { ...VIEW, by: 'node', within: [{ by: 'variable', group: 'HostTracker::seen' }] });
    const whole = watched(frame, { ...VIEW, by: 'variable' }).groups.find(
      ({ group }) => group === 'HostTracker::seen',
    )!;
    expect(inside.groups).toHaveLength(5);
    expect(inside.groups.reduce((sum, { size }) => sum + size, 0)).toBeCloseTo(whole.size, 3);
    expect(inside.total!.share).toBe(1);
  });

  test('names are found whatever their case, and what is left out is counted', () => {
    const answer = watched(frame, { ...VIEW, by: 'variable', text: 'TLDS_2' });
    expect(answer.groups.map(({ group }) => group)).toEqual(['DomainTLD::effective_tlds_2nd_level']);
    expect(answer.groups.length + answer.hidden).toBe(watched(frame, { ...VIEW, by: 'variable' }).groups.length);
  });

  test('what grows by 200 entries a second on each node grows so here', () => {
    const { groups } = watched(frame, { ...VIEW, by: 'variable', unit: 'entries', sort: 'growth' });
    expect(groups[0]!.group).toBe('HostTracker::seen');
    // The logger was restarted within the window, so what it had before is lost: four nodes and a part.
    expect(groups[0]!.perHour).toBeGreaterThan(4 * 200 * 3600 * 0.98);
    expect(groups[0]!.perHour).toBeLessThan(5 * 200 * 3600 * 1.02);
    const history = groups[0]!.history.filter((value) => value !== null);
    expect(history.at(-1)).toBe(groups[0]!.size);
    const quiet = groups.find(({ group }) => group === 'Steady::lookup')!;
    expect(quiet).toMatchObject({ change: 0, perHour: 0 });
  });
});

describe('looking again', () => {
  const folder = temporaryFolder();
  const log = join(folder, 'my_stats.log');
  const rows: LogRow[] = [];
  const run = (number: number, ts: number, size: number, node = 'worker-1') => {
    rows.push({ ts, run: number, node, variable: 'A::grows', size, unit: 'objects', entries: size / 4 });
    rows.push({ ts, run: number, node, variable: 'A::stays', size: 2000, unit: 'objects', entries: 500 });
    writeFileSync(log, tsv(rows, false));
  };

  test('adds what is new, and forgets what is older than the window', async () => {
    for (let i = 1; i <= 5; i++) run(i, 1000 + i * 10, i * 4000);
    const watch = new Watch({ ...QUESTION, paths: [folder], window: 60 });
    const grows = async () => {
      const frame = await watch.look();
      const { groups } = watched(frame, { ...VIEW, by: 'variable' });
      return { ...groups.find(({ group }) => group === 'A::grows')!, points: frame.rows[0]!.history.length };
    };
    // The last run may still be written.
    expect(await grows()).toMatchObject({ size: 16_000, change: 12_000, perHour: 1_440_000, points: 4 });
    // Nothing new: nothing changes.
    expect(await grows()).toMatchObject({ size: 16_000, change: 12_000, points: 4 });
    for (let i = 6; i <= 12; i++) {
      run(i, 1000 + i * 10, i * 4000);
      await grows();
    }
    // Sixty seconds are seven runs, the first and the last among them.
    expect(await grows()).toMatchObject({ size: 44_000, change: 24_000, points: 7 });
  });

  test('a node that stopped is named, and no longer counted', async () => {
    const watch = new Watch({ ...QUESTION, paths: [folder], window: 600 });
    run(1, 1125, 4000, 'worker-2');
    expect((await watch.look()).nodes.map(({ node }) => node)).toEqual(['worker-1', 'worker-2']);
    for (let i = 13; i <= 40; i++) run(i, 1000 + i * 10, i * 4000);
    const frame = await watch.look();
    expect(frame.nodes.map(({ node }) => node)).toEqual(['worker-1']);
    expect(frame.stopped).toEqual([{ node: 'worker-2', lastSeen: 1125 }]);
  });

  test('what becomes known of a type holds for what was measured before, too', async () => {
    const log = join(folder, 'my_stats_variable.log');
    const header = '#separator \\x09\n#unset_field\t-\n#path\tmy_stats_variable\n';
    const fields = '#fields\tts\tnode\tboot\tmodule_name\tvariable\tvar_type\n';
    const types = '#types\ttime\tstring\ttime\tstring\tstring\tstring\n';
    const described = (variable: string) => `1000\tworker-1\t1000\tA\t${variable}\ttable[addr] of count\n`;
    writeFileSync(log, `${header}${fields}${types}${described('A::grows')}`);
    for (let i = 41; i <= 43; i++) run(i, 1000 + i * 10, 8000);
    const watch = new Watch({ ...QUESTION, paths: [folder], window: 600 });
    const stays = async () => {
      const { groups } = watched(await watch.look(), { ...VIEW, by: 'variable', unit: 'bytes' });
      return groups.find(({ group }) => group === 'A::stays')!;
    };
    const guessed = await stays();
    writeFileSync(log, `${header}${fields}${types}${described('A::grows')}${described('A::stays')}`);
    const known = await stays();
    expect(known.size).not.toBeCloseTo(guessed.size, 0);
    expect(known.change).toBe(0);
    expect(new Set(known.history.filter((value) => value !== null)).size).toBe(1);
  });
});
