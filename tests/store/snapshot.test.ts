import { appendFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/model/logged/sample.ts';
import { LogStore } from '../../src/store/log-store.ts';
import { cluster, type LogRow, temporaryFolder, tsv, write } from './logs.ts';

const folder = temporaryFolder();
const VARIABLES = ['A::a', 'A::b', 'B::c'];
const START = 1_795_392_000;

async function snapshotOf(paths: readonly string[], at: number | null): Promise<Snapshot> {
  return (await (await LogStore.open(paths)).snapshot(at)).snapshot;
}

const runsOf = ({ nodes }: Snapshot) => nodes.map(({ node, run, complete }) => [node, run, complete]);

describe('the snapshot', () => {
  test('is the last run of every node, with all its rows', async () => {
    const rows = cluster({ nodes: ['a', 'b'], variables: VARIABLES, runs: 5 });
    const snapshot = await snapshotOf([write(join(folder, 'my_stats.last.log'), tsv(rows))], null);
    expect(runsOf(snapshot)).toEqual([
      ['a', 5, true],
      ['b', 5, true],
    ]);
    expect(snapshot.nodes[1]!.samples.map(({ variable, size, entries }) => [variable, size, entries])).toEqual([
      ['A::a', 1005, 251],
      ['A::b', 1015, 253],
      ['B::c', 1025, 256],
    ]);
  });

  test('is that of the time asked for', async () => {
    const rows = cluster({ nodes: ['a', 'b'], variables: VARIABLES, runs: 9 });
    const snapshot = await snapshotOf([write(join(folder, 'my_stats.at.log'), tsv(rows))], START + 180.2);
    expect(runsOf(snapshot)).toEqual([
      ['a', 4, true],
      ['b', 3, true],
    ]);
  });

  test('finds nodes whose logs were put one after the other, though the last runs of one lie far from the end', async () => {
    const rows = cluster({ nodes: ['a', 'b'], variables: VARIABLES, runs: 16_000, interval: 1 });
    const sorted = [...rows].sort((x, y) => x.node.localeCompare(y.node));
    const path = write(join(folder, 'my_stats.sorted.log'), tsv(sorted));
    expect(statSync(path).size).toBeGreaterThan(4_194_304);
    const { snapshot } = await (await LogStore.open([path])).snapshot(null);
    expect(runsOf(snapshot)).toEqual([
      ['a', 16_000, true],
      ['b', 16_000, true],
    ]);
  });

  test('names a node that stopped, and does not count it', async () => {
    const rows = cluster({
      nodes: ['a', 'b'],
      variables: VARIABLES,
      runs: 20,
      size: (n, _, run) => (n === 1 && run > 5 ? null : 1),
    });
    const snapshot = await snapshotOf([write(join(folder, 'my_stats.stopped.log'), tsv(rows))], null);
    expect(runsOf(snapshot)).toEqual([['a', 20, true]]);
    expect(snapshot.stopped).toEqual([{ node: 'b', lastSeen: START + 300.5 }]);
  });

  test('takes a run that two logs share as one', async () => {
    const rows = cluster({ nodes: ['a', 'b'], variables: VARIABLES, runs: 6 });
    const cut = rows.findIndex((row) => row.run === 6 && row.variable === 'A::b');
    const paths = [
      write(join(folder, 'my_stats.shared1.log.gz'), tsv(rows.slice(0, cut))),
      write(join(folder, 'my_stats.shared2.log'), tsv(rows.slice(cut))),
    ];
    const snapshot = await snapshotOf(paths, null);
    expect(snapshot.nodes.map(({ node, run, samples }) => [node, run, samples.length])).toEqual([
      ['a', 6, 3],
      ['b', 6, 3],
    ]);
  });

  test('leaves out the run that is being written', async () => {
    const rows = cluster({ nodes: ['a', 'b'], variables: VARIABLES, runs: 4 }).slice(0, -1);
    const path = write(join(folder, 'my_stats.live.log'), tsv(rows, false));
    appendFileSync(path, '1795392180.500000\t4\tb\tB\tB::c\t10');
    const snapshot = await snapshotOf([path], null);
    expect(runsOf(snapshot)).toEqual([
      ['a', 4, true],
      ['b', 3, true],
    ]);
    // Once the log has rested, what stands in it is all there will be.
    const rested = write(join(folder, 'my_stats.rested.log'), tsv(rows, false));
    utimesSync(rested, START, START);
    expect(runsOf(await snapshotOf([rested], null))).toEqual([
      ['a', 4, true],
      ['b', 4, true],
    ]);
  });

  test('believes my_stats_node.log on which run is complete', async () => {
    const rows = cluster({ nodes: ['a'], variables: VARIABLES, runs: 4 }).slice(0, -1);
    const place = write(join(folder, 'my_stats.told.log'), tsv(rows));
    const nodeRow = (run: number) =>
      JSON.stringify({
        ts: START + (run - 1) * 60,
        run,
        node: 'a',
        boot: START - 10,
        duration: 0.01,
        variables_logged: 3,
      });
    const nodes = write(join(folder, 'my_stats_node.told.log'), `${[1, 2, 3, 4].map(nodeRow).join('\n')}\n`);
    expect(runsOf(await snapshotOf([place, nodes], null))).toEqual([['a', 3, true]]);
  });

  test('knows a node of which no variable is large enough to be logged', async () => {
    const rows = cluster({ nodes: ['a'], variables: VARIABLES, runs: 4 });
    const quiet = [1, 2, 3, 4].map((run) =>
      JSON.stringify({
        ts: START + run * 60 - 58,
        run,
        node: 'quiet',
        boot: START - 10,
        duration: 0.01,
        variables_logged: 0,
      }),
    );
    const paths = [
      write(join(folder, 'my_stats.quiet.log'), tsv(rows)),
      write(join(folder, 'my_stats_node.quiet.log'), `${quiet.join('\n')}\n`),
    ];
    const snapshot = await snapshotOf(paths, null);
    expect(snapshot.nodes.map(({ node, samples }) => [node, samples.length])).toEqual([
      ['a', 3],
      ['quiet', 0],
    ]);
  });

  test('reads the end of a long log only, and still finds who stopped long before', async () => {
    const nodes = ['a', 'b', 'c'];
    const variables = Array.from({ length: 60 }, (_, i) => `Module${i % 7}::variable_${i}`);
    const rows: LogRow[] = cluster({
      nodes,
      variables,
      runs: 600,
      size: (n, v, run) => (n === 2 && (run < 100 || run > 250) ? null : v + run),
    });
    const path = write(join(folder, 'my_stats.long.log'), tsv(rows));
    const store = await LogStore.open([path]);
    const { snapshot, reading } = await store.snapshot(null);
    expect(statSync(path).size).toBeGreaterThan(5e6);
    expect(reading.rows).toBeLessThan(rows.length / 2);
    expect(runsOf(snapshot)).toEqual([
      ['a', 600, true],
      ['b', 600, true],
    ]);
    expect(snapshot.nodes[0]!.samples).toHaveLength(60);
    expect(snapshot.stopped.map(({ node }) => node)).toEqual(['c']);
    // Found by looking at places: exact to some runs.
    expect(Math.abs(snapshot.stopped[0]!.lastSeen - (START + 250 * 60 + 1))).toBeLessThan(60 * 60);
    const then = await store.snapshot(START + 200 * 60 + 30);
    expect(runsOf(then.snapshot)).toEqual([
      ['a', 201, true],
      ['b', 201, true],
      ['c', 201, true],
    ]);
    expect(then.reading.rows).toBeLessThan(rows.length / 2);
  });

  test('fails where there was no run yet', async () => {
    const path = write(
      join(folder, 'my_stats.early.log'),
      tsv(cluster({ nodes: ['a'], variables: VARIABLES, runs: 2 })),
    );
    await expect((await LogStore.open([path])).snapshot(START - 5)).rejects.toMatchObject({ code: 'no-run-at' });
  });
});
