import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pivot, RangeGroup } from '../../src/model/answers/range.ts';
import { NO_FILTERS, parseNameFilter } from '../../src/model/names.ts';
import { RangeMerge } from '../../src/store/answers/range-merge.ts';
import { LogStore } from '../../src/store/log-store.ts';
import { type LogFile, openLog } from '../../src/store/reading/log-file.ts';
import { coverLog, type Piece } from '../../src/store/reading/scan.ts';
import { runJob } from '../../src/store/scans/scan-job.ts';
import { cluster, json, type LogRow, rangeOracle, temporaryFolder, tsv, write } from './logs.ts';

const folder = temporaryFolder();
const ALL = { filters: NO_FILTERS, since: null, until: null } as const;
let files = 0;

function sorted(groups: readonly RangeGroup[]): RangeGroup[] {
  const key = ({ node, unit, key: name }: RangeGroup) => `${node}\t${unit}\t${name}`;
  return [...groups].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Rows of a cluster in which variables come and go, sizes are unset now and then, and units differ. */
const rowsOfCluster = (mostRuns = 6): fc.Arbitrary<LogRow[]> =>
  fc
    .record({
      nodes: fc.integer({ min: 1, max: 3 }),
      runs: fc.integer({ min: 1, max: mostRuns }),
      noise: fc.array(
        fc.tuple(fc.boolean(), fc.nat({ max: 5000 }), fc.constantFrom('objects', 'bytes'), fc.boolean()),
        {
          minLength: 97,
          maxLength: 97,
        },
      ),
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
  test.each(['module', 'variable', 'node'] as const)('by %s is what adding up row by row gives', async (by) => {
    await fc.assert(
      fc.asyncProperty(rowsOfCluster(), fc.boolean(), async (rows, asJson) => {
        const path = write(join(folder, `my_stats.${files++}.log`), asJson ? json(rows) : tsv(rows));
        const expected = rangeOracle(rows, by);
        const query = { by, ...ALL };
        const { range, reading } = await (await LogStore.open([path])).range(query);
        expect(sorted(range.groups)).toEqual(expected);
        expect(reading).toMatchObject({ rows: rows.length, skipped: 0 });
      }),
      { numRuns: 12 },
    );
  });

  async function openRows(rows: readonly LogRow[]): Promise<{ log: LogFile; text: string }> {
    const text = tsv(rows);
    const opened = await openLog(write(join(folder, `my_stats.pieces${files++}.log`), text));
    if (opened.state !== 'log') throw new Error(opened.state);
    return { log: opened.logs[0]!, text };
  }

  async function scanRange(piece: Piece, by: Pivot, addsUp: boolean, beside: readonly Piece[] = []) {
    const job = { kind: 'range', query: { by, ...ALL }, addsUp, beside } as const;
    const { part } = await runJob(
      job,
      piece,
      () => {},
      () => {},
    );
    return part!;
  }

  /** What the pieces of a log of these rows come to; null where they turn out to have been added up too early. */
  async function rangeOfPieces(rows: readonly LogRow[], by: Pivot, places: readonly number[], addsUp: boolean) {
    const { log, text } = await openRows(rows);
    const bounds = [...text.matchAll(/\n/g)]
      .map(({ index }) => index + 1)
      .filter((at) => at > log.inspected.dataOffset && at < text.length);
    const cuts = new Set(bounds.length === 0 ? [] : places.map((place) => bounds[place % bounds.length]!));
    const edges = [0, ...[...cuts].sort((a, b) => a - b), Number.POSITIVE_INFINITY];
    const merge = new RangeMerge({ by });
    for (let i = 0; i + 1 < edges.length; i++)
      merge.add(await scanRange({ log, from: edges[i]!, to: edges[i + 1]! }, by, addsUp));
    return merge.result();
  }

  test.each(['module', 'variable', 'node'] as const)(
    'by %s does not depend on where a log is cut into pieces, nor on the order in which a run names its variables',
    async (by) => {
      const places = fc.array(fc.nat(), { maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(rowsOfCluster(), places, fc.boolean(), async (inOrder, cuts, addsUp) => {
          const rows = inOrder
            .map((row, i) => ({ row, place: row.run % 2 === 0 ? i : i - 2 * (i % 4) }))
            .sort((a, b) => a.row.run - b.row.run || a.place - b.place)
            .map(({ row }) => row);
          const { groups, nodes } = (await rangeOfPieces(rows, by, cuts, addsUp))!;
          expect(sorted(groups)).toEqual(rangeOracle(rows, by));
          const runs = new Set(rows.map(({ run }) => run)).size;
          expect(nodes.map(({ runs, boots }) => ({ runs, boots }))).toEqual(nodes.map(() => ({ runs, boots: 1 })));
        }),
        { numRuns: 120 },
      );
    },
  );

  test.each(['module', 'variable', 'node'] as const)(
    'by %s is right, or known to be wrong, where runs are added up and rows stand in no order, or twice',
    async (by) => {
      const places = fc.array(fc.nat(), { maxLength: 4 });
      const moved = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(rowsOfCluster(20), places, moved, async (inOrder, cuts, moves) => {
          const rows = [...inOrder];
          for (const [from, to, isCopied] of moves) {
            const row = rows[from % rows.length]!;
            if (!isCopied) rows.splice(from % rows.length, 1);
            rows.splice(to % (rows.length + 1), 0, row);
          }
          const result = await rangeOfPieces(rows, by, cuts, true);
          if (result !== null) expect(sorted(result.groups)).toEqual(rangeOracle(inOrder, by));
        }),
        { numRuns: 120 },
      );
    },
  );

  test('logs that several loggers wrote at the same time come to what one would have written', async () => {
    const dealt = fc.array(fc.nat({ max: 2 }), { minLength: 50, maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(rowsOfCluster(20), dealt, async (rows, loggers) => {
        const shares = [0, 1, 2].map((logger) => rows.filter((_, i) => loggers[i % loggers.length] === logger));
        const logs = await Promise.all(shares.filter((share) => share.length > 0).map(openRows));
        const [first, ...beside] = logs.map(({ log }) => coverLog(log));
        const merge = new RangeMerge({ by: 'module' });
        merge.add(await scanRange(first!, 'module', true, beside));
        expect(sorted(merge.result()!.groups)).toEqual(rangeOracle(rows, 'module'));
      }),
      { numRuns: 120 },
    );
  });

  test('filters and limits in time choose the rows', async () => {
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
  });
});
