/** Every column of `my_stats_node.log` over time, kept as numbers: a week of a large cluster is a million rows. */

import { NODE_RUN } from '../format/log-kind.ts';
import { NODE_GAUGES, type NodeGauge, type NodeSeries } from '../model/node-series.ts';
import type { Reading } from '../model/reading.ts';
import type { LogFile } from './log-file.ts';
import { startsBoot } from './run-tracker.ts';
import { nodeName, readWholeLogs } from './whole-logs.ts';

const COLUMN_OF: Readonly<Record<NodeGauge, number>> = {
  resident_memory: NODE_RUN.residentMemory,
  peak_memory: NODE_RUN.peakMemory,
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
  variables_seen: NODE_RUN.variablesSeen,
  variables_logged: NODE_RUN.variablesLogged,
  variables_not_measured: NODE_RUN.variablesNotMeasured,
  connections_sampled: NODE_RUN.connectionsSampled,
};

/** One life of a process while its rows come in. */
class Life {
  readonly node: string;
  readonly boot: number | null;
  zeekVersion: string | null = null;
  readonly trigger: (string | null)[] = [];
  readonly ts: number[] = [];
  readonly run: number[] = [];
  readonly columns: number[][] = NODE_GAUGES.map(() => []);

  constructor(node: string, boot: number | null) {
    this.node = node;
    this.boot = boot;
  }

  add(values: Float64Array, version: string | null, trigger: string | null): void {
    this.ts.push(values[NODE_RUN.ts]!);
    this.run.push(values[NODE_RUN.run]!);
    NODE_GAUGES.forEach((gauge, i) => {
      this.columns[i]!.push(values[COLUMN_OF[gauge]]!);
    });
    if (version !== null) this.zeekVersion = version;
    this.trigger.push(trigger);
  }

  series(): NodeSeries {
    const { node, boot, zeekVersion } = this;
    const order = this.ts.map((_, i) => i).sort((a, b) => this.ts[a]! - this.ts[b]!);
    const column = (values: readonly number[]) => Float64Array.from(order, (i) => values[i]!);
    const gauges = Object.fromEntries(NODE_GAUGES.map((gauge, i) => [gauge, column(this.columns[i]!)]));
    return {
      node,
      boot,
      zeekVersion,
      trigger: order.map((i) => this.trigger[i]!),
      ts: column(this.ts),
      run: column(this.run),
      gauges: gauges as Record<NodeGauge, Float64Array>,
    };
  }
}

/**
 * The lives of all processes in these logs, by node and time. A log that does not tell when a process started has a new
 * life where the run's counter does not go up.
 */
export async function readNodeSeries(
  logs: readonly LogFile[],
): Promise<{ readonly series: readonly NodeSeries[]; readonly reading: Reading }> {
  const lives = new Map<string, Life[]>();
  const reading = await readWholeLogs(logs, (values, { text }) => {
    const life = lifeOf(lives, nodeName(text(NODE_RUN.node)), values[NODE_RUN.boot]!, values[NODE_RUN.run]!);
    life.add(values, text(NODE_RUN.zeekVersion), text(NODE_RUN.trigger));
  });
  const series = [...lives.values()].flat().map((life) => life.series());
  series.sort((a, b) => (a.node === b.node ? a.ts[0]! - b.ts[0]! : a.node < b.node ? -1 : 1));
  return { series, reading };
}

function lifeOf(lives: Map<string, Life[]>, node: string, boot: number, run: number): Life {
  const list = lives.get(node) ?? [];
  lives.set(node, list);
  const last = list.at(-1);
  if (Number.isNaN(boot)) {
    if (last !== undefined && !startsBoot(run, last.run.at(-1)!)) return last;
    list.push(new Life(node, null));
    return list.at(-1)!;
  }
  const known = list.find((life) => life.boot === boot);
  if (known !== undefined) return known;
  list.push(new Life(node, boot));
  return list.at(-1)!;
}
