/** Two clusters may have nodes of the same names: each is counted, whatever tells them apart; parts of one stay one. */

import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NodeSeries } from '../../src/model/logged/node-series.ts';
import { NO_FILTERS } from '../../src/model/names.ts';
import { LogStore } from '../../src/store/log-store.ts';
import { myStats } from '../cli/run.ts';
import { BOOT, type MadeNode, madeLogs } from '../support/made-logs.ts';
import { temporaryFolder, write } from './logs.ts';

const folder = temporaryFolder();
const KINDS = ['my_stats', 'my_stats_node', 'my_stats_variable'] as const;
type Kind = (typeof KINDS)[number];
const ALL = { filters: NO_FILTERS, since: null, until: null } as const;
const RUNS = 8;

function standalone(objects: number, boot: number, node = 'zeek'): MadeNode {
  const at = () => ({ size: 3 * objects, entries: objects });
  const gauges = () => ({ variables_logged: 2, resident_memory: 300e6 });
  const variables = [
    { name: 'Big::table', type: 'set[addr]', at },
    { name: 'Known::hosts', type: 'set[addr]', at: () => ({ size: 300, entries: 100 }) },
  ];
  return { node, boot, runs: RUNS, interval: 60, gauges, variables };
}

/** The logs of two sensors, whose processes started half an hour apart and measure seven seconds apart. */
const FIRST = madeLogs(join(folder, 'first'), [standalone(1000, BOOT)]);
const SECOND = madeLogs(join(folder, 'second'), [standalone(50_000, BOOT + 7)]);

