import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_FILTERS, parseNameFilter } from '../../src/model/name-filter.ts';
import type { RangeGroup } from '../../src/model/range.ts';
import { DatabaseStore } from '../../src/store/database-store.ts';
import { openLog } from '../../src/store/log-file.ts';
import { LogStore } from '../../src/store/log-store.ts';
import { RangeMerge } from '../../src/store/range-merge.ts';
import { runJob } from '../../src/store/scan-job.ts';
import { cluster, json, type LogRow, rangeOracle, temporaryFolder, tsv, write } from './logs.ts';

const folder = temporaryFolder();
const ALL = { filters: NO_FILTERS, since: null, until: null } as const;
let files = 0;

function sorted(groups: readonly RangeGroup[]): RangeGroup[] {
  const key = ({ node, unit, key: name }: RangeGroup) => `${node}\t${unit}\t${name}`;
  return [...groups].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Rows of a cluster in which variables come and go, sizes are unset now and then, and units differ. */
const rowsOfCluster: fc.Arbitrary<LogRow[]> = fc
  .record({
    nodes: fc.integer({ min: 1, max: 3 }),
    runs: fc.integer({ min: 1, max: 6 }),
    noise: fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 5000 }), fc.constantFrom('objects', 'bytes'), fc.boolean()), {
      minLength: 97,
      maxLength: 97,
    }),
  })
  .map(({ nodes, runs, noise }) => {
    const names = ['worker-1', 'worker-2', 'manager'].slice(0, nodes);
    const variables = ['A::a', 'A::b', 'B::c', 'd'];
    return cluster({ nodes: names, variables, runs }).flatMap((row, i) => {
      const [kept, size, unit, unset] = noise[i % noise.length]!;
      // Every run logs its first variable, or it would not be a run at all.
      if (!kept && row.variable !== 'A::a') return [];
      return [{ ...row, size: unset ? null : size, unit, entries: unset ? null : size % 7 }];
    });
  });

describe('the range query', () => {
  test.each(['module', 'variable', 'node'] as const)(
    'by %s is what adding up row by row gives, from logs and from a database',
    async (by) => {
      await fc.assert(
        fc.asyncProperty(rowsOfCluster, fc.boolean(), async (rows, asJson) => {
          const path = write(join(folder, `my_stats.${files++}.log`), asJson ? json(rows) : tsv(rows));
          const expected = rangeOracle(rows, by);
          const query = { by, ...ALL };
          const { range, reading } = await (await LogStore.open([path])).range(query);
          expect(sorted(range.groups)).toEqual(expected);
          expect(reading).toMatchObject({ rows: rows.length, skipped: 0 });
          const database = await DatabaseStore.open(`${path}.duckdb`, [path], true);
          try {
            const fromDatabase = (await database.range(query)).range;
            expect(sorted(fromDatabase.groups)).toEqual(expected);
            expect(fromDatabase.nodes).toEqual(range.nodes);
          } finally {
            await database.close();
          }
        }),
        { numRuns: 12 },
      );
    },
  );

  test('does not depend on where a log is cut into pieces', async () => {
    const rows = cluster({
      nodes: ['a', 'b'],
      variables: ['M::x', 'M::y', 'N::z'],
      runs: 7,
      size: (n, v, r) => (r === 3 && v === 2 ? null : 10 * r + v + n),
    });
    const text = tsv(rows);
    const path = write(join(folder, 'my_stats.pieces.log'), text);
    const opened = await openLog(path);
    if (opened.state !== 'log') throw new Error(opened.state);
    const starts = [0];
    for (let at = text.indexOf('\n') + 1; at > 0 && at < text.length; at = text.indexOf('\n', at) + 1) starts.push(at);
    const bounds = starts.filter((at) => at > opened.log.inspected.dataOffset);
    const expected = rangeOracle(rows, 'module');
    await fc.assert(
      fc.asyncProperty(fc.subarray(bounds, { maxLength: 8 }), async (cuts) => {
        const merge = new RangeMerge();
        const edges = [0, ...cuts, Number.POSITIVE_INFINITY];
        for (let i = 0; i + 1 < edges.length; i++) {
          const piece = { log: opened.log, from: edges[i]!, to: edges[i + 1]! };
          const { parts } = await runJob(
            { kind: 'range', query: { by: 'module', ...ALL } },
            piece,
            () => {},
            () => {},
          );
          merge.add(parts);
        }
        const { groups, nodes } = merge.result();
        expect(sorted(groups)).toEqual(expected);
        expect(nodes.map(({ node, runs, boots }) => ({ node, runs, boots }))).toEqual([
          { node: 'a', runs: 7, boots: 1 },
          { node: 'b', runs: 7, boots: 1 },
        ]);
      }),
      { numRuns: 60 },
    );
  });

  test('filters and limits in time choose the same rows in both', async () => {
    const rows = cluster({
      nodes: ['worker-1', 'worker-2', 'manager'],
      variables: ['A::a', 'A::b', 'Bee::c'],
      runs: 10,
    });
    const path = write(join(folder, 'my_stats.filters.log'), tsv(rows));
    const filters = {
      module: [parseNameFilter('A'), parseNameFilter('B?e')],
      variable: [parseNameFilter('/[ac]$/')],
      node: [parseNameFilter('worker-*')],
    };
    const since = rows[0]!.ts + 121;
    const until = rows[0]!.ts + 421;
    const kept = rows.filter((r) => r.ts >= since && r.ts <= until && r.variable !== 'A::b' && r.node !== 'manager');
    const query = { by: 'variable' as const, filters, since, until };
    expect(sorted((await (await LogStore.open([path])).range(query)).range.groups)).toEqual(
      rangeOracle(kept, 'variable'),
    );
    const database = await DatabaseStore.open(`${path}.duckdb`, [path], true);
    expect(sorted((await database.range(query)).range.groups)).toEqual(rangeOracle(kept, 'variable'));
    await database.close();
  });

  test('tells boots by the counter going back, over files', async () => {
    const one = cluster({ nodes: ['a'], variables: ['M::x'], runs: 5 });
    const two = cluster({ nodes: ['a'], variables: ['M::x'], runs: 3, start: one.at(-1)!.ts + 30 });
    const paths = [
      write(join(folder, 'my_stats.boot1.log.gz'), tsv(one)),
      write(join(folder, 'my_stats.boot2.log'), tsv(two)),
    ];
    const { range } = await (await LogStore.open(paths)).range({ by: 'node', ...ALL });
    expect(range.nodes).toMatchObject([{ node: 'a', runs: 8, boots: 2 }]);
    const database = await DatabaseStore.open(join(folder, 'boots.duckdb'), paths, true);
    expect((await database.range({ by: 'node', ...ALL })).range.nodes).toMatchObject([
      { node: 'a', runs: 8, boots: 2 },
    ]);
    await database.close();
  });
});
