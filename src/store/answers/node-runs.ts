/** What `my_stats_node.log` and `cluster.log` say of runs. */

import { CLUSTER_ROW, NODE_RUN } from '../../format/log-kind.ts';
import type { Measurement, NodeSeries } from '../../model/logged/node-series.ts';
import type { Reading } from '../../model/logged/reading.ts';
import { compareTexts } from '../../model/names.ts';
import type { LogFile } from '../reading/log-file.ts';
import { nameNode } from '../reading/node-names.ts';
import { type RowCells, readWholeLogs } from '../reading/whole-logs.ts';
import { NOTHING_ELSE } from '../runs/run-tracker.ts';
import { NodeLives } from './node-series.ts';

export interface Measurements {
  readonly rows: readonly Measurement[];
  readonly reading: Reading;
}

/** All rows of these logs, each once, in the order of time. */
export async function readNodeRuns(logs: readonly LogFile[]): Promise<Measurements> {
  return readMeasurements(logs, (values, { text, number }) => ({
    ts: values[NODE_RUN.ts]!,
    node: nameNode(text(NODE_RUN.node)),
    run: values[NODE_RUN.run]!,
    boot: number(NODE_RUN.boot),
    duration: number(NODE_RUN.duration) ?? 0,
    longestPause: number(NODE_RUN.longest_pause),
    atExit: text(NODE_RUN.trigger) === 'exit',
    variablesSeen: number(NODE_RUN.variables_seen),
    variablesLogged: number(NODE_RUN.variables_logged),
    residentMemory: number(NODE_RUN.resident_memory),
    zeekVersion: text(NODE_RUN.zeek_version),
  }));
}

/** The same as series, which take less memory. */
export async function readNodeSeries(
  logs: readonly LogFile[],
): Promise<{ readonly series: readonly NodeSeries[]; readonly reading: Reading }> {
  const lives = new NodeLives();
  const reading = await readWholeLogs(logs, (values, { text }) => {
    lives.add(nameNode(text(NODE_RUN.node)), values, text(NODE_RUN.zeek_version), text(NODE_RUN.trigger));
  });
  return { series: lives.series(), reading };
}

/**
 * A collector's words in `cluster.log`, with the time as Zeek writes an interval:
 * `global_sizes() took 6.0 msecs 321.907043 usecs to run.`
 */
const TOOK = /^\w+(?:\(\))? took ((?:\d+(?:\.\d+)? (?:days?|hrs?|mins?|secs?|msecs?|usecs?) )+)to run\.?$/;
const SECONDS_OF: Readonly<Record<string, number>> = { day: 86_400, hr: 3600, min: 60, sec: 1, msec: 1e-3, usec: 1e-6 };

function parseInterval(interval: string): number {
  let seconds = 0;
  for (const [, value, unit] of interval.matchAll(/(\S+) ([a-z]+?)s? /g)) seconds += Number(value) * SECONDS_OF[unit!]!;
  return seconds;
}

/** What the origin's collector, and ours, write about a measurement; null for the log's other lines. */
function readClusterRun(values: Float64Array, { text }: RowCells): Measurement | null {
  const took = TOOK.exec(text(CLUSTER_ROW.message) ?? '');
  if (took === null) return null;
  const ts = values[CLUSTER_ROW.ts]!;
  return { ...NOTHING_ELSE, ts, node: nameNode(text(CLUSTER_ROW.node)), duration: parseInterval(took[1]!) };
}

export async function readClusterRuns(logs: readonly LogFile[]): Promise<Measurements> {
  return readMeasurements(logs, readClusterRun);
}

type RowOf = (values: Float64Array, cells: RowCells) => Measurement | null;

async function readMeasurements(logs: readonly LogFile[], rowOf: RowOf): Promise<Measurements> {
  const rows = new Map<string, Measurement>();
  const reading = await readWholeLogs(logs, (values, cells) => {
    const row = rowOf(values, cells);
    if (row !== null) rows.set(JSON.stringify([row.node, row.ts, row.run ?? row.duration]), row);
  });
  const inOrder = (a: Measurement, b: Measurement) => a.ts - b.ts || compareTexts(a.node, b.node);
  return { rows: [...rows.values()].sort(inOrder), reading };
}