function lines(place: string, kind: Kind) {
  const all = readFileSync(join(place, `${kind}.log`), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return { header: all.filter((line) => /^#(?!close)/.test(line)), rows: all.filter((line) => !line.startsWith('#')) };
}

function objects(place: string, kind: Kind): Record<string, unknown>[] {
  const { header, rows } = lines(place, kind);
  const named = (line: string) =>
    header
      .find((one) => one.startsWith(line))!
      .split('\t')
      .slice(1);
  const types = named('#types');
  return rows.map((row) => {
    const cells = row.split('\t');
    const values = named('#fields').flatMap((name, i): [string, unknown][] => {
      if (cells[i] === '-') return [];
      const isNumber = /^(time|interval|count)$/.test(types[i]!);
      return [[name, types[i]!.startsWith('vector') ? [] : isNumber ? Number(cells[i]) : cells[i]]];
    });
    return { _path: kind, ...Object.fromEntries(values) };
  });
}

function inFolder(files: Readonly<Record<string, readonly string[]>>): string {
  const place = mkdtempSync(join(folder, 'logs-'));
  for (const [name, all] of Object.entries(files)) write(join(place, name), all.map((line) => `${line}\n`).join(''));
  return place;
}

/** Both sensors' rows in one file of each kind. */
function mixed(kinds: readonly Kind[], change = (line: string, _sensor: number | null) => line): string {
  const files = kinds.map((kind) => {
    const both = [FIRST, SECOND].flatMap((place, i) => lines(place, kind).rows.map((row) => change(row, i + 1)));
    return [`${kind}.log`, [...lines(FIRST, kind).header.map((line) => change(line, null)), ...both.sort()]] as const;
  });
  return inFolder(Object.fromEntries(files));
}

/** A column at the end of every row. */
function withColumn(name: string) {
  return (line: string, sensor: number | null) => {
    if (sensor !== null) return `${line}\tsite-${sensor}`;
    return line.startsWith('#fields') ? `${line}\t${name}` : line.startsWith('#types') ? `${line}\tstring` : line;
  };
}

function stream(rowOf: (row: Record<string, unknown>, sensor: number) => object): string {
  const rows = [FIRST, SECOND].flatMap((place, i) =>
    KINDS.flatMap((kind) => objects(place, kind).map((row) => ({ ts: row.ts as number, row: rowOf(row, i + 1) }))),
  );
  return inFolder({ 'my_stats.json': rows.sort((a, b) => a.ts - b.ts).map(({ row }) => JSON.stringify(row)) });
}

/** All columns but the six that the collector's forerunner wrote. */
function sixColumns(line: string, sensor: number | null): string {
  return sensor === null && !/^#(fields|types)/.test(line)
    ? line
    : line
        .split('\t')
        .slice(0, sensor === null ? 7 : 6)
        .join('\t');
}

const byFolder = [FIRST, SECOND];
const byName = inFolder(
  Object.fromEntries(
    KINDS.flatMap((kind) =>
      [FIRST, SECOND].map((place, i) => {
        const { header, rows } = lines(place, kind);
        return [`${kind}.berlin-${'ab'[i]}.log`, [...header, ...rows]] as const;
      }),
    ),
  ),
);

describe.each<[string, readonly string[], string, string, string | null]>([
  ['two folders', byFolder, 'zeek@first', 'zeek@second', null],
  ['files of one folder, by their names', [byName], 'zeek@berlin-a', 'zeek@berlin-b', null],
  [
    'files given one by one',
    byFolder.flatMap((place) => KINDS.map((kind) => join(place, `${kind}.log`))),
    'zeek@first',
    'zeek@second',
    null,
  ],
  ['a glob', [join(folder, '{first,second}')], 'zeek@first', 'zeek@second', null],
  ['rows among one another', [mixed(KINDS)], 'zeek@1', 'zeek@2', null],
  [
    'the same without what nodes say of themselves',
    [mixed(['my_stats', 'my_stats_variable'])],
    'zeek@1',
    'zeek@2',
    null,
  ],
  ['six columns', [mixed(['my_stats'], sixColumns)], 'zeek@1', 'zeek@2', null],
  ['a column of the site', [mixed(KINDS, withColumn('_system_name'))], 'zeek@site-1', 'zeek@site-2', null],
  ['a column that is named', [mixed(KINDS, withColumn('kept_by'))], 'zeek@site-1', 'zeek@site-2', 'kept_by'],
  ['one stream', [stream((row) => row)], 'zeek@1', 'zeek@2', null],
  [
    'one stream that names systems',
    [stream((row, i) => ({ ...row, _system_name: `site-${i}` }))],
    'zeek@site-1',
    'zeek@site-2',
    null,
  ],
  [
    'hosts in a record beside',
    [stream((row, i) => ({ ...row, host: { name: `box-${i}` } }))],
    'zeek@box-1',
    'zeek@box-2',
    null,
  ],
  [
    'records of a shipper',
    [
      stream((row, i) => ({
        '@timestamp': '2026-11-24T00:00:00Z',
        'observer.name': `box-${i}`,
        message: JSON.stringify(row),
      })),
    ],
    'zeek@box-1',
    'zeek@box-2',
    null,
  ],
])('%s: both sensors are counted, each for itself', (_, paths, first, second, sensorColumn) => {
  const open = (needs: 'processes' | 'measurements' = 'processes') => LogStore.open(paths, needs, { sensorColumn });

  test('now', async () => {
    const { snapshot } = await (await open()).snapshot(null);
    const sizes = snapshot.nodes.map(({ node, samples }) => [node, samples.map(({ size }) => size)]);
    expect(sizes).toEqual([
      [first, [3000, 300]],
      [second, [150_000, 300]],
    ]);
    expect(snapshot.stopped).toEqual([]);
  });

  test('over time', async () => {
    const store = await open();
    const { nodes, groups } = (await store.range({ by: 'variable', ...ALL })).range;
    expect(nodes.map(({ node, runs, boots }) => ({ node, runs, boots }))).toEqual([
      { node: first, runs: RUNS, boots: 1 },
      { node: second, runs: RUNS, boots: 1 },
    ]);
    expect(groups.filter(({ key }) => key === 'Big::table').map(({ max, mean }) => [max, mean])).toEqual([
      [3000, 3000],
      [150_000, 150_000],
    ]);
    const { stretches } = (await store.series(ALL)).series;
    expect(stretches.map(({ node, begins, runs }) => ({ node, begins, runs }))).toEqual([
      { node: first, begins: 'first', runs: RUNS },
      { node: second, begins: 'first', runs: RUNS },
    ]);
    const lives = (await store.nodeSeries()).series.map(({ node, ts }: NodeSeries) => [node, ts.length]);
    expect([
      [],
      [
        [first, RUNS],
        [second, RUNS],
      ],
    ]).toContainEqual(lives);
  });

  test('in SQL', async () => {
    const query = 'select node, sensor, count(*) from samples group by all order by all';
    const asked = sensorColumn === null ? [] : ['--sensor-column', sensorColumn];
    const { code, stdout } = await myStats(['sql', '--tsv', ...asked, query, ...paths]);
    const row = (node: string) => `${node}\t${node.slice('zeek@'.length)}\t${2 * RUNS}`;
    expect({ code, rows: stdout.trim().split('\n').slice(1) }).toEqual({ code: 0, rows: [row(first), row(second)] });
  });
});

test('rows of two sensors that nothing but their turns tell apart may stand in any order', async () => {
  const rows = (kind: Kind) => [FIRST, SECOND].flatMap((place) => lines(place, kind).rows);
  const answer = async (place: string) => {
    const store = await LogStore.open([place], 'processes');
    return { now: (await store.snapshot(null)).snapshot, range: (await store.range({ by: 'node', ...ALL })).range };
  };
  const expected = await answer(mixed(KINDS));
  const orders = fc.tuple(fc.shuffledSubarray(rows('my_stats'), { minLength: 2 * 2 * RUNS }), fc.boolean());
  await fc.assert(
    fc.asyncProperty(orders, async ([samples, withNodes]) => {
      const place = inFolder({
        'my_stats.log': [...lines(FIRST, 'my_stats').header, ...samples],
        ...(withNodes
          ? { 'my_stats_node.log': [...lines(FIRST, 'my_stats_node').header, ...rows('my_stats_node')] }
          : {}),
      });
      const { now, range } = await answer(place);
      expect(range).toEqual(expected.range);
      expect(now.nodes.map(({ node, samples }) => ({ node, samples }))).toEqual(
        expected.now.nodes.map(({ node, samples }) => ({ node, samples })),
      );
    }),
    { numRuns: 15 },
  );
});

describe('what is of one sensor stays so', () => {
  const CLUSTER = ['manager', 'worker-1', 'worker-2'].map((node, i) => standalone(1000 * (i + 1), BOOT + i, node));
  const whole = madeLogs(join(folder, 'whole'), CLUSTER);
  const nodesOf = async (paths: readonly string[]) => {
    const { snapshot } = await (await LogStore.open(paths)).snapshot(null);
    return snapshot.nodes.map(({ node, complete, samples }) => ({ node, complete, rows: samples.length }));
  };
  const expected = CLUSTER.map(({ node }) => ({ node, complete: true, rows: 2 }));
  /** Every second row of each log. */
  const dealt = (kinds: readonly Kind[], logger: number, change: (line: string, logger: number | null) => string) =>
    Object.fromEntries(
      kinds.map((kind) => {
        const { header, rows } = lines(whole, kind);
        const own = rows.filter((_, i) => i % 2 === logger).map((row) => change(row, logger));
        return [`${kind}.log`, [...header.map((line) => change(line, null)), ...own]];
      }),
    );

  test.each<[string, readonly Kind[], readonly Kind[], (line: string, logger: number | null) => string]>([
    ['two loggers', KINDS, KINDS, (line) => line],
    ['two loggers, of which one wrote no log of nodes', KINDS, ['my_stats'], (line) => line],
    ['two loggers without any log of nodes', ['my_stats'], ['my_stats'], (line) => line],
    ['two loggers and six columns', ['my_stats'], ['my_stats'], sixColumns],
    ['two loggers on machines of their own', KINDS, KINDS, withColumn('host.name')],
    ['two loggers that name themselves as the system', KINDS, KINDS, withColumn('_system_name')],
  ])('%s', async (_, one, other, change) => {
    const paths = [inFolder(dealt(one, 0, change)), inFolder(dealt(other, 1, change))];
    expect(await nodesOf(paths)).toEqual(expected);
  });

  test('nodes that name themselves as the system', async () => {
    const named = (line: string, logger: number | null) => {
      if (logger !== null) return `${line}\t${/manager|worker-\d/.exec(line)![0]}`;
      return withColumn('_system_name')(line, null);
    };
    const paths = [inFolder(dealt(KINDS, 0, named)), inFolder(dealt(KINDS, 1, named))];
    expect(await nodesOf(paths)).toEqual(expected);
  });

  test('days in folders of their own, with a restart between', async () => {
    const place = mkdtempSync(join(folder, 'days-'));
    madeLogs(join(place, '2026-11-24'), [standalone(1000, BOOT)]);
    madeLogs(join(place, '2026-11-25'), [standalone(1000, BOOT + 3600)]);
    const { snapshot } = await (await LogStore.open([join(place, '2026-11-24'), join(place, '2026-11-25')])).snapshot(
      null,
    );
    expect(snapshot.nodes.map(({ node }) => node)).toEqual(['zeek']);
  });
});

describe('on the command line', () => {
  test('sensors are a pivot and a filter, and said in JSON', async () => {
    const { stdout } = await myStats(['top', '--by', 'sensor', '--unit', 'entries', '--json', ...byFolder]);
    const { sections, nodes, reading } = JSON.parse(stdout);
    expect(sections[0].rows.map(({ group, size }: { group: string; size: number }) => [group, size])).toEqual([
      ['second', 50_100],
      ['first', 1100],
    ]);
    expect(nodes.map(({ node, sensor }: { node: string; sensor: string }) => [node, sensor])).toEqual([
      ['zeek@first', 'first'],
      ['zeek@second', 'second'],
    ]);
    expect(reading.notes).toContain('These are the logs of 2 sensors: first, second.');
    for (const filter of [
      ['--sensor', 'sec*'],
      ['--node', 'zeek@second'],
      ['--node', 'zeek', '--sensor', 'second'],
    ]) {
      const found = await myStats(['top', '--by', 'node', '--csv', '--unit', 'entries', ...filter, ...byFolder]);
      expect(
        found.stdout
          .split('\n')
          .slice(1, -1)
          .map((line) => line.split(',')[2]),
      ).toEqual(['zeek@second']);
    }
    const query = 'select node, max(entries) as entries from samples group by node';
    const { stdout: ofSecond } = await myStats(['sql', '--csv', '--sensor', 'sec*', query, ...byFolder]);
    expect(ofSecond).toBe('node,entries\nzeek@second,50000\n');
    for (const command of [['top'], ['sql', query]]) {
      const found = await myStats([...command, '--sensor', 'third', ...byFolder]);
      expect(found).toMatchObject({ code: 2, stderr: expect.stringContaining('third') });
    }
  });

  test('nothing says of a sensor where there is one', async () => {
    const { stdout } = await myStats(['runs', '--json', FIRST]);
    expect(stdout).not.toContain('sensor');
  });

  test('a column that no log has is an error', async () => {
    const { code, stderr } = await myStats(['top', '--sensor-column', 'nope', FIRST]);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('no log has the column nope') });
  });
});
