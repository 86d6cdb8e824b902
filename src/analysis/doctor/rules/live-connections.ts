/** Live connections of which there are ever more, where memory grows with their number. */

import type { Finding } from '../../../model/answers/doctor.ts';
import { formatCount, formatSize } from '../../../model/quantity.ts';
import { formatDuration } from '../../../model/time.ts';
import { lastOf } from '../case.ts';
import type { GrowthPlace } from '../growth-place.ts';
import type { Picture } from '../picture.ts';
import { CONNECTIONS } from '../thresholds.ts';
import { bytesRate } from '../words.ts';
import { evidence, type Rule, residentEvidence } from './rule.ts';

export const growingNumberOfConnections: Rule = ({ pictures }) =>
  pictures.flatMap((picture) => {
    const { place } = picture;
    if (place?.where !== 'connections' || place.companion?.gauge !== 'connections') return [];
    const { first, last } = place.companion;
    const isMuch = last >= CONNECTIONS.min && last >= CONNECTIONS.ratio * first;
    return isMuch ? [findingOf(picture, place, place.companion)] : [];
  });

function findingOf(
  picture: Picture,
  { grown }: GrowthPlace,
  { first, last, each }: NonNullable<GrowthPlace['companion']>,
): Finding {
  const { node, resident } = picture.node;
  const { from, to, slope } = resident!;
  const states = lastOf(picture.node, 'matcher_states') ?? 0;
  return {
    kind: 'live-connections-grow',
    level: 'warning',
    certainty: 'likely',
    because: `memory rises at the same times as the number of live connections, and what scripts hold does not`,
    nodes: [node],
    subject: 'connections',
    what: `memory grows with live connections on ${node}: by ${formatSize(grown, 'bytes')} in ${formatDuration(to - from)} (${bytesRate(slope)}), while they went from ${formatCount(first)} to ${formatCount(last)}, about ${formatSize(each, 'bytes')} each`,
    evidence: [
      evidence(node, 'live connections', 'count', { first, last, perHour: ((last - first) / (to - from)) * 3600 }),
      ...(states > 0 ? [evidence(node, 'states of signature matchers', 'count', { last: states })] : []),
      ...residentEvidence(picture),
    ],
    advice: [
      {
        text: 'See which connections do not end: long ones of few packets, scans, or one service. A connection is kept until it ends or its timeout is over (tcp_inactivity_timeout, tcp_attempt_delay, udp_inactivity_timeout).',
        command: 'my-stats connections LOGS',
      },
      {
        text: 'Where they are as many as the traffic has, one takes less without what is attached to it: the matchers of signatures (load fewer, or restrict them by port and payload size), analyzers and file analysis that nobody needs.',
        command: null,
      },
    ],
  };
}
