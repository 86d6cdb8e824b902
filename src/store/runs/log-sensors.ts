/** Of which sensor the rows of a log are, where there are several. */

import { addSensor } from '../../model/names.ts';
import { SAME_RUN_WITHIN } from './run-tracker.ts';

/** Plain data, so that a thread can be given it. */
export interface LogSensors {
  /** Of rows that do not name their system; null where nodes are called as Zeek calls them. */
  readonly sensor: string | null;
  /** By what a row calls its system. */
  readonly ofSystem: ReadonlyMap<string, string>;
  /** True where what a row calls its system is the sensor's name, if nothing else is known of it. */
  readonly isBySystem: boolean;
  /** Of nodes that are of several sensors and nothing but their runs tells of which, by their names so far. */
  readonly ofNode: ReadonlyMap<string, SharedNode>;
}

/** The runs of a node of several sensors that report by turns. */
export interface SharedNode {
  /** By counter. */
  readonly runs: ReadonlyMap<number, readonly { readonly ts: number; readonly sensor: string }[]>;
  /** When the processes of each began, as their rows say, in seconds since the epoch. */
  readonly boots: ReadonlyMap<number, string>;
  /** When the first process of each began, seconds since the epoch. */
  readonly begun: ReadonlyMap<string, number>;
}

/** What a row says by which its sensor is told; NaN for numbers that it does not have. */
interface RowKeys {
  readonly node: string;
  readonly system: string | null;
  readonly ts: number;
  readonly run: number;
  readonly boot: number;
}

/** The name of the node of a row, with that of its sensor. */
export function qualifiedNode({ sensor, ofSystem, isBySystem, ofNode }: LogSensors, row: RowKeys): string {
  const { node, system } = row;
  const told = system === null ? sensor : (ofSystem.get(system) ?? (isBySystem ? system : sensor));
  const name = told === null ? node : addSensor(node, told);
  const shared = ofNode.get(name);
  if (shared === undefined) return name;
  const ofRow = shared.boots.get(row.boot) ?? sensorOfRun(shared, row);
  return ofRow === null ? name : addSensor(node, told === null ? ofRow : `${told}/${ofRow}`);
}

function sensorOfRun({ runs }: SharedNode, { run, ts }: RowKeys): string | null {
  let best: string | null = null;
  let least = SAME_RUN_WITHIN;
  for (const one of runs.get(run) ?? []) {
    const away = Math.abs(one.ts - ts);
    if (away >= least) continue;
    least = away;
    best = one.sensor;
  }
  return best;
}
