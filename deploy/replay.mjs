/**
 * Writes recorded logs as if they were of now: all but their last two minutes at once, and these as time goes on.
 *
 *   node deploy/replay.mjs fixtures/collector-8.0.10-cluster FOLDER
 */

import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';

/** Seconds. */
const REPLAYED = 120;

const [recording, folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: node deploy/replay.mjs RECORDING FOLDER');
  process.exit(2);
}

/** A log of Zeek in TSV: its header, and rows with the columns that are times. */
function readLog(path) {
  const bytes = readFileSync(path);
  const lines = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trimEnd().split('\n');
  const types = lines
    .find((line) => line.startsWith('#types'))
    ?.split('\t')
    .slice(1);
  if (types === undefined) throw new Error(`${path} is no log in TSV`);
  return {
    kind: basename(path).split('.')[0],
    header: lines.filter((line) => line.startsWith('#') && !/^#(open|close)/.test(line)).join('\n'),
    rows: lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t')),
    isTime: types.map((type) => type === 'time'),
  };
}

const logs = readdirSync(recording, { recursive: true })
  .filter((name) => /(^|\/)my_stats[^/]*\.log(\.gz)?$/.test(name))
  .map((name) => readLog(join(recording, name)));
// Of a trace, the other logs have times of the system's clock.
const runs = logs.filter(({ kind }) => kind === 'my_stats').flatMap(({ rows }) => rows.map(([ts]) => Number(ts)));
const shift = Date.now() / 1000 + REPLAYED - runs.reduce((a, b) => Math.max(a, b));

mkdirSync(folder, { recursive: true });
const pending = logs.flatMap(({ kind, header, rows, isTime }) => {
  const path = join(folder, `${kind}.log`);
  // Rotated logs of a kind become one: their names tell times that no longer hold.
  writeFileSync(path, `${header}\n`);
  return rows.map((row) => {
    const moved = row.map((cell, i) => (isTime[i] && cell !== '-' ? (Number(cell) + shift).toFixed(6) : cell));
    return { path, ts: Number(moved[0]), text: `${moved.join('\t')}\n` };
  });
});
pending.sort((a, b) => a.ts - b.ts);

while (pending.length > 0) {
  const now = Date.now() / 1000;
  const later = pending.findIndex(({ ts }) => ts > now);
  const due = pending.splice(0, later === -1 ? pending.length : later);
  for (const path of new Set(due.map((row) => row.path)))
    appendFileSync(path, due.flatMap((row) => (row.path === path ? [row.text] : [])).join(''));
  await wait(1000);
}
