/** Things that wait, and should not wait in ever larger numbers. */

import type { Advice, Finding } from '../../../model/answers/doctor.ts';
import { formatCount, formatSize } from '../../../model/quantity.ts';
import { formatDuration } from '../../../model/time.ts';
import { type Assessment, countDaysToDouble } from '../assessment.ts';
import type { Companion, Queue } from '../growth-place.ts';
import { judgeGauge, readLast } from '../observed-node.ts';
import { EFFECT, LOOKUPS_AT_A_TIME, QUEUE_RATIO, QUEUES } from '../thresholds.ts';
import type { Trend } from '../trend.ts';
import { formatCountRate } from '../words.ts';
import { evidence, listResidentEvidence, type Rule } from './rule.ts';

export const growingQueues: Rule = ({ assessments }) =>
  assessments.flatMap((assessment) => {
    const { node } = assessment;
    if (node.gauges === null) return [];
    const life = { ts: node.ts, gauges: node.gauges };
    const { place } = assessment;
    const cause = place?.where === 'queue' ? place.companion : null;
    return (Object.keys(QUEUES) as Queue[]).flatMap((queue) => {
      const trend = judgeGauge(life, queue);
      if (trend === null) return [];
      const isCause = cause?.gauge === queue;
      const grows = trend.kind === 'growing' && isLarge(trend, queue) && !followsConnections(trend, assessment);
      return isCause || grows ? [describeFinding(queue, trend, assessment, isCause ? cause : null)] : [];
    });
  });

function isLarge({ first, last }: Trend, queue: Queue): boolean {
  return last >= QUEUES[queue].min && last >= QUEUE_RATIO * Math.max(0, first);
}

/** Every connection has timers, files and buffers of its own. */
function followsConnections({ first, last }: Trend, { node: { live } }: Assessment): boolean {
  if (live === null || live.change <= 0) return false;
  return live.last / Math.max(1, live.first) >= (0.5 * last) / Math.max(1, first);
}

/** @param cause where the memory of the process grows with it: what one of them takes */
function describeFinding(queue: Queue, trend: Trend, assessment: Assessment, cause: Companion | null): Finding {
  const { node, resident } = assessment.node;
  const { first, last } = cause ?? trend;
  const { slope, from, to } =
    trend.kind === 'growing' ? trend : { ...trend, slope: (last - first) / (trend.to - trend.from) };
  const { name, bytes } = QUEUES[queue];
  const share = (bytes * (last - first)) / (resident?.last ?? Number.POSITIVE_INFINITY);
  const days = cause === null ? null : countDaysToDouble(resident?.slope ?? 0, assessment.node);
  const isProblem = days === null ? share >= 0.05 : days < EFFECT.problemDays;
  const lookups = queue === 'timers' && (readLast(assessment.node, 'dns_pending') ?? 0) >= LOOKUPS_AT_A_TIME;
  const memory = cause === null ? '' : `, and memory with them, about ${formatSize(cause.each, 'bytes')} each`;
  const waiting = lookups ? `; Zeek has as many lookups pending as it sends at a time (${LOOKUPS_AT_A_TIME})` : '';
  return {
    kind: 'queue-grows',
    level: isProblem ? 'problem' : 'warning',
    certainty: 'certain',
    because:
      cause === null
        ? 'Zeek counts them itself'
        : 'Zeek counts them itself; memory rises at the same times, and nothing in variables or connections does',
    nodes: [node],
    subject: queue,
    what: `${name} grow without an end in sight on ${node}: from ${formatCount(Math.round(Math.max(0, first)))} to ${formatCount(Math.round(last))} in ${formatDuration(to - from)}, ${formatCountRate(slope)} more${memory}${waiting}`,
    evidence: [
      evidence(node, name, queue === 'reassembly_bytes' ? 'bytes' : 'count', { first, last, perHour: slope * 3600 }),
      ...(lookups
        ? [evidence(node, QUEUES.dns_pending.name, 'count', { last: readLast(assessment.node, 'dns_pending') })]
        : []),
      ...listResidentEvidence(assessment),
    ],
    advice: [...(lookups ? [LOOKUPS] : []), { text: ADVICE[queue], command: null }],
  };
}

const LOOKUPS: Advice = {
  text: 'Each lookup in a when statement waits with a timer until an answer comes: look for when with lookup_addr or lookup_hostname in events of the traffic, see whether the resolver of the machine answers, and give each a timeout.',
  command: "grep -rnE 'when *\\(|lookup_(addr|hostname)' SCRIPTS",
};

const ADVICE: Readonly<Record<Queue, string>> = {
  events_pending:
    'Events come in faster than their handlers are done: look for handlers that take long (zeek --profile-scripts with a trace) and for events that raise each other.',
  timers:
    'Timers are made faster than they expire: look for schedule and when statements in frequent events. What they were given stays with them until they are due.',
  peer_messages_queued:
    'A peer takes messages more slowly than they are sent: look at the load of the other nodes, and at what is published to all of them (zeek_broker metrics).',
  reassembly_bytes:
    'Streams or files wait for parts that never come: look at capture loss (capture_loss.log) and asymmetric routing, and limit it (Files::reassembly_buffer_size, tcp_max_above_hole_bytes_without_any_acks).',
  files: 'Files are not finished: look for analyzers that do not end them, and at default_file_timeout_interval.',
  fragments: 'Fragments wait for others that never come: look at capture loss, and at frag_timeout.',
  dns_pending:
    'No answers come: look at the resolver of the machine, or do without lookups (lookup_addr, lookup_hostname).',
  dns_cached: 'Zeek keeps every answer: look for lookups of names from the traffic (lookup_addr, lookup_hostname).',
  threads:
    'Each writer of a log is a thread: look for filters whose path changes with the traffic ($path_func), and for readers of the Input framework that are never removed.',
};
