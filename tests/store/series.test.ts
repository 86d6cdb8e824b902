import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SERIES_BUCKETS, type SeriesResult } from '../../src/model/logged/series.ts';
import { NO_FILTERS, parseNameFilter } from '../../src/model/names.ts';
import { SeriesMerge } from '../../src/store/answers/series-merge.ts';
import { LogStore } from '../../src/store/log-store.ts';
import { openLog } from '../../src/store/reading/log-file.ts';
import { ProcessRecord } from '../../src/store/runs/process-record.ts';
import { runJob } from '../../src/store/scans/scan-job.ts';
import { cluster, json, type LogRow, temporaryFolder, tsv, write } from './logs.ts';

const folder = temporaryFolder();
const ALL = { filters: NO_FILTERS, since: null, until: null } as const;
let files = 0;

/** In an order of its own, with arrays as lists. */
function plain({ stretches, series }: SeriesResult) {
  const named = series.map((one) => {
    const { node, firstTs } = stretches[one.stretch]!;
    const lists = {
      size: [...one.size],
      entries: [...one.entries],
      lowest: [...one.lowest],
      highest: [...one.highest],
    };
    return { ...one, ...lists, stretch: `${node} ${firstTs}` };
  });
  const key = (one: (typeof named)[number]) => `${one.stretch} ${one.source} ${one.key} ${one.unit}`;
  return {
    stretches: stretches.map((one) => ({ ...one, ts: [...one.ts], runsPerPoint: [...one.runsPerPoint] })),
    series: named.sort((a, b) => (key(a) < key(b) ? -1 : 1)),
  };
}

async function fromLogs(paths: readonly string[], query = ALL as Parameters<LogStore['series']>[0]) {
  return (await (await LogStore.open(paths)).series(query)).series;
}

