/**
 * How long questions over a fleet take that VictoriaMetrics has the history of, against the same query asked with curl, in the
 * same run.
 *
 * `node bench/fleet.mjs [ROUNDS] [DAYS] [SENSORS]` starts VictoriaMetrics in a folder of its own, fills it with DAYS (14) at
 * five minutes of SENSORS (100) with ten nodes each and 30 variables on every node, and times whole processes in turn. Needs
 * victoria-metrics, curl and GNU time (Debian: victoria-metrics curl time), a build, and some GB for the history.
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { printRatios, printTimes, timeInTurn } from './whole-processes.mjs';

const [rounds, days, sensors] = [3, 14, 100].map((usual, i) => Number(process.argv[2 + i] ?? usual));
const NODES = ['manager', 'logger-1', 'logger-2', 'proxy-1', ...[1, 2, 3, 4, 5, 6].map((n) => `worker-${n}`)];
const VARIABLES = 30;
const STEP = 300;
const ADDRESS = 'http://127.0.0.1:18428';
/** Bytes that are posted at a time. */
const POST = 1 << 25;

const points = Math.floor((days * 86_400) / STEP);
const now = Math.floor(Date.now() / 1000 / STEP) * STEP;
const times = Array.from({ length: points }, (_, i) => now - (points - 1 - i) * STEP);
const timestamps = JSON.stringify(times.map((ts) => ts * 1000));
const last = JSON.stringify([now * 1000]);

const folder = mkdtempSync(join(tmpdir(), 'my-stats-fleet-'));
const engine = spawn(
  'victoria-metrics',
  [
    '-storageDataPath',
    folder,
    '-httpListenAddr',
    new URL(ADDRESS).host,
    '-retentionPeriod',
    '1y',
    '-loggerLevel',
    'ERROR',
  ],
  { stdio: 'ignore' },
);
process.on('exit', () => {
  engine.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
while (!(await fetch(`${ADDRESS}/health`).catch(() => null))?.ok) await wait(100);

let [waiting, samples, series] = ['', 0, 0];
const started = Date.now();
for (let sensor = 0; sensor < sensors; sensor++)
  for (const node of NODES) await addNode({ node, sensor: `site-${String(sensor).padStart(3, '0')}` });
await post();
console.log(
  `${sensors * NODES.length} nodes, ${VARIABLES} variables each, ${days} days at ${STEP / 60} minutes: ` +
    `${(samples / 1e6).toFixed(0)} million samples in ${series} series, taken in ${((Date.now() - started) / 1000).toFixed(0)} s\n`,
);
await fetch(`${ADDRESS}/internal/resetRollupResultCache`);

const OURS = 'node bin/my-stats';
const curl = (path, query) => `curl -sf --data-urlencode 'query=${query}' ${path} -o /dev/null`;
const instant = (query) => curl(`${ADDRESS}/api/v1/query`, query);
const range = `-d start=${times[0]} -d end=${now} -d step=4096 ${ADDRESS}/api/v1/query_range`;
const results = timeInTurn(
  {
    'curl, all bytes now': instant('last_over_time(my_stats_variable_bytes[1d])'),
    'top, by module': `${OURS} top ${ADDRESS}`,
    'top, by variable, one sensor': `${OURS} top --by variable --sensor site-007 ${ADDRESS}`,
    'curl, all entries over the span': curl(range, 'last_over_time(my_stats_variable_entries[4096s])'),
    'growth, one sensor': `${OURS} growth --sensor site-007 ${ADDRESS}`,
    'doctor, all': `${OURS} doctor ${ADDRESS}`,
  },
  rounds,
);
printTimes(results);
printRatios(results, [
  ['top by module against curl', 'top, by module', 'curl, all bytes now'],
  ['doctor against curl', 'doctor, all', 'curl, all entries over the span'],
]);
process.exit();

/** One variable in ten grows, on one node of a hundred. */
async function addNode(labels) {
  const seed = series;
  const gauge = (name, values) => add(name, labels, values);
  gauge('my_stats_run_timestamp_seconds', times);
  gauge(
    'my_stats_run_number',
    times.map((_, i) => i + 1),
  );
  gauge(
    'my_stats_node_start_time_seconds',
    times.map(() => times[0] - 10),
  );
  gauge(
    'my_stats_node_resident_memory_bytes',
    times.map((_, i) => 4e8 + noise(seed, i) * 1e6),
  );
  gauge('my_stats_node_info', null, { zeek_version: '8.0.10' });
  for (let v = 0; v < VARIABLES; v++) {
    const of = {
      ...labels,
      package: `package-${v % 10}`,
      module: `Module${v % 10}`,
      variable: `Module${v % 10}::table_${v}`,
    };
    const entries = 1000 * (v + 1);
    const rise = seed % 100 === 0 && v % 10 === 3 ? 10 : 0;
    add(
      'my_stats_variable_entries',
      of,
      times.map((_, i) => entries + noise(seed + v, i) + rise * i),
    );
    for (const [name, factor] of [
      ['bytes', 100],
      ['low_bytes', 90],
      ['high_bytes', 120],
      ['objects', 3],
    ])
      add(`my_stats_variable_${name}`, of, [factor * (entries + rise * points)]);
    add('my_stats_variable_info', { ...of, type: 'table[addr] of count', method: 'estimated' }, null);
  }
  for (let m = 0; m < 10; m++)
    add('my_stats_module_variables', { ...labels, package: `package-${m}`, module: `Module${m}` }, [VARIABLES / 10]);
  if (waiting.length >= POST) await post();
}

function noise(seed, i) {
  return ((seed * 7919 + i * 104_729) % 101) - 50;
}

/** Null for a mark, which is 1. */
function add(name, labels, values, more = {}) {
  const metric = JSON.stringify({ __name__: name, ...labels, ...more });
  const at = values?.length === points ? timestamps : last;
  waiting += `{"metric":${metric},"values":[${(values ?? [1]).join(',')}],"timestamps":${at}}\n`;
  samples += values?.length ?? 1;
  series++;
}

async function post() {
  const { ok, status } = await fetch(`${ADDRESS}/api/v1/import`, { method: 'POST', body: waiting });
  if (!ok) throw new Error(`importing failed: status ${status}`);
  waiting = '';
}
