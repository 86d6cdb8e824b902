/**
 * How fast answers come, against what a user has today: mawk, gawk and zcat, on the same logs, in the same run.
 *
 * `node bench/reading.mjs [FOLDER] [ROUNDS]` times whole processes in turn (a round is one of each) and prints medians,
 * the ratio to the peer, and peak memory. Needs mawk, gawk and GNU time (Debian: mawk gawk time) and a build; the logs
 * are written to FOLDER first if they are not there (some 6 GB).
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printRatios, printTimes, timeInTurn } from './whole-processes.mjs';

const [folder = 'bench/data', rounds = '5'] = process.argv.slice(2);
const [DAY, DAYS, HOURLY, TWO_LOGGERS, SMALL] = ['day.log', 'days.log', 'hourly', 'two-loggers', 'small.log'].map(
  (name) => join(folder, name),
);
const SUM = `'!/^#/{s[$4]+=$6}END{for(m in s)print m,s[m]}'`;
const CACHE = join(folder, 'cache');
const OURS = `XDG_CACHE_HOME=${CACHE} node bin/my-stats`;
const ALL_ROWS = '--since 2020-01-01';

if (!existsSync(TWO_LOGGERS)) spawnSync(process.execPath, ['bench/generate-day.mjs', folder], { stdio: 'inherit' });
writeFileSync(
  SMALL,
  readFileSync(DAY)
    .subarray(0, 1e6)
    .toString('latin1')
    .replace(/[^\n]*$/, ''),
  'latin1',
);

const COMMANDS = {
  'node -e 0': 'node -e 0',
  '--version': `${OURS} --version`,
  '--help': `${OURS} --help`,
  'top, 1 MB log': `${OURS} top ${SMALL}`,
  'mawk, day': `mawk -F'\\t' ${SUM} ${DAY}`,
  'gawk, day': `gawk -F'\\t' ${SUM} ${DAY}`,
  'top over all rows, day': `${OURS} top --no-cache ${ALL_ROWS} ${DAY}`,
  'top, last snapshot, day': `${OURS} top --no-cache ${DAY}`,
  'top, last snapshot, ten days': `${OURS} top --no-cache ${DAYS}`,
  'zcat | mawk, 24 .gz': `zcat ${HOURLY}/*.gz | mawk -F'\\t' ${SUM}`,
  'top over all rows, 24 .gz': `${OURS} top --no-cache ${ALL_ROWS} ${HOURLY}`,
  'second top, 24 .gz': `${OURS} top ${ALL_ROWS} ${HOURLY}`,
  'second top, day': `${OURS} top ${ALL_ROWS} ${DAY}`,
  'top over all rows, two loggers': `${OURS} top --no-cache ${ALL_ROWS} ${TWO_LOGGERS}`,
  'sql over all rows, day': `${OURS} sql "select module_name, sum(size) from samples group by 1" ${DAY}`,
};
/** What is compared with what: [ours, peer]. */
const RATIOS = [
  ['all rows against mawk', 'top over all rows, day', 'mawk, day'],
  ['all rows against gawk', 'top over all rows, day', 'gawk, day'],
  ['last snapshot against mawk over all rows', 'top, last snapshot, day', 'mawk, day'],
  ['last snapshot of ten days against one', 'top, last snapshot, ten days', 'top, last snapshot, day'],
  ['24 .gz against zcat | mawk', 'top over all rows, 24 .gz', 'zcat | mawk, 24 .gz'],
  ['two loggers against one file', 'top over all rows, two loggers', 'top over all rows, day'],
  ['second top, day, against mawk', 'second top, day', 'mawk, day'],
  ['second top, 24 .gz, against zcat | mawk', 'second top, 24 .gz', 'zcat | mawk, 24 .gz'],
  ['--version against node -e 0', '--version', 'node -e 0'],
  ['--help against node -e 0', '--help', 'node -e 0'],
  ['sql, loading the log, against mawk', 'sql over all rows, day', 'mawk, day'],
];

for (const logs of [DAY, HOURLY])
  spawnSync('bash', ['-c', `${OURS} top ${ALL_ROWS} ${logs}`], { stdio: ['ignore', 'ignore', 'inherit'] });
const results = timeInTurn(COMMANDS, Number(rounds));

console.log(`${rounds} rounds, ${(statSync(DAY).size / 1e6).toFixed(0)} MB of TSV\n`);
printTimes(results);
printRatios(results, RATIOS);
