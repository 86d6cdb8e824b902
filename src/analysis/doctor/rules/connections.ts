/** Connections: those that collect entries in a field of their records, those of which there are ever more, those that have ended. */

import type { Advice, Evidence, Finding } from '../../../model/answers/doctor.ts';
import { type ByteRange, multiplyBytes } from '../../../model/bytes.ts';
import { type ConnectionEndpoints, type ConnectionField, formatEndpoints } from '../../../model/logged/connection.ts';
import { formatCount, formatSize } from '../../../model/quantity.ts';
import { formatDuration } from '../../../model/time.ts';
import { FIELDS_PART } from '../account.ts';
import { type Assessment, countDaysToDouble } from '../assessment.ts';
import { scaleToAll } from '../changes.ts';
import type { GrowthPlace } from '../growth-place.ts';
import { type ObservedField, type ObservedNode, readLast } from '../observed-node.ts';
import { CONNECTION, CONNECTIONS, EFFECT } from '../thresholds.ts';
import { formatBytesRate, formatCountRate, formatRange, quoteForShell } from '../words.ts';
import { evidence, listResidentEvidence, type Rule } from './rule.ts';

export const growingConnections: Rule = ({ assessments }) =>
  assessments.flatMap((assessment) =>
    assessment.node.fields.flatMap((field) => {
      const row = assessment.node.connections.findLast((one) => one.field === field.variable);
      if (row === undefined) return [];
      const isMany = (row.largest?.entries ?? 0) >= CONNECTION.manyEntries;
      return field.trend?.kind === 'growing' || isMany ? [describeField(field, row, assessment)] : [];
    }),
  );

function describeField(field: ObservedField, row: ConnectionField, assessment: Assessment): Finding {
  const { node } = assessment;
  const { variable: name, trend, bytes, bytesPerHour } = field;
  const isGrowing = trend?.kind === 'growing';
  const days = isGrowing ? countDaysToDouble((bytesPerHour?.likely ?? 0) / 3600, node) : null;
  const { largest } = row;
  const isOne = largest !== null && largest.entries >= CONNECTION.mostEntries * row.entries;
  const share = scaleToAll(row);
  const takes = bytes === null ? '' : `, about ${formatRange(cutToProcess(multiplyBytes(bytes, share), assessment))}`;
  const all =
    share === 1
      ? ''
      : `; all of them, if alike, ${formatCount(Math.round(row.entries * share))}${isGrowing ? `, ${formatCountRate(trend.slope * share)} more` : ''}`;
  const goes = isGrowing ? `, ${formatCountRate(trend.slope)} more` : '';
  const what = isOne
    ? `one connection holds ${formatCount(largest.entries)} entries in its field ${name} on ${node.node}${goes}: ${describeConnection(largest)}${takes}`
    : `${describeConnections(row)} hold ${formatCount(row.entries)} entries in their field ${name} on ${node.node}${goes}${all}${takes}`;
  return {
    kind: isGrowing ? 'connection-grows' : 'connection-holds-many',
    level: isGrowing && (days === null || days < EFFECT.problemDays) ? 'problem' : 'warning',
    certainty: 'certain',
    because: 'entries of connections are counted, not estimated',
    nodes: [node.node],
    subject: name,
    what,
    evidence: [...listFieldEvidence(field, row, node), ...listResidentEvidence(assessment)],
    advice: advise(name, row),
  };
}

/** What a field takes, as far as that fits into the process. */
function cutToProcess(bytes: ByteRange, { account }: Assessment): ByteRange {
  const fields = account?.parts.find(({ what }) => what === FIELDS_PART)?.bytes ?? bytes;
  const upTo = (most: number) => Math.min(most, fields.high);
  return { low: upTo(bytes.low), likely: Math.min(upTo(bytes.likely), fields.likely), high: upTo(bytes.high) };
}

function describeConnection({ uid, endpoints, service, age }: NonNullable<ConnectionField['largest']>): string {
  const serves = service.length === 0 ? '' : ` (${service.join(', ')})`;
  const between = endpoints === null ? '' : `, ${formatEndpoints(endpoints)}`;
  return `${uid}${between}${serves}${age === null ? '' : `, ${formatDuration(age)} old`}`;
}

function describeConnections({ connectionsWithField, connectionsSampled, connectionsLive }: ConnectionField): string {
  if (connectionsWithField === null) return 'connections';
  const sampled = connectionsSampled === null || connectionsLive === null || connectionsSampled >= connectionsLive;
  const of = sampled
    ? ''
    : ` of ${formatCount(connectionsSampled)} that were looked into (${formatCount(connectionsLive)} are live)`;
  return `${formatCount(connectionsWithField)} connections${of}`;
}

function listFieldEvidence(
  { variable, trend }: ObservedField,
  { type, entries, largest }: ConnectionField,
  { node }: ObservedNode,
): Evidence[] {
  const isGrowing = trend?.kind === 'growing';
  const rows = [
    evidence(node, `${variable} of connections`, 'entries', {
      first: isGrowing ? trend.first : null,
      last: entries,
      perHour: isGrowing ? trend.slope * 3600 : null,
      detail: type,
    }),
  ];
  if (largest !== null)
    rows.push(evidence(node, `${variable} of ${largest.uid}`, 'entries', { last: largest.entries }));
  return rows;
}

