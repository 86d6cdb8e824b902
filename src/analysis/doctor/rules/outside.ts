/** Memory that grows while everything the logs can see stays as it is. */

import type { Advice, Evidence, Finding } from '../../../model/answers/doctor.ts';
import type { NodeGauge } from '../../../model/logged/node-series.ts';
import { formatSize } from '../../../model/quantity.ts';
import { formatDuration } from '../../../model/time.ts';
import { beginOf, endsOf } from '../case.ts';
import type { GrowthPlace } from '../growth-place.ts';
import { daysToDouble, type Picture } from '../picture.ts';
import { EFFECT } from '../thresholds.ts';
import { bytesRate, onNodes, rangeText } from '../words.ts';
import { evidence, type Rule, residentEvidence } from './rule.ts';

export const growthOutsideScripts: Rule = ({ pictures }) => {
  const grown = pictures.flatMap((picture) => {
    const { place } = picture;
    return place?.where === 'outside' ? [{ picture, place }] : [];
  });
  const byRole = new Map<string, { picture: Picture; place: GrowthPlace }[]>();
  for (const one of grown) {
    const role = roleOf(one.picture.node.node);
    byRole.set(role, [...(byRole.get(role) ?? []), one]);
  }
  return [...byRole].map(([role, list]) => findingOf(role, list));
};

/** Nodes of one role run the same code. */
function roleOf(node: string): string {
  return /^(logger|manager|proxy|worker)/i.exec(node)?.[1]?.toLowerCase() ?? 'node';
}

function findingOf(role: string, list: readonly { picture: Picture; place: GrowthPlace }[]): Finding {
  const worst = list.reduce((a, b) => (b.place.grown > a.place.grown ? b : a));
  const { node } = worst.picture;
  const { grown, visible, unexplained } = worst.place;
  const { slope, from, to } = node.resident!;
  const nodes = list.map(({ picture }) => picture.node.node);
  const days = daysToDouble(slope, node);
  const on = nodes.length > 1 ? `; most on ${node.node}` : '';
  return {
    kind: 'outside-scripts',
    level: days !== null && days < EFFECT.problemDays ? 'problem' : 'warning',
    certainty: visible.high < grown / 4 ? 'certain' : 'likely',
    because: `at least ${formatSize(unexplained.low, 'bytes')} of the growth is in nothing that scripts hold: variables and connections changed by ${rangeText(visible)}`,
    nodes,
    subject: null,
    what: `memory grows outside scripts ${onNodes(nodes)}: by ${formatSize(grown, 'bytes')} in ${formatDuration(to - from)} (${bytesRate(slope)}${on}), while what scripts hold does not`,
    evidence: list.flatMap(({ picture, place }) => [
      ...residentEvidence(picture),
      evidence(picture.node.node, 'variables of scripts', 'bytes', {
        last: picture.variables.likely,
        detail: `change: ${rangeText(picture.variables)}`,
      }),
      ...gaugesOf(picture),
      evidence(picture.node.node, 'not explained', 'bytes', {
        last: place.unexplained.low,
        detail: `at least; at most ${formatSize(place.unexplained.high, 'bytes')}`,
      }),
    ]),
    advice: [...WATCH[role]!, CUT_OFF, ...HEAP_PROFILE],
  };
}

function gaugesOf(picture: Picture): Evidence[] {
  const gauges: readonly NodeGauge[] = ['connections', 'timers', 'events_pending', 'threads', 'peer_messages_queued'];
  return gauges.flatMap((gauge) => {
    const ends = endsOf(picture.node, gauge, beginOf(picture.node));
    return ends === null ? [] : [evidence(picture.node.node, gauge.replaceAll('_', ' '), 'count', ends)];
  });
}

const TELEMETRY = "curl -s http://127.0.0.1:PORT/metrics | grep -E '^zeek_";

/** What in C++ grows on nodes of a role, and the metrics of Zeek's Telemetry framework (7.1 on) that show it. */
const WATCH: Readonly<Record<string, readonly Advice[]>> = {
  logger: [
    {
      text: 'On a logger, lines that wait for a writer come first: a slow disk, a slow script that rotates, or a writer that waits for a network. See whether what is pending grows (Telemetry::metrics_port opens the port).',
      command: `${TELEMETRY}(msgthread_pending|msgthread_(in|out)_messages|log_writer)'`,
    },
  ],
  manager: [
    {
      text: 'On a manager, messages between nodes come first: Broker keeps those that a peer does not take.',
      command: `${TELEMETRY}(broker|event_handler|msgthread_pending)'`,
    },
  ],
  proxy: [
    {
      text: 'On a proxy, messages between nodes come first: Broker keeps those that a peer does not take.',
      command: `${TELEMETRY}(broker|event_handler|msgthread_pending)'`,
    },
  ],
  worker: [
    {
      text: 'On a worker, protocol analyzers written in C++ or Spicy come first. See which sessions there are, and switch off suspects one at a time (Analyzer::disabled_analyzers).',
      command: `${TELEMETRY}(active_sessions|timers_pending|event_handler)'`,
    },
  ],
  node: [
    {
      text: 'Analyzers written in C++ or Spicy, and lines that wait for a slow writer, come first. See which of them grow (Telemetry::metrics_port opens the port).',
      command: `${TELEMETRY}(active_sessions|timers_pending|msgthread_pending|log_writer)'`,
    },
  ],
};

/** `VectorVal::Resize` of Zeek 8.0 and before. */
const CUT_OFF: Advice = {
  text: 'Scripts can do it too, with what is in no variable any more: resize() of a vector never frees what it cuts off (seen up to Zeek 8.0).',
  command: "grep -rn 'resize *(' SCRIPTS",
};

/** zeekctl splits env_vars at commas, so jemalloc's options cannot stand there; it also takes them from this link. */
const HEAP_PROFILE: readonly Advice[] = [
  {
    text: 'Then let jemalloc say which code allocates it. It takes its options from a link (zeekctl cannot pass what has commas), and the node from node.cfg; then zeekctl deploy. Debian builds it with profiling, elsewhere build it with --enable-prof.',
    command: "ln -s 'prof:true,prof_prefix:/tmp/zeek,lg_prof_interval:31' /etc/malloc.conf",
  },
  {
    text: 'In node.cfg, for this node:',
    command: 'env_vars=LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so.2',
  },
  {
    text: 'Compare an early profile with a late one of the same process: what is at the top grew.',
    command: 'jeprof --text --base=/tmp/zeek.PID.1.i1.heap $(which zeek) /tmp/zeek.PID.9.i9.heap',
  },
  {
    text: 'With a trace that makes it grow, heaptrack needs no preparation.',
    command: 'heaptrack zeek -r TRACE local; heaptrack_print heaptrack.zeek.*.zst',
  },
];