/** Several boots of a cluster, of any length, in which variables come and go and sizes are unset now and then. */
const rowsOfBoots: fc.Arbitrary<LogRow[]> = fc
  .record({
    boots: fc.array(
      fc.record({
        runs: fc.integer({ min: 1, max: 150 }),
        interval: fc.constantFrom(1, 7, 60, 3600),
        pause: fc.integer({ min: 6, max: 5000 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    noise: fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 5000 }), fc.constantFrom('objects', 'bytes'), fc.boolean()), {
      minLength: 97,
      maxLength: 97,
    }),
  })
  .map(({ boots, noise }) => {
    let start = 1_795_392_000;
    return boots.flatMap(({ runs, interval, pause }) => {
      const rows = cluster({ nodes: ['worker-1', 'manager'], variables: ['A::a', 'A::b', 'c'], runs, interval, start });
      start = rows.at(-1)!.ts + pause;
      return rows.flatMap((row, i) => {
        const [kept, size, unit, unset] = noise[i % noise.length]!;
        if (!kept && row.variable !== 'A::a') return [];
        return [{ ...row, size: unset ? null : size, unit, entries: i % 5 === 0 ? null : size % 7 }];
      });
    });
  });

describe('the series query', () => {
  test('keeps every run and the extremes of what was logged, in bounded points, from TSV as from JSON', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOfBoots, async (rows) => {
        const number = files++;
        const result = await fromLogs([write(join(folder, `my_stats.${number}.log`), tsv(rows))]);
        const asJson = await fromLogs([write(join(folder, `my_stats.${number}.json.log`), json(rows))]);
        expect(plain(asJson)).toEqual(plain(result));
        const runs = new Set(rows.map(({ node, run, ts }) => `${node} ${run} ${ts}`));
        expect(result.stretches.reduce((sum, one) => sum + one.runs, 0)).toBe(runs.size);
        for (const { ts } of result.stretches) expect(ts.length).toBeLessThanOrEqual(SERIES_BUCKETS);
        for (const { key, unit, stretch, lowest, highest } of result.series) {
          const { node, firstTs, lastTs } = result.stretches[stretch]!;
          const levels = rows
            .filter((row) => row.node === node && row.ts >= firstTs && row.ts <= lastTs)
            .filter((row) => row.variable === key && row.unit === unit)
            .flatMap(({ size, entries }) => entries ?? size ?? []);
          const known = (values: Float64Array) => values.filter((value) => !Number.isNaN(value));
          expect(Math.min(...known(lowest))).toBe(Math.min(...levels));
          expect(Math.max(...known(highest))).toBe(Math.max(...levels));
        }
      }),
      { numRuns: 10 },
    );
  });

  test('keeps every run of a short log, its last values and its extremes of a long one', async () => {
    const size = (_: number, v: number, run: number) => (v === 0 ? 1000 + run : 5000 - (run % 10));
    const short = cluster({ nodes: ['a'], variables: ['M::up', 'M::saw'], runs: 90, size });
    const [saw, up] = (await fromLogs([write(join(folder, 'my_stats.short.log'), tsv(short))])).series;
    expect([...up!.size]).toEqual(Array.from({ length: 90 }, (_, run) => 1000 + run));
    expect([...saw!.size].slice(0, 3)).toEqual([5000, 4999, 4998]);

    const long = cluster({ nodes: ['a'], variables: ['M::up', 'M::saw'], runs: 5000, size });
    const result = await fromLogs([write(join(folder, 'my_stats.long.log'), tsv(long))]);
    const [stretch] = result.stretches;
    expect(stretch).toMatchObject({ runs: 5000, firstRun: 1, lastRun: 5000, begins: 'first' });
    expect(stretch!.runsPerPoint.reduce((a, b) => a + b)).toBe(5000);
    expect(result.series[1]!.size.at(-1)).toBe(5999);
    // A point of 20-odd runs has seen all ten steps, in entries.
    expect(result.series[0]!.lowest.at(7)).toBe(Math.floor(4991 / 4));
    expect(result.series[0]!.highest.at(7)).toBe(1250);
  });

  test('does not depend on where a log is cut into pieces', async () => {
    const rows = cluster({ nodes: ['a', 'b'], variables: ['M::x', 'M::y', 'N::z'], runs: 300, interval: 13 });
    const text = tsv(rows);
    const path = write(join(folder, 'my_stats.pieces.log'), text);
    const opened = await openLog(path);
    if (opened.state !== 'log') throw new Error(opened.state);
    const log = opened.logs[0]!;
    const bounds: number[] = [];
    for (let at = text.indexOf('\n') + 1; at > 0 && at < text.length; at = text.indexOf('\n', at) + 1) bounds.push(at);
    const inData = bounds.filter((at) => at > log.inspected.dataOffset);
    const expected = plain(await fromLogs([path]));
    await fc.assert(
      fc.asyncProperty(fc.subarray(inData, { maxLength: 9 }), async (cuts) => {
        const merge = new SeriesMerge();
        const edges = [0, ...cuts, Number.POSITIVE_INFINITY];
        for (let i = 0; i + 1 < edges.length; i++) {
          const piece = { log, from: edges[i]!, to: edges[i + 1]! };
          const { series } = await runJob(
            { kind: 'series', query: ALL, stretches: [] },
            piece,
            () => {},
            () => {},
          );
          merge.add(series!);
        }
        expect(plain(merge.result(new ProcessRecord()) as SeriesResult)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  test('filters, and limits in time, choose the rows', async () => {
    const rows = cluster({
      nodes: ['worker-1', 'worker-2', 'manager'],
      variables: ['A::a', 'A::b', 'Bee::c'],
      runs: 10,
    });
    const path = write(join(folder, 'my_stats.filters.log'), tsv(rows));
    const filters = {
      module: [parseNameFilter('A')],
      variable: [parseNameFilter('/[ac]$/')],
      node: [parseNameFilter('worker-*')],
    };
    const query = { filters, since: rows[0]!.ts + 121, until: rows[0]!.ts + 421 };
    const result = await fromLogs([path], query);
    expect(result.stretches.map(({ node, firstRun, lastRun }) => [node, firstRun, lastRun])).toEqual([
      ['worker-1', 4, 8],
      ['worker-2', 4, 8],
    ]);
    expect(result.series.map(({ key }) => key)).toEqual(['A::a', 'A::a']);
  });
});

describe('stretches', () => {
  const run = (start: number, firstRun: number, runs: number) =>
    cluster({ nodes: ['a'], variables: ['M::x'], runs, start, firstRun });
  const START = 1_795_392_000;
  const of = (result: SeriesResult) =>
    result.stretches.map(({ begins, firstRun, lastRun, runs }) => [begins, firstRun, lastRun, runs]);

  test.each([
    [
      'a restart',
      [run(START, 1, 5), run(START + 330, 1, 3)],
      [
        ['first', 1, 5, 5],
        ['restart', 1, 3, 3],
      ],
    ],
    [
      'boots of one run',
      [run(START, 1, 1), run(START + 8, 1, 1)],
      [
        ['first', 1, 1, 1],
        ['restart', 1, 1, 1],
      ],
    ],
    ['missing runs', [run(START, 1, 5), run(START + 1200, 21, 3)], [['first', 1, 23, 8]]],
    [
      'a clock set back',
      [run(START, 1, 5), run(START - 3600, 6, 3)],
      [
        ['first', 1, 5, 5],
        ['clock-set-back', 6, 8, 3],
      ],
    ],
    ['the same again', [run(START, 1, 5), run(START, 1, 5)], [['first', 1, 5, 5]]],
    ['an overlap', [run(START, 1, 5), run(START + 120, 3, 5)], [['first', 1, 7, 7]]],
  ] as const)('%s', async (_, parts, expected) => {
    const path = write(join(folder, `my_stats.${files++}.log`), tsv(parts.flat()));
    expect(of(await fromLogs([path]))).toEqual(expected);
  });

  test('boots are named by the log of the nodes', async () => {
    const at = mkdtempSync(join(folder, 'nodes-'));
    write(join(at, 'my_stats.log'), tsv([...run(START, 1, 5), ...run(START + 330, 1, 3)]));
    const node = (ts: number, n: number, boot: number) =>
      JSON.stringify({ ts, run: n, node: 'a', boot, duration: 0.01, resident_memory: 1000 * n });
    const lines = [
      ...[0, 1, 2, 3, 4].map((i) => node(START + 60 * i, i + 1, START - 10)),
      ...[0, 1, 2].map((i) => node(START + 330 + 60 * i, i + 1, START + 320)),
    ];
    write(join(at, 'my_stats_node.log'), `${lines.join('\n')}\n`);
    const result = await fromLogs([at]);
    expect(result.stretches.map(({ boot }) => boot)).toEqual([START - 10, START + 320]);
    const memory = result.series.filter(({ key }) => key === 'resident_memory');
    expect(memory.map(({ size }) => [...size])).toEqual([
      [1000, 2000, 3000, 4000, 5000],
      [1000, 2000, 3000],
    ]);
  });
});
