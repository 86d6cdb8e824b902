/**
 * Logs of a cluster that behaves as a test says: all of the collector's four, in Zeek's TSV. What the functions of a
 * spec are given is the time since the node's process started, in seconds.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_GAUGES, type NodeGauge } from '../../src/model/logged/node-series.ts';
import { write } from '../store/logs.ts';

interface MadeVariable {
  readonly name: string;
  readonly type?: string;
  readonly script?: string;
  readonly expiry?: string;
  readonly fields?: readonly string[];
  /** What the collector says of the most entries there were; absent where it does not tell, as before. */
  readonly mostEntries?: number;
  readonly unit?: string;
  /** Null where nothing is logged. `size` null is not measured. */
  readonly at: (age: number) => { readonly size: number | null; readonly entries?: number | null } | null;
}

interface MadeConnectionField {
  readonly field: string;
  readonly type: string;
  readonly uid: string;
  readonly service?: readonly string[];
  readonly began?: number;
  readonly at: (age: number) => number | null;
}

export interface MadeNode {
  readonly node: string;
  readonly version?: string;
  /** Seconds since the epoch. */
  readonly boot?: number;
  readonly runs: number;
  readonly interval?: number;
  /** Whether the last run says that the process ended. */
  readonly exits?: boolean;
  readonly gauges: (age: number) => Partial<Record<NodeGauge, number>>;
  readonly variables: readonly MadeVariable[];
  readonly connections?: readonly MadeConnectionField[];
}

export const BOOT = Date.UTC(2026, 10, 24) / 1000;
/** The first run comes this long after the start. */
const FIRST_RUN = 10;

type Row = readonly (string | number | boolean | null | readonly string[])[];

const LOGS = {
  my_stats: {
    ts: 'time',
    run: 'count',
    node: 'string',
    module_name: 'string',
    variable: 'string',
    size: 'count',
    unit: 'string',
    entries: 'count',
  },
  my_stats_node: {
    ts: 'time',
    run: 'count',
    node: 'string',
    boot: 'time',
    zeek_version: 'string',
    trigger: 'string',
    ...Object.fromEntries(
      NODE_GAUGES.map((gauge) => [gauge, /duration|pause|cpu_time/.test(gauge) ? 'interval' : 'count']),
    ),
  },
  my_stats_variable: {
    ts: 'time',
    node: 'string',
    boot: 'time',
    module_name: 'string',
    variable: 'string',
    var_type: 'string',
    script: 'string',
    expiry: 'string',
    record_fields: 'vector[string]',
    most_entries: 'count',
  },
  my_stats_connection: {
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
  },
} as const satisfies Record<string, Record<string, string>>;

function cell(value: Row[number]): string {
  if (value === null) return '-';
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (typeof value === 'object') return value.length === 0 ? '(empty)' : value.join(',');
  return String(value) === '' ? '(empty)' : String(value);
}

function text(log: keyof typeof LOGS, all: readonly Row[], columnsWithout: readonly string[]): string {
  const columns = Object.entries(LOGS[log]).filter(([name]) => !columnsWithout.includes(name));
  const kept = Object.keys(LOGS[log]).map((name) => !columnsWithout.includes(name));
  const rows = all.map((row) => row.filter((_, i) => kept[i]));
  return [
    '#separator \\x09',
    '#set_separator\t,',
    '#empty_field\t(empty)',
    '#unset_field\t-',
    `#path\t${log}`,
    `#fields\t${columns.map(([name]) => name).join('\t')}`,
    `#types\t${columns.map(([, type]) => type).join('\t')}`,
    ...rows.map((row) => row.map(cell).join('\t')),
    '#close\t2026-11-24-01-00-00\n',
  ].join('\n');
}

function moduleOf(variable: string): string {
  return variable.includes('::') ? variable.slice(0, variable.indexOf('::')) : 'GLOBAL';
}

/**
 * Writes the logs of these lives of nodes into a folder of its own, and returns it.
 *
 * @param without logs to leave out
 * @param columnsWithout columns to leave out
 */
export function madeLogs(
  folder: string,
  lives: readonly MadeNode[],
  { without = [] as readonly (keyof typeof LOGS)[], columnsWithout = [] as readonly string[] } = {},
): string {
  const rows: Record<keyof typeof LOGS, Row[]> = {
    my_stats: [],
    my_stats_node: [],
    my_stats_variable: [],
    my_stats_connection: [],
  };
  for (const life of lives) addLife(rows, life);
  mkdirSync(folder, { recursive: true });
  for (const log of Object.keys(LOGS) as (keyof typeof LOGS)[]) {
    if (without.includes(log) || rows[log].length === 0) continue;
    rows[log].sort((a, b) => Number(a[0]) - Number(b[0]));
    write(join(folder, `${log}.log`), text(log, rows[log], columnsWithout));
  }
  return folder;
}

function addLife(rows: Record<keyof typeof LOGS, Row[]>, life: MadeNode): void {
  const { node, version = '8.0.10', boot = BOOT, runs, interval = 60, variables, connections = [] } = life;
  for (const { name, type = null, script = null, expiry = null, fields = null, mostEntries = null } of variables) {
    const module = moduleOf(name);
    rows.my_stats_variable.push([
      (boot + FIRST_RUN).toFixed(6),
      node,
      boot,
      module,
      name,
      type,
      script,
      expiry,
      fields,
      mostEntries,
    ]);
  }
  for (let i = 0; i < runs; i++) {
    const age = FIRST_RUN + i * interval;
    const ts = (boot + age).toFixed(6);
    const run = i + 1;
    for (const { name, unit = 'objects', at } of variables) {
      const now = at(age);
      if (now === null) continue;
      const size = now.size === null ? null : Math.round(now.size);
      const entries = now.entries === null || now.entries === undefined ? null : Math.round(now.entries);
      rows.my_stats.push([ts, run, node, moduleOf(name), name, size, unit, entries]);
    }
    const gauges = life.gauges(age);
    const trigger = life.exits && i === runs - 1 ? 'exit' : 'interval';
    const values = NODE_GAUGES.map((gauge) => {
      const value = gauges[gauge];
      if (value === undefined) return null;
      return /duration|pause|cpu_time/.test(gauge) ? value.toFixed(6) : Math.round(value);
    });
    rows.my_stats_node.push([ts, run, node, boot, version, trigger, ...values]);
    for (const c of connections) {
      const entries = c.at(age);
      if (entries === null) continue;
      const e = Math.round(entries);
      const service = c.service ?? [];
      const lasts = (age - (c.began ?? 0)).toFixed(6);
      const whole: Row = [
        ts,
        run,
        node,
        boot,
        c.field,
        c.type,
        Math.round(gauges.connections ?? 1),
        1,
        1,
        e,
        e * 4,
        'objects',
        true,
      ];
      rows.my_stats_connection.push([...whole, e, e * 4, c.uid, service, lasts]);
    }
  }
}
