/**
 * What it costs to watch: a look of `watch` at logs that are being written, against running `top` again and again on the
 * same logs, in turn, in one run.
 *
 * `node bench/watching.mjs LOGS [LOOKS]` takes a folder with a my_stats.log, such as the one that bench/weighing.mjs writes,
 * and needs GNU time (Debian: time) and a build. A look is one of a process that goes on, as on a terminal; the first one
 * reads the window before as well. Before each, the log is touched, as if it had grown; where it was not, nothing is read.
 * Prints medians of processor time and of time on the clock, the ratio, and the memory before and after.
 */

import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { NO_FILTERS, Watch, watched } from '../dist/index.js';
import { median, timeInTurn } from './whole-processes.mjs';

const [logs, looks = '20'] = process.argv.slice(2);
if (logs === undefined) throw new Error('usage: node bench/watching.mjs LOGS [LOOKS]');

const view = { by: 'module', unit: null, within: [], text: '', sort: 'size' };
const watch = new Watch({ paths: [logs], strict: false, filters: NO_FILTERS, packages: [], window: 600 });
const megabytes = () => Math.round(process.memoryUsage().rss / 1e6);

async function look() {
  const start = performance.now();
  const before = process.cpuUsage();
  const { groups } = watched(await watch.look(), view);
  const { user, system } = process.cpuUsage(before);
  return { groups: groups.length, seconds: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
}

const first = await look();
const started = megabytes();
const own = [];
const peer = [];
for (let i = 0; i < Number(looks); i++) {
  utimesSync(join(logs, 'my_stats.log'), new Date(), new Date());
  own.push(await look());
  peer.push(timeInTurn({ top: `node bin/my-stats top ${JSON.stringify(logs)}` }, 1).top[0]);
}

const hourAgo = new Date(Date.now() - 3_600_000);
utimesSync(join(logs, 'my_stats.log'), hourAgo, hourAgo);
await look();
const idle = await look();

const line = (name, { processor, seconds }) =>
  console.log(`${name.padEnd(32)} ${processor.toFixed(3)} s of processor time, ${seconds.toFixed(3)} s by the clock`);
const medians = (runs) => ({
  processor: median(runs.map((run) => run.processor)),
  seconds: median(runs.map((run) => run.seconds)),
});
console.log(`${looks} times each, ${first.groups} modules`);
line('the first look', first);
line('a look', medians(own));
line('where nothing has changed', idle);
line('top', medians(peer));
const ratio = median(peer.map(({ processor }, i) => processor / own[i].processor));
console.log(`a look takes ${ratio.toFixed(1)} times less of the processor than top`);
console.log(`memory after the first look ${started} MB, after the last ${megabytes()} MB`);
