/** Writes a made-up history as the collector's logs. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const START = 1_795_392_000;
export const VARIABLE = 'Site::seen';
export const FIELD = 'http_state.pending';
const NODE = 'worker-1';

const OTHERS = ['Site::first', 'Site::second', 'Site::third'];

function logOf(path, columns, lines) {
  const names = Object.keys(columns);
  return `#separator \\x09
#set_separator\t,
#empty_field\t(empty)
#unset_field\t-
#path\t${path}
#fields\t${names.join('\t')}
#types\t${Object.values(columns).join('\t')}
${lines.join('\n')}
`;
}

const SAMPLES = {
  ts: 'time',
  run: 'count',
  node: 'string',
  module_name: 'string',
  variable: 'string',
  size: 'count',
  unit: 'string',
  entries: 'count',
};
const NODES = {
  ts: 'time',
  run: 'count',
  node: 'string',
  boot: 'time',
  zeek_version: 'string',
  duration: 'interval',
  resident_memory: 'count',
  connections: 'count',
  trigger: 'string',
};
const VARIABLES = {
  ts: 'time',
  node: 'string',
  boot: 'time',
  module_name: 'string',
  variable: 'string',
  var_type: 'string',
  script: 'string',
};
const FIELDS = {
  ts: 'time',
  run: 'count',
  node: 'string',
  boot: 'time',
  field: 'string',
  var_type: 'string',
  connections_live: 'count',
  connections_sampled: 'count',
  connections_with_field: 'count',
  entries: 'count',
  size: 'count',
  unit: 'string',
  size_complete: 'bool',
  largest_entries: 'count',
  largest_size: 'count',
  largest_uid: 'string',
  largest_service: 'set[string]',
  largest_age: 'interval',
};

export function writeLogs(folder, { rows, place }) {
  const samples = [];
  const nodes = [];
  const fields = [];
  for (const { hour, boot, run, live, sizes, resident, entries, objects, field } of rows) {
    const ts = (START + hour * 3600).toFixed(6);
    const head = `${ts}\t${run}\t${NODE}`;
    const started = (START + boot * 3600).toFixed(6);
    sizes.forEach((size, i) => {
      if (size > 341) samples.push(`${head}\tSite\t${OTHERS[i]}\t${3 * size}\tobjects\t${size}`);
    });
    if (objects > 1024) samples.push(`${head}\tSite\t${VARIABLE}\t${objects}\tobjects\t${entries}`);
    nodes.push(`${head}\t${started}\t8.0.10\t0.013\t${resident}\t${live}\tinterval`);
    if (field !== null && field > 100) {
      const one = Math.ceil(field / 20);
      fields.push(
        `${head}\t${started}\t${FIELD}\ttable[count] of string\t${live}\t${Math.min(live, 48)}\t20\t${field}\t${3 * field}\tobjects\tT\t${one}\t${3 * one}\tC9N5Wz4Rdh53FRNN9d\thttp\t${((hour - boot) * 3600).toFixed(6)}`,
      );
    }
  }
  const type = place === 'inside' ? 'table[count] of set[addr]' : 'set[addr]';
  const described = [...OTHERS.map((name) => [name, 'set[addr]']), [VARIABLE, type]].map(
    ([name, of]) => `${START}.0\t${NODE}\t${START}.0\tSite\t${name}\t${of}\tsite/seen.zeek`,
  );
  const write = (path, columns, lines) =>
    writeFileSync(join(folder, `${path}.log`), lines.length === 0 ? '' : logOf(path, columns, lines));
  write('my_stats', SAMPLES, samples);
  write('my_stats_node', NODES, nodes);
  write('my_stats_variable', VARIABLES, described);
  write('my_stats_connection', FIELDS, fields);
}
