/** Clocks that are wrong: the answer is that of the others, and the odd one is named. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diff, doctor, growth, runs, top } from '../../src/app/index.ts';
import { temporaryFolder } from '../store/logs.ts';
import { BOOT, type MadeNode, madeLogs } from '../support/made-logs.ts';

const folder = temporaryFolder();
const RUNS = 30;
const END = BOOT + 10 + (RUNS - 1) * 60;

function nodeOf(node: string, ahead = 0): MadeNode {
  return {
    node,
    boot: BOOT + ahead,
    runs: RUNS,
    gauges: (age) => ({ resident_memory: 3e8 + age * 1e3, variables_logged: 2, duration: 0.05 }),
    variables: [
      { name: 'Leaky::seen', type: 'table[addr] of count', at: (age) => ({ size: 40 * age, entries: 10 * age }) },
      { name: 'Known::hosts', type: 'set[addr]', at: () => ({ size: 2000, entries: 1000 }) },
    ],
  };
}

/** The logs of two nodes, with other times in the rows of the second. */
function withTimes(name: string, timeOf: (ts: number, run: number) => number): string {
  const logs = madeLogs(join(folder, name), [nodeOf('worker-1'), nodeOf('worker-2')]);
  for (const file of readdirSync(logs)) {
    if (file === 'my_stats_variable.log') continue;
    const lines = readFileSync(join(logs, file), 'utf8').split('\n');
    const moved = lines.map((line) => {
      const [ts, run, node, ...rest] = line.split('\t');
      if (node !== 'worker-2') return line;
      return [timeOf(Number(ts), Number(run)).toFixed(6), run, node, ...rest].join('\t');
    });
    writeFileSync(join(logs, file), moved.join('\n'));
  }
  return logs;
}

const right = madeLogs(join(folder, 'right'), [nodeOf('worker-1'), nodeOf('worker-2')]);
const sizes = async (paths: string[], span: { at?: string; since?: string } = {}) => {
  const { sections } = await top({ paths, by: 'variable', ...span });
  return sections.flatMap(({ rows }) => rows.map(({ group, size }) => [group, Math.round(size)]));
};

describe.each<[string, string, RegExp]>([
  [
    'a first run a year ahead',
    withTimes('ahead', (ts, run) => (run === 1 ? ts + 365 * 86_400 : ts)),
    /worker-2 has runs stamped as late as 2027/,
  ],
  [
    'a first run in 1970',
    withTimes('unset', (ts, run) => (run === 1 ? 12.5 : ts)),
    /worker-2 has runs stamped as early as 1970/,
  ],
  [
    'two hours ahead',
    madeLogs(join(folder, 'two-ahead'), [nodeOf('worker-1'), nodeOf('worker-2', 7200)]),
    /clock of worker-2 is 2 h ahead/,
  ],
  [
    'set back by ten minutes half way',
    withTimes('back', (ts, run) => (run > RUNS / 2 ? ts - 600 : ts)),
    /clock of worker-2 is 10 min behind/,
  ],
  [
    'set ahead by ten minutes half way',
    withTimes('leap', (ts, run) => (run > RUNS / 2 ? ts + 600 : ts)),
    /clock of worker-2 is 10 min ahead/,
  ],
  ['fast by a fifth', withTimes('fast', (ts, run) => ts + 12 * (run - 1)), /clock of worker-2 is 5.8 min ahead/],
  [
    'a run in 2038 among the others',
    withTimes('once', (ts, run) => (run === 7 ? 2 ** 31 - 1.5 : ts)),
    /^worker-2 has runs stamped as late as 2038[^\n]*$/,
  ],
])('%s', (_, logs, note) => {
  test('hides nothing that is held now', async () => {
    expect(await sizes([logs])).toEqual(await sizes([right]));
    expect((await top({ paths: [logs] })).reading.notes.join('\n')).toMatch(note);
  });

  test('does not change what the last minutes hold', async () => {
    expect(await sizes([logs], { since: '-10m' })).toEqual(await sizes([right], { since: '-10m' }));
  });

  test('leaves both nodes on both sides of a comparison', async () => {
    const sides = { kind: 'times', before: '-10m', after: '-0s' } as const;
    const { before, after } = await diff({ paths: [logs], sides });
    expect([before.nodes.length, after.nodes.length]).toEqual([2, 2]);
  });

  test('is no time of an answer', async () => {
    for (const answer of [await growth({ paths: [logs] }), await doctor({ paths: [logs] })]) {
      expect(answer.from).toBeGreaterThan(BOOT);
      expect(answer.to).toBeLessThan(END + 60);
      expect(answer.reading.notes.join('\n')).toMatch(note);
    }
    const told = await runs({ paths: [logs] });
    expect(told.from).toBeGreaterThan(BOOT);
    expect(told.to).toBeLessThan(END + 3 * 3600);
    expect(told.reading.notes.join('\n')).toMatch(note);
  });
});

