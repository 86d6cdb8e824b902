/** Things that wait, and should not wait in ever larger numbers. */

import type { Finding } from '../../../model/answers/doctor.ts';
import type { NodeGauge } from '../../../model/logged/node-series.ts';
import { formatCount } from '../../../model/quantity.ts';
import { formatDuration } from '../../../model/time.ts';
import { gaugeTrend } from '../case.ts';
import type { Picture } from '../picture.ts';
import { QUEUE_RATIO, QUEUES } from '../thresholds.ts';
import type { Trend } from '../trend.ts';
import { countRate } from '../words.ts';
import { evidence, type Rule, residentEvidence } from './rule.ts';

type Queue = keyof typeof QUEUES & NodeGauge;

export const growingQueues: Rule = ({ pictures }) =>
  pictures.flatMap((picture) =>
    (Object.keys(QUEUES) as Queue[]).flatMap((queue) => {
      const { node } = picture;
      const trend = node.gauges === null ? null : gaugeTrend({ ts: node.ts, gauges: node.gauges }, queue);
      if (trend?.kind !== 'growing' || !isLarge(trend, queue) || followsConnections(trend, picture)) return [];
      return [findingOf(queue, trend, picture)];
    }),
  );

function isLarge({ first, last }: Trend, queue: Queue): boolean {
  return last >= QUEUES[queue].min && last >= QUEUE_RATIO * Math.max(0, first);
}

/** Every connection has timers, files and buffers of its own. */
function followsConnections({ first, last }: Trend, { node: { live } }: Picture): boolean {
  if (live === null || live.change <= 0) return false;
  return live.last / Math.max(1, live.first) >= (0.5 * last) / Math.max(1, first);
}

function findingOf(queue: Queue, { first, last, slope, from, to }: Trend, picture: Picture): Finding {
  const { node } = picture.node;
  const { name, bytes } = QUEUES[queue];
  const share = (bytes * (last - first)) / (picture.node.resident?.last ?? Number.POSITIVE_INFINITY);
  return {
    kind: 'queue-grows',
    level: share >= 0.05 ? 'problem' : 'warning',
    certainty: 'certain',
    because: 'Zeek counts them itself',
    nodes: [node],
    subject: queue,
    what: `${name} grow without an end in sight on ${node}: from ${formatCount(Math.round(Math.max(0, first)))} to ${formatCount(Math.round(last))} in ${formatDuration(to - from)}, ${countRate(slope)} more`,
    evidence: [
      evidence(node, name, queue === 'reassembly_bytes' ? 'bytes' : 'count', { first, last, perHour: slope * 3600 }),
      ...residentEvidence(picture),
    ],
    advice: [{ text: ADVICE[queue], command: null }],
  };
}

const ADVICE: Readonly<Record<Queue, string>> = {
  events_pending:
    'Events come in faster than their handlers are done: look for handlers that take long (zeek --profile-scripts with a trace) and for events that raise each other.',
  timers:
    'Timers are made faster than they expire: look for schedule statements in frequent events, and for tables with &create_expire that take in much.',
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
