/** What the logs say of processes and connections arrives as it was written, over rotations, restarts and formats. */

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connections } from '../../src/app/connections.ts';
import { LogStore } from '../../src/store/log-store.ts';
import { BOOT, type MadeNode, madeLogs } from '../support/made-logs.ts';
import { temporaryFolder, write } from './logs.ts';

const folder = temporaryFolder();

const WORKER: MadeNode = {
  node: 'worker-1',
  runs: 10,
  gauges: (age) => ({ resident_memory: 1e8 + age, peak_memory: 2e8, connections: 5, duration: 0.01 + age / 1e6 }),
  variables: [],
  connections: [
    {
      field: 'dce_rpc_backing',
      type: 'table[count] of DCE_RPC::BackingState',
      uid: 'CHhAvVGS1DHFjwGM9',
      service: ['dce_rpc', 'smb'],
      at: (age) => 100 + 50 * age,
    },
    {
      field: 'http_state.pending',
      type: 'table[count] of HTTP::Info',
      uid: 'Cx',
      at: (age) => (age < 300 ? 120 : null),
    },
  ],
};
const SECOND = { ...WORKER, boot: BOOT + 5000, runs: 3, connections: [], exits: true };

test('every life of a node is a series of its own', async () => {
  const logs = madeLogs(join(folder, 'lives'), [WORKER, SECOND, { ...WORKER, node: 'manager', connections: [] }]);
  const { series, reading } = await (await LogStore.open([logs], 'connections')).nodeSeries();
  expect(reading).toMatchObject({ rows: 23, skipped: 0 });
  expect(series.map(({ node, boot, ts, trigger }) => [node, boot, ts.length, trigger.at(-1)])).toEqual([
    ['manager', BOOT, 10, 'interval'],
    ['worker-1', BOOT, 10, 'interval'],
    ['worker-1', BOOT + 5000, 3, 'exit'],
  ]);
  const [, worker] = series;
  expect(worker!.gauges.resident_memory[9]).toBe(1e8 + 550);
  expect(worker!.gauges.duration[0]).toBe(0.01001);
  expect(worker!.gauges.timers[0]).toBeNaN();
  expect(worker!.zeekVersion).toBe('8.0.10');
});

test('what the collector wrote itself is read column by column', async () => {
  const { series } = await (await LogStore.open(['fixtures/collector-8.0.10-standalone'])).nodeSeries();
  expect(series).toHaveLength(1);
  const { gauges, trigger } = series[0]!;
  const at = (run: number) => Object.fromEntries(Object.entries(gauges).map(([name, values]) => [name, values[run]]));
  expect(trigger).toEqual([...Array.from({ length: 12 }, () => 'interval'), 'exit']);
  expect(at(10)).toEqual({
    resident_memory: 327319552,
    peak_memory: 327319552,
    connections: 0,
    tcp_connections: 0,
    udp_connections: 0,
    icmp_connections: 0,
    fragments: 0,
    reassembly_bytes: 0,
    files: 0,
    timers: 40,
    events_pending: 1,
    peer_messages_queued: 0,
    threads: 4,
    dns_pending: 0,
    dns_cached: 0,
    matcher_states: 11,
    matcher_bytes: 31528,
    duration: 0.00867,
    longest_pause: 0.004198,
    variables_seen: 477,
    variables_logged: 23,
    variables_not_measured: 1,
    // Of a collector that did not tell these.
    cpu_time: Number.NaN,
    longest_cpu_time: Number.NaN,
    anonymous_memory: Number.NaN,
    swapped_memory: Number.NaN,
    memory_limit: Number.NaN,
    connections_sampled: 0,
  });
});

test('lives are told apart by the counter where the log names no boot', async () => {
  const path = join(folder, 'my_stats_node.log');
  const rows = [1, 2, 3, 1, 2].map((run, i) => ({ ts: 100 + i, run, duration: 1, boot: null, resident_memory: i }));
  write(path, rows.map((row) => `${JSON.stringify({ _path: 'my_stats_node', ...row })}\n`).join(''));
  const { series } = await (await LogStore.open([path], 'connections')).nodeSeries();
  expect(series.map(({ node, run }) => [node, Array.from(run)])).toEqual([
    ['zeek', [1, 2, 3]],
    ['zeek', [1, 2]],
  ]);
});

const OPTIONS = { strict: true, nodes: [], fields: [], limit: null } as const;

test('connections: the fields of the last run, with the largest connection and how fast it grows', async () => {
  const logs = madeLogs(join(folder, 'connections'), [WORKER]);
  const { rows, from, to } = await connections({ ...OPTIONS, paths: [logs] });
  expect([from, to]).toEqual([BOOT + 550, BOOT + 550]);
  expect(rows).toEqual([
    expect.objectContaining({
      node: 'worker-1',
      field: 'dce_rpc_backing',
      type: 'table[count] of DCE_RPC::BackingState',
      entries: 27_600,
      size: 110_400,
      sizeComplete: true,
      connectionsLive: 5,
      largestEntriesPerSecond: 50,
      largest: {
        uid: 'CHhAvVGS1DHFjwGM9',
        endpoints: null,
        entries: 27_600,
        size: 110_400,
        service: ['dce_rpc', 'smb'],
        age: 550,
      },
    }),
  ]);
});

test('connections: the same in JSON', async () => {
  const logs = madeLogs(join(folder, 'plain'), [WORKER]);
  const lines = readFileSync(join(logs, 'my_stats_connection.log'), 'utf8').split('\n');
  const names = lines
    .find((line) => line.startsWith('#fields'))!
    .split('\t')
    .slice(1);
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t'));
  const json = rows.map((row) => {
    const value = (text: string, name: string) => {
      if (name === 'largest_service') return text === '(empty)' ? [] : text.split(',');
      if (name === 'size_complete') return text === 'T';
      return /^[\d.]+$/.test(text) ? Number(text) : text;
    };
    return JSON.stringify(Object.fromEntries(names.map((name, i) => [name, value(row[i]!, name)])));
  });
  mkdirSync(join(folder, 'json'));
  const other = write(join(folder, 'json', 'my_stats_connection.log'), json.map((line) => `${line}\n`).join(''));
  const { reading: _, ...expected } = await connections({ ...OPTIONS, paths: [logs] });
  const { reading, ...found } = await connections({ ...OPTIONS, paths: [other] });
  expect(reading.skipped).toBe(0);
  expect(found).toEqual(expected);
});

test('connections: no field worth logging is an answer, a filter that matches nothing is not', async () => {
  const logs = madeLogs(join(folder, 'none'), [SECOND]);
  expect(await connections({ ...OPTIONS, paths: [logs] })).toMatchObject({ rows: [], hidden: 0 });
  const some = madeLogs(join(folder, 'some'), [WORKER]);
  const nodes = [{ kind: 'exact', text: 'proxy' } as const];
  await expect(connections({ ...OPTIONS, paths: [some], nodes })).rejects.toMatchObject({ code: 'nothing-selected' });
});

test('connections: a row whose flag is none is counted, not read', async () => {
  const logs = madeLogs(join(folder, 'damaged'), [WORKER]);
  const path = join(logs, 'my_stats_connection.log');
  write(path, readFileSync(path, 'utf8').replace('\tobjects\tT\t', '\tobjects\tmaybe\t'));
  const { reading } = await connections({ ...OPTIONS, strict: false, paths: [path] });
  expect(reading.skipped).toBe(1);
  expect(reading.examples[0]!.reason).toBe('size_complete is not a bool: "maybe"');
});
