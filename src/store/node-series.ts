/** Every column of `my_stats_node.log` over time, kept as numbers: a week of a large cluster is half a million rows. */

import { NODE_RUN } from '../format/log-kind.ts';
import type { Measurement } from '../model/measurement.ts';
import { NODE_GAUGES, type NodeGauge, type NodeSeries } from '../model/node-series.ts';
import { numberOrNull } from '../model/unset.ts';
import type { WantedRun } from './node-run-table.ts';
import { startsBoot } from './run-tracker.ts';

const COLUMN_OF: Readonly<Record<NodeGauge, number>> = {
  resident_memory: NODE_RUN.residentMemory,
  peak_memory: NODE_RUN.peakMemory,
  anonymous_memory: NODE_RUN.anonymousMemory,
  swapped_memory: NODE_RUN.swappedMemory,
  memory_limit: NODE_RUN.memoryLimit,
  connections: NODE_RUN.connections,
  tcp_connections: NODE_RUN.tcpConnections,
  udp_connections: NODE_RUN.udpConnections,
  icmp_connections: NODE_RUN.icmpConnections,
  fragments: NODE_RUN.fragments,
  reassembly_bytes: NODE_RUN.reassemblyBytes,
  files: NODE_RUN.files,
  timers: NODE_RUN.timers,
  events_pending: NODE_RUN.eventsPending,
  peer_messages_queued: NODE_RUN.peerMessagesQueued,
  threads: NODE_RUN.threads,
  dns_pending: NODE_RUN.dnsPending,
  dns_cached: NODE_RUN.dnsCached,
  matcher_states: NODE_RUN.matcherStates,
  matcher_bytes: NODE_RUN.matcherBytes,
  duration: NODE_RUN.duration,
  longest_pause: NODE_RUN.longestPause,
  cpu_time: NODE_RUN.cpuTime,
  longest_cpu_time: NODE_RUN.longestCpuTime,
  variables_seen: NODE_RUN.variablesSeen,
  variables_logged: NODE_RUN.variablesLogged,
  variables_not_measured: NODE_RUN.variablesNotMeasured,
  connections_sampled: NODE_RUN.connectionsSampled,
};

/** What is kept of each run, by position in a row of `NODE_RUNS`: its time, its counter, the gauges. */
const KEPT = [NODE_RUN.ts, NODE_RUN.run, ...NODE_GAUGES.map((gauge) => COLUMN_OF[gauge])];

/** One life of a process while its rows come in. */
class Life {
  readonly node: string;
  readonly boot: number | null;
  zeekVersion: string | null = null;
  lastRun = 0;
  readonly #trigger: (string | null)[] = [];
  #columns = KEPT.map(() => new Float64Array(64));
  #lastTs = Number.NEGATIVE_INFINITY;
  #sorted = true;

  constructor(node: string, boot: number | null) {
    this.node = node;
    this.boot = boot;
  }

  /** Begins a run, whose numbers are put next. */
  begin(ts: number, run: number, version: string | null, trigger: string | null): number {
    const at = this.#trigger.push(trigger) - 1;
    if (at === this.#columns[0]!.length) this.#columns = this.#columns.map(twiceAsLong);
    if (ts < this.#lastTs) this.#sorted = false;
    this.#lastTs = ts;
    this.lastRun = run;
    if (version !== null) this.zeekVersion = version;
    return at;
  }

  /** @param kept the place in `KEPT` */
  put(kept: number, at: number, value: number): void {
    this.#columns[kept]![at] = value;
  }

  series(): NodeSeries {
    const { node, boot, zeekVersion } = this;
    const length = this.#trigger.length;
    let columns = this.#columns.map((column) => column.subarray(0, length));
    let trigger: readonly (string | null)[] = this.#trigger;
    if (!this.#sorted) {
      const times = columns[0]!;
      const order = Array.from(times.keys()).sort((a, b) => times[a]! - times[b]!);
      columns = columns.map((column) => Float64Array.from(order, (i) => column[i]!));
      trigger = order.map((i) => this.#trigger[i]!);
    }
    const [ts, run, ...gauges] = columns as [Float64Array, Float64Array, ...Float64Array[]];
    const named = Object.fromEntries(NODE_GAUGES.map((gauge, i) => [gauge, gauges[i]!]));
    return { node, boot, zeekVersion, trigger, ts, run, gauges: named as Record<NodeGauge, Float64Array> };
  }
}

function twiceAsLong(column: Float64Array): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(2 * column.length);
  longer.set(column);
  return longer;
}

/**
 * Takes the rows of `my_stats_node.log` in their order. A log that does not tell when a process started has a new life
 * where the run's counter does not go up.
 */
export class NodeLives {
  readonly #lives = new Map<string, Life[]>();

  /** @param values a row of `NODE_RUNS`; of its texts only those given apart are looked at */
  add(node: string, values: Float64Array, version: string | null, trigger: string | null): void {
    const life = this.#lifeOf(node, values[NODE_RUN.boot]!, values[NODE_RUN.run]!);
    const at = life.begin(values[NODE_RUN.ts]!, values[NODE_RUN.run]!, version, trigger);
    for (let i = 0; i < KEPT.length; i++) life.put(i, at, values[KEPT[i]!]!);
  }

  /** The lives of all processes, by node and time. */
  series(): NodeSeries[] {
    const series = [...this.#lives.values()].flat().map((life) => life.series());
    return series.sort((a, b) => (a.node === b.node ? a.ts[0]! - b.ts[0]! : a.node < b.node ? -1 : 1));
  }

  #lifeOf(node: string, boot: number, run: number): Life {
    let list = this.#lives.get(node);
    if (list === undefined) {
      list = [];
      this.#lives.set(node, list);
    }
    const last = list.at(-1);
    if (Number.isNaN(boot)) {
      if (last !== undefined && !startsBoot(run, last.lastRun)) return last;
    } else {
      if (last?.boot === boot) return last;
      const known = list.find((life) => life.boot === boot);
      if (known !== undefined) return known;
    }
    const life = new Life(node, numberOrNull(boot));
    list.push(life);
    return life;
  }
}

function measurementAt({ node, boot, zeekVersion, trigger, ts, run, gauges }: NodeSeries, i: number): Measurement {
  const gauge = (name: NodeGauge) => numberOrNull(gauges[name][i]!);
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

/** What is told of the wanted runs of the last `seconds` up to a time, in the order of time. */
export function lastMeasurements(
  lives: readonly NodeSeries[],
  seconds: number,
  until: number,
  wants: WantedRun,
): Measurement[] {
  let newest = Number.NEGATIVE_INFINITY;
  for (const { ts } of lives) for (const at of ts) if (at <= until && at > newest) newest = at;
  const isWanted = ({ node, ts, run }: NodeSeries, i: number) =>
    ts[i]! >= newest - seconds && ts[i]! <= until && wants(node, run[i]!);
  return lives
    .flatMap((life) =>
      Array.from(life.ts.keys())
        .filter((i) => isWanted(life, i))
        .map((i) => measurementAt(life, i)),
    )
    .sort((a, b) => a.ts - b.ts);
}
