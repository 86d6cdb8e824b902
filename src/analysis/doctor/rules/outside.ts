/** Memory that is in nothing the logs can see: growth while all of that stays as it is, and a large part of a process. */

import type { Advice, Evidence, Finding } from '../../../model/answers/doctor.ts';
import type { NodeGauge } from '../../../model/logged/node-series.ts';
import { formatShare, formatSize } from '../../../model/quantity.ts';
import { formatDuration } from '../../../model/time.ts';
import { type Assessment, countDaysToDouble } from '../assessment.ts';
import type { GrowthPlace } from '../growth-place.ts';
import { findBeginning, readEnds } from '../observed-node.ts';
import { EFFECT, UNEXPLAINED } from '../thresholds.ts';
import { formatBounds, formatBytesRate, formatNodes, formatRange } from '../words.ts';
import { evidence, listResidentEvidence, type Rule } from './rule.ts';

export const growthOutsideScripts: Rule = ({ assessments }) => {
  const grown = assessments.flatMap((assessment) => {
    const { place } = assessment;
    return place?.where === 'outside' ? [{ assessment, place }] : [];
  });
  const byRole = new Map<string, { assessment: Assessment; place: GrowthPlace }[]>();
  for (const one of grown) {
    const role = chooseRole(one.assessment.node.node);
    byRole.set(role, [...(byRole.get(role) ?? []), one]);
  }
  return [...byRole].map(([role, list]) => describeOutside(role, list));
};

/** Nodes of one role run the same code. */
function chooseRole(node: string): string {
  return /^(logger|manager|proxy|worker)/i.exec(node)?.[1]?.toLowerCase() ?? 'node';
}

function describeOutside(role: string, list: readonly { assessment: Assessment; place: GrowthPlace }[]): Finding {
  const worst = list.reduce((a, b) => (b.place.grown > a.place.grown ? b : a));
  const { node } = worst.assessment;
  const { grown, visible, unexplained } = worst.place;
  const { slope, from, to } = node.resident!;
  const nodes = list.map(({ assessment }) => assessment.node.node);
  const days = countDaysToDouble(slope, node);
  const on = nodes.length > 1 ? `; most on ${node.node}` : '';
  return {
    kind: 'outside-scripts',
    level: days !== null && days < EFFECT.problemDays ? 'problem' : 'warning',
    certainty: visible.high < grown / 4 ? 'certain' : 'likely',
    because: `at least ${formatSize(unexplained.low, 'bytes')} of the growth is in nothing that scripts hold: variables and connections changed by ${formatRange(visible)}`,
    nodes,
    subject: null,
    what: `memory grows outside scripts ${formatNodes(nodes)}: by ${formatSize(grown, 'bytes')} in ${formatDuration(to - from)} (${formatBytesRate(slope)}${on}), while what scripts hold does not`,
    evidence: list.flatMap(({ assessment, place }) => [
      ...listResidentEvidence(assessment),
      evidence(assessment.node.node, 'variables of scripts', 'bytes', {
        last: assessment.variables.likely,
        detail: `change: ${formatRange(assessment.variables)}`,
      }),
      ...listGauges(assessment),
      evidence(assessment.node.node, 'not explained', 'bytes', {
        last: place.unexplained.low,
        detail: `at least; at most ${formatSize(place.unexplained.high, 'bytes')}`,
      }),
    ]),
    advice: [...WATCH[role]!, STORES, CUT_OFF, ...HEAP_PROFILE],
  };
}

function listGauges(assessment: Assessment): Evidence[] {
  const gauges: readonly NodeGauge[] = ['connections', 'timers', 'events_pending', 'threads', 'peer_messages_queued'];
  return gauges.flatMap((gauge) => {
    const ends = readEnds(assessment.node, gauge, findBeginning(assessment.node));
    return ends === null ? [] : [evidence(assessment.node.node, gauge.replaceAll('_', ' '), 'count', ends)];
  });
}

/** Broker's own metrics have no prefix. */
const TELEMETRY = "curl -s http://127.0.0.1:PORT/metrics | grep -E '^(zeek_)?";

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

const STORES: Advice = {
  text: 'What scripts put into a store of Broker (Broker::put, &backend) is kept outside of them, too: where its entries grow, give them an expiry.',
  command: `${TELEMETRY}broker_store_entries'`,
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

/** A large part of a process that is in nothing the logs tell of, though it does not grow now. */
export const unexplainedMemory: Rule = ({ assessments }) =>
  assessments.flatMap((assessment) => {
    const { account, place, retained } = assessment;
    // What grows, and what was given up, is told by findings of its own.
    if (account === null || !account.canBeJudged || place !== null || retained.length > 0) return [];
    const { unexplained, resident } = account;
    const isMuch = unexplained.low >= UNEXPLAINED.minBytes && unexplained.low >= UNEXPLAINED.minShare * resident;
    return isMuch ? [describeUnexplained(assessment, account)] : [];
  });

function describeUnexplained(
  assessment: Assessment,
  { unexplained, resident }: NonNullable<Assessment['account']>,
): Finding {
  const { node } = assessment.node;
  return {
    kind: 'memory-unexplained',
    level: 'warning',
    certainty: 'likely',
    because: 'it is what resident memory is above all that was logged, by the highest estimates',
    nodes: [node],
    subject: null,
    what: `${formatSize(unexplained.low, 'bytes')} or more of the memory of ${node}, ${formatShare(unexplained.low / resident)} of the process, is in nothing that was logged`,
    evidence: [
      evidence(node, 'not explained', 'bytes', { last: unexplained.likely, detail: formatBounds(unexplained) }),
      ...listResidentEvidence(assessment),
    ],
    advice: [
      {
        text: 'It is C++ memory: analyzers, Broker and its stores, writers of logs, or what was freed and is kept by the allocator. Earlier logs tell when it came.',
        command: 'my-stats top --by node --since -7d LOGS',
      },
    ],
  };
}
