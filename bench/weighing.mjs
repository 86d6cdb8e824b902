/**
 * What weighing in bytes and attributing to packages add to `top`, on a generated day of 41 nodes (10 million rows):
 * the same question once as the log counts and once in bytes, in turn, in one run.
 *
 * `node bench/weighing.mjs [FOLDER] [ROUNDS]` writes FOLDER/weighed first if it is not there (some 900 MB), and needs GNU
 * time (Debian: time) and a build. Prints medians of processor time and of time on the clock, and the ratios.
 */

import { closeSync, existsSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { median, timeInTurn } from './whole-processes.mjs';

const [folder = 'bench/data', rounds = '5'] = process.argv.slice(2);
const logs = join(folder, 'weighed');
const TYPES = [
  'table[addr] of count',
  'set[string]',
  'table[string] of set[addr]',
  'table[addr,port] of time',
  'vector of count',
];
const NODES = ['manager', 'logger-1', 'proxy-1', ...Array.from({ length: 38 }, (_, i) => `worker-${i + 1}`)];
const VARIABLES = Array.from({ length: 170 }, (_, i) => ({
  module: `Module${i % 17}`,
  name: `Module${i % 17}::table${i}`,
  type: TYPES[i % TYPES.length],
}));
const START = 1_795_392_000;
const header = (path, fields, types) => `#separator \\x09
#set_separator\t,
#empty_field\t(empty)
#unset_field\t-
#path\t${path}
#fields\t${fields}
#types\t${types}
`;

if (!existsSync(logs)) {
  mkdirSync(logs, { recursive: true });
  const described = openSync(join(logs, 'my_stats_variable.log'), 'w');
  writeSync(
    described,
    header(
      'my_stats_variable',
      'ts\tnode\tboot\tmodule_name\tvariable\tvar_type\tscript',
      'time\tstring\ttime\tstring\tstring\tstring\tstring',
    ),
  );
  for (const node of NODES)
    for (const { module, name, type } of VARIABLES)
      writeSync(
        described,
        `${START}.0\t${node}\t${START}.0\t${module}\t${name}\t${type}\tsite/packages/${module}/main.zeek\n`,
      );
  closeSync(described);
  const runs = openSync(join(logs, 'my_stats_node.log'), 'w');
  writeSync(
    runs,
    header(
      'my_stats_node',
      'ts\trun\tnode\tboot\tzeek_version\tduration\tvariables_logged\tresident_memory',
      'time\tcount\tstring\ttime\tstring\tinterval\tcount\tcount',
    ),
  );
  for (let run = 1; run <= 1440; run++)
    NODES.forEach((node, n) => {
      writeSync(
        runs,
        `${(START + run * 60 + n * 1.4).toFixed(6)}\t${run}\t${node}\t${START}.0\t8.0.10\t0.012\t170\t400000000\n`,
      );
    });
  closeSync(runs);
  const day = openSync(join(logs, 'my_stats.log'), 'w');
  writeSync(
    day,
    header(
      'my_stats',
      'ts\trun\tnode\tmodule_name\tvariable\tsize\tunit\tentries',
      'time\tcount\tstring\tstring\tstring\tcount\tstring\tcount',
    ),
  );
  for (let run = 1; run <= 1440; run++) {
    let text = '';
    NODES.forEach((node, n) => {
      const ts = (START + run * 60 + n * 1.4).toFixed(6);
      VARIABLES.forEach(({ module, name }, v) => {
        const entries = 1000 + v * 37 + (v % 7 === 0 ? run * 3 : (run * 31 + v * 17) % 50);
        text += `${ts}\t${run}\t${node}\t${module}\t${name}\t${entries * 4}\tobjects\t${entries}\n`;
      });
    });
    writeSync(day, text);
  }
  closeSync(day);
}

const SPAN = '--since 2020-01-01';
const [COUNTED, WEIGHED, PACKAGES] = [
  'span by module, as the log counts',
  'span by module, in bytes',
  'span by package, in bytes',
];
const [COUNTED_NOW, WEIGHED_NOW] = ['snapshot by module, as the log counts', 'snapshot by module, in bytes'];
const OPTIONS = {
  [COUNTED]: `${SPAN} --unit objects`,
  'span by variable, as the log counts': `${SPAN} --unit objects --by variable`,
  [WEIGHED]: SPAN,
  [PACKAGES]: `${SPAN} --by package`,
  [COUNTED_NOW]: '--unit objects',
  [WEIGHED_NOW]: '',
};
const commands = Object.entries(OPTIONS).map(([name, options]) => [name, `node bin/my-stats top ${options} ${logs}`]);
const results = timeInTurn(Object.fromEntries(commands), Number(rounds));
const of = (name, measure) => median(results[name].map((run) => run[measure]));
for (const name of Object.keys(results))
  console.log(
    `${name.padEnd(40)} ${of(name, 'seconds').toFixed(2)} s, of the processor ${of(name, 'processor').toFixed(2)} s`,
  );
const ratio = (a, b) => (of(a, 'processor') / of(b, 'processor')).toFixed(3);
console.log(`in bytes against as the log counts, span by module: ${ratio(WEIGHED, COUNTED)}`);
console.log(`by package in bytes, against by module as counted: ${ratio(PACKAGES, COUNTED)}`);
console.log(`snapshot: ${ratio(WEIGHED_NOW, COUNTED_NOW)}`);