function advise(field: string, { largest }: ConnectionField): Advice[] {
  return [
    ...(largest === null ? [] : [adviseIdentification(largest.uid, largest.endpoints)]),
    {
      text: `Look for what adds to c$${field} and never removes: where no reply comes, an entry that waits for one stays as long as its connection.`,
      command: `my-stats connections --field ${quoteForShell(field)} LOGS`,
    },
  ];
}

/** How to learn what a connection is. As long as it lives, no conn.log has it. */
function adviseIdentification(uid: string, endpoints: ConnectionEndpoints | null): Advice {
  if (endpoints === null)
    return {
      text: 'Look the connection up once it has ended: conn.log has no row of a live one.',
      command: `grep -- ${quoteForShell(uid)} conn.log`,
    };
  const { origHost, origPort, respHost, respPort } = endpoints;
  const filter = `host ${origHost} and port ${origPort} and host ${respHost} and port ${respPort}`;
  return {
    text: 'See what the connection carries, at its sensor; conn.log has it only once it has ended.',
    command: `tcpdump -nn -c 100 -i INTERFACE ${quoteForShell(filter)}`,
  };
}

/** Live connections of which there are ever more, where memory grows with their number. */
export const growingNumberOfConnections: Rule = ({ assessments }) =>
  assessments.flatMap((assessment) => {
    const { place } = assessment;
    if (place?.where !== 'connections' || place.companion?.gauge !== 'connections') return [];
    const { first, last } = place.companion;
    const isMuch = last >= CONNECTIONS.min && last >= CONNECTIONS.ratio * first;
    return isMuch ? [describeLive(assessment, place, place.companion)] : [];
  });

function describeLive(
  assessment: Assessment,
  { grown }: GrowthPlace,
  { first, last, each }: NonNullable<GrowthPlace['companion']>,
): Finding {
  const { node, resident } = assessment.node;
  const { from, to, slope } = resident!;
  const states = readLast(assessment.node, 'matcher_states') ?? 0;
  return {
    kind: 'live-connections-grow',
    level: 'warning',
    certainty: 'likely',
    because: `memory rises at the same times as the number of live connections, and what scripts hold does not`,
    nodes: [node],
    subject: 'connections',
    what: `memory grows with live connections on ${node}: by ${formatSize(grown, 'bytes')} in ${formatDuration(to - from)} (${formatBytesRate(slope)}), while they went from ${formatCount(first)} to ${formatCount(last)}, about ${formatSize(each, 'bytes')} each`,
    evidence: [
      evidence(node, 'live connections', 'count', { first, last, perHour: ((last - first) / (to - from)) * 3600 }),
      ...(states > 0 ? [evidence(node, 'states of signature matchers', 'count', { last: states })] : []),
      ...listResidentEvidence(assessment),
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

/** Memory that grows by what connections held when they ended: something still refers to it. */
export const keptByEndedConnections: Rule = ({ assessments }) =>
  assessments.flatMap((assessment) =>
    assessment.place?.where === 'ended' ? [describeEnded(assessment, assessment.place.grown)] : [],
  );

function describeEnded(assessment: Assessment, grown: number): Finding {
  const { node, ended } = assessment;
  const { field, times, entries, bytes } = ended[0]!;
  const { from, to, slope } = node.resident!;
  const upTo = (most: number) => Math.min(most, grown);
  const held = { low: upTo(bytes.low), likely: upTo(bytes.likely), high: upTo(bytes.high) };
  const days = countDaysToDouble(slope, node);
  return {
    kind: 'ended-connections-kept',
    level: days !== null && days < EFFECT.problemDays ? 'problem' : 'warning',
    certainty: 'likely',
    because:
      'connections are no more, and variables hold no more, than before; what a sample saw of them before they ended is of this size',
    nodes: [node.node],
    subject: field,
    what: `memory grows by what connections held when they ended on ${node.node}: ${formatSize(grown, 'bytes')} in ${formatDuration(to - from)} (${formatBytesRate(slope)}), while connections with ${formatCount(entries)} entries in ${field}, about ${formatRange(held)}, ended`,
    evidence: [
      ...ended.map((one) =>
        evidence(node.node, `${one.field} of ended connections`, 'entries', {
          last: one.entries,
          detail: `${formatCount(one.times)} times`,
        }),
      ),
      ...listResidentEvidence(assessment),
    ],
    advice: [
      {
        text: `Look for what keeps c$${field}, or the connection, after it has ended${times > 1 ? ', as it did each time' : ''}: a variable or closure it is stored in, or resize() of a vector that held it, which frees nothing (seen up to Zeek 8.0).`,
        command: `grep -rnE ${quoteForShell(`resize *\\(|${field.slice(field.lastIndexOf('.') + 1)}`)} SCRIPTS`,
      },
    ],
  };
}
