/**
 * The metrics by which monitoring systems know what is known here: `export` and `serve` write them.
 *
 * Names are by https://prometheus.io/docs/practices/naming/ and end with their unit, as OpenMetrics wants it.
 */

import type { DoctorResult } from './answers/doctor.ts';
import type { GrowthResult } from './answers/growth.ts';
import type { InventoryResult } from './answers/inventory.ts';
import { NODE_GAUGES, type NodeGauge } from './logged/node-series.ts';

export interface Metric {
  readonly name: string;
  /** The last words of the name; null where it counts or marks something. */
  readonly unit: string | null;
  readonly help: string;
}

/** What a quantity is at least, likely and at most. */
export type MetricRange = { readonly [Bound in 'likely' | 'low' | 'high']: Metric };

const ESTIMATE = 'estimated where Zeek reports none';

function declareMetric(name: string, unit: string | null, help: string): Metric {
  return { name: `my_stats_${unit === null || name.endsWith(unit) ? name : `${name}_${unit}`}`, unit, help };
}

function declareRange(name: string, unit: string, what: string): MetricRange {
  return {
    likely: declareMetric(name, unit, `Likely ${what}`),
    low: declareMetric(`${name}_low`, unit, `Lower bound of the ${what}`),
    high: declareMetric(`${name}_high`, unit, `Upper bound of the ${what}`),
  };
}

/** With the labels `node`, `package`, `module` and `variable`. */
export const VARIABLE_METRICS = {
  bytes: declareRange('variable', 'bytes', `size of a global variable in bytes, ${ESTIMATE}`),
  objects: declareMetric('variable', 'objects', 'Values a global variable holds, as Zeek counts them: no bytes'),
  characters: declareMetric('variable', 'characters', 'Length of the text of a pattern or string: no bytes'),
  entries: declareMetric('variable', 'entries', 'Elements of a table, set or vector'),
  /** With the label `unit` besides. */
  size: declareMetric(
    'variable_size',
    null,
    'Size of a global variable in the unit of the label, unknown where the log names none',
  ),
  growth: declareRange(
    'variable_growth',
    'bytes_per_hour',
    'growth of a global variable that grows without an end in sight',
  ),
  entryGrowth: declareMetric(
    'variable_growth',
    'entries_per_hour',
    'Growth of a global variable whose entries grow without an end in sight',
  ),
  /** With the labels `type`, `script`, `expiry` and `method` besides. */
  info: declareMetric('variable_info', null, 'What a global variable is and where it is declared; the value is 1'),
} as const;

/** With the labels `node`, `package` and `module`: of all variables, those without a series of their own among them. */
export const MODULE_METRICS = {
  bytes: declareRange('module', 'bytes', `size of all global variables of a module in bytes, ${ESTIMATE}`),
  entries: declareMetric('module', 'entries', 'Elements of all tables, sets and vectors of a module'),
  variables: declareMetric('module', 'variables', 'Global variables of a module that were logged'),
} as const;

/** With the label `node`. */
export const NODE_METRICS = {
  /** With the label `zeek_version` besides. */
  info: declareMetric('node_info', null, 'The version of Zeek that a node runs; the value is 1'),
  start: declareMetric('node_start_time', 'seconds', 'When the process of a node started, since the epoch'),
  explained: declareRange('node_explained', 'bytes', 'part of the resident memory of a process that is explained'),
  unexplained: declareRange(
    'node_unexplained',
    'bytes',
    'part of the resident memory of a process that nothing explains',
  ),
  growth: declareRange('node_growth', 'bytes_per_hour', 'growth of the memory of a process that grows'),
  timeToLimit: declareRange(
    'node_time_to_limit',
    'seconds',
    'time until a process that grows reaches its memory limit',
  ),
  lastRun: declareMetric('run_timestamp', 'seconds', 'When the last run of a node was made, since the epoch'),
  run: declareMetric('run_number', null, 'Counter of the last run of a process, from 1'),
} as const;

/** Gauges of the last run that say what it cost, not what the process holds. */
const OF_RUN = /^(duration|longest_|cpu_time|variables_|connections_sampled)/;

/** What the node says of its process, with the label `node`. */
export const GAUGE_METRICS: Readonly<Record<NodeGauge, Metric>> = Object.fromEntries(
  NODE_GAUGES.map((gauge) => [gauge, declareGauge(gauge)]),
) as Record<NodeGauge, Metric>;

function declareGauge(gauge: NodeGauge): Metric {
  const words = gauge.replaceAll('_', ' ');
  const what = `${words[0]!.toUpperCase()}${words.slice(1)}`;
  const unit = /memory|bytes/.test(gauge) ? 'bytes' : /duration|pause|cpu_time/.test(gauge) ? 'seconds' : null;
  return OF_RUN.test(gauge)
    ? declareMetric(`run_${gauge}`, unit, `${what} of the last run of a node`)
    : declareMetric(`node_${gauge}`, unit, `${what} of a Zeek process at its last run`);
}

/** With the labels `kind`, `level`, `subject` and `node`, one for each node it was found on. */
export const FINDING_METRIC = declareMetric('finding', null, 'Something that doctor finds is wrong; the value is 1');

export const SKIPPED_METRIC = declareMetric('log_skipped', 'rows', 'Rows of the logs that could not be read');

/** What the node log says of a process at the run that counts. */
export interface MetricsProcess {
  readonly node: string;
  /** Seconds since the epoch, both. */
  readonly ts: number;
  readonly boot: number | null;
  /** Those that were logged. */
  readonly gauges: { readonly [gauge in NodeGauge]?: number };
}

export interface MetricsResult {
  readonly inventory: InventoryResult;
  readonly growth: GrowthResult;
  /** Null where only a part of the variables was asked for: then nothing is said of whole processes. */
  readonly verdict: DoctorResult | null;
  /** By node. */
  readonly processes: readonly MetricsProcess[];
  readonly reading: InventoryResult['reading'];
}
