/**
 * How long questions over a week take, against what a user has today: mawk over the same `.gz`, in the same run.
 *
 * `node bench/growth.mjs [FOLDER] [ROUNDS]` times whole processes in turn (a round is one of each) and prints medians, the
 * ratios, and peak memory. Needs mawk and GNU time (Debian: mawk time) and a build; the logs (70 million rows, 0.6 GB) are
 * written to FOLDER first if they are not there.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { printRatios, printTimes, timeInTurn } from './whole-processes.mjs';

const [folder = 'bench/data/week', rounds = '3'] = process.argv.slice(2);
const CACHE = `${folder}.cache`;
const OURS = `XDG_CACHE_HOME=${CACHE} node bin/my-stats`;
const SUM = `'!/^#/{s[$4]+=$6}END{for(m in s)print m,s[m]}'`;
/** Two moments within the week. */
const [BEFORE, AFTER] = ['2026-11-25T12:00', '2026-11-29T12:00'];

if (!existsSync(folder)) spawnSync(process.execPath, ['bench/generate-week.mjs', folder], { stdio: 'inherit' });

const COMMANDS = {
  'zcat | mawk, 168 .gz': `zcat ${folder}/*/my_stats.*.log.gz | mawk -F'\\t' ${SUM}`,
  'growth, 168 .gz': `rm -rf ${CACHE}; ${OURS} growth ${folder}`,
  'growth, second time': `${OURS} growth ${folder}`,
  'doctor, 168 .gz': `rm -rf ${CACHE}; ${OURS} doctor ${folder}`,
  'doctor, second time': `${OURS} doctor ${folder}`,
  'two top --at, 168 .gz': `${OURS} top --no-cache --at ${BEFORE} --by variable ${folder} && ${OURS} top --no-cache --at ${AFTER} --by variable ${folder}`,
  'diff of two times, 168 .gz': `${OURS} diff --no-cache --by variable --at ${BEFORE} --at ${AFTER} ${folder}`,
};
/** What is compared with what: [ours, peer]. */
const RATIOS = [
  ['growth against zcat | mawk', 'growth, 168 .gz', 'zcat | mawk, 168 .gz'],
  ['doctor against zcat | mawk', 'doctor, 168 .gz', 'zcat | mawk, 168 .gz'],
  ['growth, second time against first', 'growth, second time', 'growth, 168 .gz'],
  ['doctor, second time against first', 'doctor, second time', 'doctor, 168 .gz'],
  ['diff against two tops', 'diff of two times, 168 .gz', 'two top --at, 168 .gz'],
];

const results = timeInTurn(COMMANDS, Number(rounds));

const bytesIn = (place) => readdirSync(place).reduce((sum, name) => sum + statSync(join(place, name)).size, 0);
console.log(`${rounds} rounds; ${(bytesIn(join(CACHE, 'my-stats')) / 1e6).toFixed(1)} MB are kept\n`);
printTimes(results);
printRatios(results, RATIOS);
