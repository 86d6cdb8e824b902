/**
 * Writes a day of a 41-node cluster as my_stats.log: one run a minute, 170 variables in 17 modules, 10,036,800 rows.
 *
 * `node bench/generate-day.mjs FOLDER [DAYS]` writes FOLDER/day.log (TSV, the origin's six columns), the same rows as 24
 * hourly .gz in FOLDER/hourly, dealt out row by row to two loggers in FOLDER/two-loggers, and FOLDER/days.log with DAYS days
 * (10). Sizes are pseudo-random with a fixed seed, so every machine gets the same.
 */

import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';

const [folder = 'bench/data', days = '10'] = process.argv.slice(2);
const MODULES = 'HTTP SSL DNS Known Intel SMB Conn Files Notice SSH FTP DCE_RPC Site Log GLOBAL DomainTLD JA3'.split(
  ' ',
);
const NAMES = 'seen pending state cache hosts tickets peers table1 names by_uid'.split(' ');
const VARIABLES = MODULES.flatMap((module) =>
  NAMES.map((name) => `${module}\t${module === 'GLOBAL' ? name : `${module}::${name}`}`),
);
const NODES = ['manager', 'logger-1', 'proxy-1', ...Array.from({ length: 38 }, (_, i) => `worker-${i + 1}`)];
const START = 1_795_392_000;
const HEADER = `#separator \\x09
#set_separator\t,
#empty_field\t(empty)
#unset_field\t-
#path\tmy_stats
#open\t2026-11-23-00-00-00
#fields\tts\trun\tnode\tmodule_name\tvariable\tsize
#types\ttime\tcount\tstring\tstring\tstring\tcount
`;
const CLOSE = '#close\t2026-11-24-00-00-00\n';

let seed = 42;
function random() {
  seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
  return seed / 0x7fffffff;
}

function minute(run) {
  let text = '';
  NODES.forEach((node, n) => {
    const ts = (START + run * 60 + n * 1.4).toFixed(6);
    VARIABLES.forEach((variable, v) => {
      const size = Math.floor(4000 + v * 148 + (run % 1440) * (v % 7 === 0 ? 12 : 0) + random() * 200);
      text += `${ts}\t${run}\t${node}\t${variable}\t${size}\n`;
    });
  });
  return text;
}

mkdirSync(join(folder, 'hourly'), { recursive: true });
mkdirSync(join(folder, 'two-loggers'), { recursive: true });
const open = (name) => openSync(join(folder, name), 'w');
const [day, long] = [open('day.log'), open('days.log')];
const loggers = [1, 2].map((logger) => open(`two-loggers/my_stats-logger-${logger}.log`));
for (const file of [day, long, ...loggers]) writeSync(file, HEADER);
let hour = '';
for (let run = 1; run <= 1440 * Number(days); run++) {
  const text = minute(run);
  writeSync(long, text);
  if (run > 1440) continue;
  writeSync(day, text);
  const rows = text.split(/(?<=\n)/);
  loggers.forEach((file, logger) => {
    writeSync(file, rows.filter((_, row) => row % 2 === logger).join(''));
  });
  hour += text;
  if (run % 60 > 0) continue;
  const name = `my_stats.${String(run / 60).padStart(2, '0')}.log.gz`;
  writeFileSync(join(folder, 'hourly', name), zlib.gzipSync(`${HEADER}${hour}${CLOSE}`));
  hour = '';
}
for (const file of [day, long, ...loggers]) {
  writeSync(file, CLOSE);
  closeSync(file);
}