test('a clock set back to before the beginning hides nothing that is held now', async () => {
  const logs = withTimes('far-back', (ts, run) => (run > RUNS / 2 ? ts - 3600 : ts));
  expect(await sizes([logs])).toEqual(await sizes([right]));
  expect((await top({ paths: [logs] })).reading.notes).toEqual([
    'The clock of worker-2 is 60 min behind those of the others.',
  ]);
});

test('what was stamped while a clock was ahead for some time is not taken for what came later', async () => {
  const logs = withTimes('for-some-time', (ts, run) => (run > 10 && run <= 20 ? ts + 600 : ts));
  for (const since of ['-5m', '-10m']) expect(await sizes([logs], { since })).toEqual(await sizes([right], { since }));
  const { nodes, sections, reading } = await top({ paths: [logs], by: 'variable', since: '-9m' });
  expect(nodes.map(({ runs: count, boots }) => [count, boots])).toEqual([
    [10, 1],
    [10, 1],
  ]);
  const whole = await top({ paths: [logs], since: '2026-01-01' });
  expect(whole.nodes.map(({ runs: count, boots }) => [count, boots])).toEqual([
    [RUNS, 1],
    [RUNS - 10, 1],
  ]);
  expect(sections).toEqual((await top({ paths: [right], by: 'variable', since: '-9m' })).sections);
  expect(reading.notes).toEqual([
    'worker-2 had its clock set back: 10 runs from before, stamped later than those that followed, are not counted.',
  ]);
});

test('a clock that was ahead until a few runs before the end makes nobody look stopped', async () => {
  const logs = withTimes('until-lately', (ts, run) => (run > 10 && run <= 25 ? ts + 3600 : ts));
  expect(await sizes([logs])).toEqual(await sizes([right]));
  expect(await sizes([logs], { since: '-5m' })).toEqual(await sizes([right], { since: '-5m' }));
  const { nodes, stopped, reading } = await top({ paths: [logs] });
  expect([nodes.length, stopped]).toEqual([2, []]);
  expect(reading.notes.join('\n')).toMatch(/^worker-2 has runs stamped as late as [^\n]*not counted\.$/);
});

test('nodes that slept for an hour, while one did not, are not said to be ahead', async () => {
  const slept = (node: string) => ({ ...nodeOf(node), runs: RUNS - 10 });
  const logs = madeLogs(join(folder, 'slept'), [nodeOf('manager'), slept('worker-1'), slept('worker-2')]);
  for (const file of readdirSync(logs)) {
    if (file === 'my_stats_variable.log') continue;
    const lines = readFileSync(join(logs, file), 'utf8').split('\n');
    const moved = lines.map((line) => {
      const [ts, run, node, ...rest] = line.split('\t');
      if (!node?.startsWith('worker') || Number(run) <= 10) return line;
      return [(Number(ts) + 600).toFixed(6), run, node, ...rest].join('\t');
    });
    writeFileSync(join(logs, file), moved.join('\n'));
  }
  const { nodes, stopped, reading } = await top({ paths: [logs] });
  expect([nodes.length, stopped, reading.notes]).toEqual([3, [], []]);
});

test('a span of time is one by the clock of each node', async () => {
  const logs = join(folder, 'two-ahead');
  const counts = async (since: string) => (await top({ paths: [logs], since })).nodes.map(({ runs: count }) => count);
  expect(await counts('-10m')).toEqual([11, 11]);
  expect(await counts('-20m')).toEqual([21, 21]);
});
