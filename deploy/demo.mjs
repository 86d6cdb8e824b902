/**
 * What `deploy/` is for, without Zeek and without containers: recorded logs are written as if they were of now, `my-stats serve`
 * reads them, and Prometheus scrapes that and tells what should be told. Needs `npm run build`, and `prometheus` on PATH.
 *
 *   node deploy/demo.mjs [--once] [RECORDING]
 *
 * With `--once` it ends when the first alert fires.
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const words = process.argv.slice(2);
const isOnce = words.includes('--once');
const recording = words.find((word) => word !== '--once') ?? join(here, '../fixtures/collector-8.0.10-cluster');
if (!existsSync(recording)) {
  console.error(`demo: there is no recording ${recording}. Usage: node deploy/demo.mjs [--once] [RECORDING]`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'my-stats-demo-'));
const children = [];
function end(code) {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}
process.on('SIGINT', () => end(130));
process.on('SIGTERM', () => end(143));

/** The first text that a child says and that matches, with its groups. */
async function started(stream, command, args, pattern) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let said = '';
  return await new Promise((resolve) => {
    for (const output of [child.stdout, child.stderr])
      output.on('data', (chunk) => {
        said += chunk;
        const found = output === child[stream] ? pattern.exec(said) : null;
        if (found !== null) resolve(found);
      });
    const failed = (reason) => {
      console.error(`${command} did not start: ${reason}\n${said}`);
      end(2);
    };
    child.on('error', (error) => failed(error.message));
    child.on('exit', (code) => failed(`it ended with ${code}`));
  });
}

const logs = join(folder, 'logs');
const replay = spawn(process.execPath, [join(here, 'replay.mjs'), recording, logs], { stdio: 'inherit' });
children.push(replay);
while (!existsSync(join(logs, 'my_stats.log'))) {
  if (replay.exitCode !== null) end(2);
  await wait(100);
}

const program = join(here, '../bin/my-stats');
const serve = [program, 'serve', '--listen', '127.0.0.1:0', '--every', '1', logs];
const [page] = await started('stdout', process.execPath, serve, /http:\S+/);

const configuration = readFileSync(join(here, 'demo/prometheus.yml'), 'utf8');
writeFileSync(join(folder, 'prometheus.yml'), configuration.replace('my-stats:8047', new URL(page).host));
// Nobody waits an hour for a demo.
const rules = readFileSync(join(here, 'prometheus/rules.yml'), 'utf8').replace(/^ +for: .*\n/gm, '');
writeFileSync(join(folder, 'rules.yml'), rules);
const [, address] = await started(
  'stderr',
  'prometheus',
  [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    '--web.listen-address=127.0.0.1:0',
  ],
  /Listening on" address=(\S+)/,
);

console.log(`The page         ${page}`);
console.log(`The metrics      ${page}metrics`);
console.log(`Prometheus       http://${address}/alerts`);
console.log(isOnce ? 'Waiting for an alert …' : 'Waiting for alerts … Ctrl-C ends it.');

const told = new Set();
for (;;) {
  const { data } = await (await fetch(`http://${address}/api/v1/alerts`)).json();
  for (const { labels, annotations, state } of data.alerts) {
    const line = `${labels.alertname}: ${annotations.summary}`;
    if (state !== 'firing' || told.has(line)) continue;
    told.add(line);
    console.log(line);
  }
  if (isOnce && told.size > 0) end(0);
  await wait(1000);
}
