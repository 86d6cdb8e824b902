/** Every column of `my_stats_node.log` over time, kept as numbers: a week of a large cluster is half a million rows. */

import { NODE_RUN } from '../../format/log-kind.ts';
import type { AgreedTime } from '../../model/clock.ts';
import {
  type Measurement,
  NODE_GAUGES,
  type NodeGauge,
  type NodeSeries,
  readNumber,
} from '../../model/logged/node-series.ts';
import type { Reading } from '../../model/logged/reading.ts';
import type { LogFile } from '../reading/log-file.ts';
import { nameNode } from '../reading/node-names.ts';
import { scanWholeLogs } from '../reading/whole-logs.ts';
import { NOTHING_ELSE } from '../runs/run-tracker.ts';
import { agreeOnRuns, cutStretches } from '../runs/stretches.ts';

/** What is kept of each run, by position in a row of `NODE_RUNS`: its time, its counter, the gauges. */
const KEPT = [NODE_RUN.ts, NODE_RUN.run, ...NODE_GAUGES.map((gauge) => NODE_RUN[gauge])];

/** The rows of one process while they come in; of a node's whole log where it does not tell when processes started. */
class ProcessRows {
  readonly node: string;
  readonly boot: number | null;
  readonly #trigger: (string | null)[] = [];
  readonly #version: (string | null)[] = [];
  /** Null for a gauge that was not logged so far: of most logs that is most of them. */
  readonly #columns: (Float64Array | null)[] = [
    new Float64Array(64),
    new Float64Array(64),
    ...NODE_GAUGES.map(() => null),
  ];

  constructor(node: string, boot: number | null) {
    this.node = node;
    this.boot = boot;
  }

  /** @param values a row of `NODE_RUNS` */
  add(values: Float64Array, version: string | null, trigger: string | null): void {
    const at = this.#trigger.push(trigger) - 1;
    this.#version.push(version);
    for (let i = 0; i < KEPT.length; i++) {
      const value = values[KEPT[i]!]!;
      let column = this.#columns[i]!;
      if (column === null && Number.isNaN(value)) continue;
      if (column === null || at >= column.length) {
        column = extendColumn(column, at + 1);
        this.#columns[i] = column;
      }
      column[at] = value;
    }
  }

  /** In the order of time, each run once; a counter that does not go up is that of another life. */
  series(): NodeSeries[] {
    const [ts, run] = this.#columns as [Float64Array, Float64Array];
    const rows = Array.from(this.#trigger.keys()).sort((a, b) => ts[a]! - ts[b]! || run[a]! - run[b]!);
    const once = rows.filter((row, i) => {
      const before = rows[i - 1];
      return before === undefined || ts[before] !== ts[row] || run[before] !== run[row];
    });
    if (this.boot !== null) return [this.#seriesOf(once)];
    const known = once.map((row) => ({ row, run: run[row]!, ts: ts[row]! }));
    return cutStretches(known, () => null).map((stretch) => this.#seriesOf(stretch.runs.map(({ row }) => row)));
  }

  #seriesOf(rows: readonly number[]): NodeSeries {
    const { node, boot } = this;
    const unset = new Float64Array(rows.length).fill(Number.NaN);
    const [ts, run, ...gauges] = this.#columns.map((column) =>
      column === null ? unset : chooseRows(column, rows),
    ) as [Float64Array, Float64Array, ...Float64Array[]];
    const named = Object.fromEntries(NODE_GAUGES.map((gauge, i) => [gauge, gauges[i]!]));
    const versioned = rows.findLast((row) => this.#version[row] !== null);
    const zeekVersion = versioned === undefined ? null : this.#version[versioned]!;
    const trigger = rows.map((row) => this.#trigger[row]!);
    return { node, boot, zeekVersion, trigger, ts, run, gauges: named as Record<NodeGauge, Float64Array> };
  }
}

/** Of a column the numbers of some rows. */
function chooseRows(column: Float64Array, rows: readonly number[]): Float64Array {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column[rows[i]!]!;
  return values;
}

function extendColumn(column: Float64Array | null, needed: number): Float64Array {
  const longer = new Float64Array(Math.max(64, 2 * needed)).fill(Number.NaN);
  if (column !== null) longer.set(column);
  return longer;
}

/** Takes the rows of `my_stats_node.log`, in any order. */
export class NodeLives {
  readonly #processes = new Map<string, Map<number | null, ProcessRows>>();

  /** @param values a row of `NODE_RUNS`; of its texts only those given apart are looked at */
  add(node: string, values: Float64Array, version: string | null, trigger: string | null): void {
    const boot = readNumber(values[NODE_RUN.boot]!);
    let ofNode = this.#processes.get(node);
    if (ofNode === undefined) {
      ofNode = new Map();
      this.#processes.set(node, ofNode);
    }
    let rows = ofNode.get(boot);
    if (rows === undefined) {
      rows = new ProcessRows(node, boot);
      ofNode.set(boot, rows);
    }
    rows.add(values, version, trigger);
  }

  /** The lives of all processes, by node and time. */
  series(): NodeSeries[] {
    const series = [...this.#processes.values()].flatMap((ofNode) =>
      [...ofNode.values()].flatMap((rows) => rows.series()),
    );
    return series.sort((a, b) => (a.node === b.node ? a.ts[0]! - b.ts[0]! : a.node < b.node ? -1 : 1));
  }
}

/** By what clocks the runs of all nodes are stamped. */
export function agreeOnLives(lives: readonly NodeSeries[]): AgreedTime {
  return agreeOnRuns(
    lives.flatMap(({ node, boot, ts, run }) => Array.from(ts, (at, i) => ({ node, boot, ts: at, run: run[i]! }))),
  );
}

/** Of a life the runs that are wanted; null where there are none. */
export function chooseLifeRuns(life: NodeSeries, wants: (ts: number) => boolean): NodeSeries | null {
  const kept = Array.from(life.ts.keys()).filter((i) => wants(life.ts[i]!));
  if (kept.length === life.ts.length) return life;
  if (kept.length === 0) return null;
  const gauges = Object.entries(life.gauges).map(([name, values]) => [name, chooseRows(values, kept)]);
  return {
    ...life,
    ts: chooseRows(life.ts, kept),
    run: chooseRows(life.run, kept),
    trigger: kept.map((i) => life.trigger[i]!),
    gauges: Object.fromEntries(gauges) as NodeSeries['gauges'],
  };
}

function readMeasurementAt({ node, boot, zeekVersion, trigger, ts, run, gauges }: NodeSeries, i: number): Measurement {
  const gauge = (name: NodeGauge) => readNumber(gauges[name][i]!);
  return {
    ts: ts[i]!,
    node,
    run: run[i]!,
    boot,
    duration: gauge('duration') ?? 0,
    longestPause: gauge('longest_pause'),
    atExit: trigger[i] === 'exit',
    variablesSeen: gauge('variables_seen'),
    variablesLogged: gauge('variables_logged'),
    residentMemory: gauge('resident_memory'),
    zeekVersion,
  };
}

/** What is told of the wanted runs, in the order of time. */
export function listMeasurements(lives: readonly NodeSeries[], wants: WantedRun): Measurement[] {
  return lives
    .flatMap((life) =>
      Array.from(life.ts.keys())
        .filter((i) => wants(life.node, life.run[i]!))
        .map((i) => readMeasurementAt(life, i)),
    )
    .sort((a, b) => a.ts - b.ts);
}

/** True for the runs of a node that are asked for. */
export type WantedRun = (node: string, run: number) => boolean;

/** Of each row, side by side. */
const TABLE_COLUMNS = [
  NODE_RUN.ts,
  NODE_RUN.run,
  NODE_RUN.boot,
  NODE_RUN.variables_logged,
  NODE_RUN.resident_memory,
] as const;

export class NodeRunTable {
  readonly #nodes: string[] = [];
  readonly #versions: (string | null)[] = [];
  readonly #numbers: number[] = [];

  static async read(logs: readonly LogFile[]): Promise<{ table: NodeRunTable; reading: Reading }> {
    const table = new NodeRunTable();
    const reading = await scanWholeLogs(logs, (pool) => {
      const text = (id: number) => (id < 0 ? null : pool.text(id));
      return (values, from, stride, count) => {
        for (let row = 0, at = from; row < count; row++, at += stride) {
          table.#nodes.push(nameNode(text(values[at + NODE_RUN.node]!)));
          table.#versions.push(text(values[at + NODE_RUN.zeek_version]!));
          for (const column of TABLE_COLUMNS) table.#numbers.push(values[at + column]!);
        }
      };
    });
    return { table, reading };
  }

  /** The version each node said last. */
  zeekVersions(): Map<string, string> {
    const last = new Map<string, { readonly ts: number; readonly version: string }>();
    this.#versions.forEach((version, row) => {
      const node = this.#nodes[row]!;
      const ts = this.#numbers[row * TABLE_COLUMNS.length]!;
      if (version !== null && ts >= (last.get(node)?.ts ?? ts)) last.set(node, { ts, version });
    });
    return new Map([...last].map(([node, { version }]) => [node, version]));
  }

  /** In the order of the logs. */
  select(wants: WantedRun): Measurement[] {
    const found: Measurement[] = [];
    this.#nodes.forEach((node, row) => {
      const at = row * TABLE_COLUMNS.length;
      if (!wants(node, this.#numbers[at + 1]!)) return;
      const [ts, run, boot, logged, resident] = this.#numbers.slice(at, at + TABLE_COLUMNS.length) as [
        number,
        number,
        number,
        number,
        number,
      ];
      found.push({
        ...NOTHING_ELSE,
        ts,
        node,
        run,
        boot: readNumber(boot),
        duration: 0,
        variablesLogged: readNumber(logged),
        residentMemory: readNumber(resident),
        zeekVersion: this.#versions[row]!,
      });
    });
    return found;
  }
}
