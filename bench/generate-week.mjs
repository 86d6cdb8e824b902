/**
 * Writes a week of a 41-node cluster as the collector's logs: one run a minute, 170 variables, 70 million rows.
 *
 * `node bench/generate-week.mjs FOLDER [DAYS]` writes FOLDER/YYYY-MM-DD/my_stats.HH.log.gz, an hour each, and
 * my_stats_node.HH.log.gz beside it. Of the variables most stay as they are, some breathe with the day or are emptied now
 * and then, and three grow: Site::seen in a straight line on all nodes, Known::hosts past its expiry on the manager, and
 * Conn::state on worker-7 only. Sizes are pseudo-random with a fixed seed, so every machine gets the same.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';

const [folder = 'bench/data/week', days = '7'] = process.argv.slice(2);
const MODULES = 'HTTP SSL DNS Known Intel SMB Conn Files Notice SSH FTP DCE_RPC Site Log GLOBAL DomainTLD JA3'.split(
  ' ',
);
const NAMES = 'seen pending state cache hosts tickets peers table1 names by_uid'.split(' ');
const VARIABLES = MODULES.flatMap((module) =>
  NAMES.map((name) => ({ module, name: module === 'GLOBAL' ? name : `${module}::${name}` })),
);
const NODES = ['manager', 'logger-1', 'proxy-1', ...Array.from({ length: 38 }, (_, i) => `worker-${i + 1}`)];
const BOOT = 1_795_392_000;

const header = (path, columns) => {
  const names = columns.map((column) => column.split(':')[0]).join('\t');
  const types = columns.map((column) => column.split(':')[1]).join('\t');
  return `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\t${path}\n#fields\t${names}\n#types\t${types}\n`;
};
const SAMPLES = header('my_stats', [
  'ts:time',
  'run:count',
  'node:string',
  'module_name:string',
  'variable:string',
  'size:count',
  'unit:string',
  'entries:count',
]);
const RUNS = header('my_stats_node', [
  'ts:time',
  'run:count',
  'node:string',
  'boot:time',
  'zeek_version:string',
  'duration:interval',
  'resident_memory:count',
  'connections:count',
]);
const CLOSE = '#close\t2026-11-24-00-00-00\n';

let seed = 42;
function random() {
  seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
  return seed / 0x7fffffff;
}

/** Entries of a variable on a node, `hours` after the start. */
function entriesOf(v, name, node, hours) {
  if (name === 'Site::seen') return 2000 + 150 * hours;
  if (name === 'Known::hosts' && node === 'manager') return 500 + 1200 * hours;
  if (name === 'Conn::state') return node === 'worker-7' ? 1000 + 900 * hours : 4000 + 100 * random();
  const level = 1000 + v * 37;
  if (v % 5 === 0) return level * (1 + 0.4 * Math.sin((2 * Math.PI * (hours + v)) / 24)) + 0.02 * level * random();
  if (v % 7 === 0) return level * ((hours / (3 + (v % 11))) % 1) + 300;
  if (v % 11 === 0) return level * (1 - Math.exp(-hours / 2)) + 300;
  return v % 3 === 0 ? level : level + 0.03 * level * random();
}

let date = '';
for (let hour = 0; hour < 24 * Number(days); hour++) {
  const samples = [SAMPLES];
  const runs = [RUNS];
  for (let minute = 0; minute < 60; minute++) {
    const run = hour * 60 + minute + 1;
    let text = '';
    NODES.forEach((node, n) => {
      const ts = (BOOT + 10 + run * 60 + n * 1.4).toFixed(6);
      VARIABLES.forEach(({ module, name }, v) => {
        const entries = Math.round(entriesOf(v, name, node, run / 60));
        text += `${ts}\t${run}\t${node}\t${module}\t${name}\t${entries * 4}\tobjects\t${entries}\n`;
      });
      runs.push(`${ts}\t${run}\t${node}\t${BOOT}.000000\t8.0.10\t0.020000\t${400_000_000 + 40_000 * run}\t1200\n`);
    });
    samples.push(text);
  }
  date = new Date((BOOT + hour * 3600) * 1000).toISOString().slice(0, 10);
  const at = join(folder, date);
  mkdirSync(at, { recursive: true });
  const name = String(hour % 24).padStart(2, '0');
  writeFileSync(join(at, `my_stats.${name}.log.gz`), zlib.gzipSync(samples.join('') + CLOSE, { level: 4 }));
  writeFileSync(join(at, `my_stats_node.${name}.log.gz`), zlib.gzipSync(runs.join('') + CLOSE));
}
