/** Connections that collect entries in a field of their records. */

import type { Advice, Evidence, Finding } from '../../../model/answers/doctor.ts';
import { type ByteRange, timesBytes } from '../../../model/bytes.ts';
import { type ConnectionEndpoints, type ConnectionField, formatEndpoints } from '../../../model/logged/connection.ts';
import { formatCount } from '../../../model/quantity.ts';
import { formatDuration } from '../../../model/time.ts';
import { FIELDS_PART } from '../account.ts';
import type { FieldCase, NodeCase } from '../case.ts';
import { shareOf } from '../changes.ts';
import { daysToDouble, type Picture } from '../picture.ts';
import { CONNECTION, EFFECT } from '../thresholds.ts';
import { countRate, rangeText, shellWord } from '../words.ts';
import { evidence, type Rule, residentEvidence } from './rule.ts';

export const growingConnections: Rule = ({ pictures }) =>
  pictures.flatMap((picture) =>
    picture.node.fields.flatMap((field) => {
      const row = picture.node.connections.findLast((one) => one.field === field.variable);
      if (row === undefined) return [];
      const isMany = (row.largest?.entries ?? 0) >= CONNECTION.manyEntries;
      return field.trend?.kind === 'growing' || isMany ? [findingOf(field, row, picture)] : [];
    }),
  );

function findingOf(field: FieldCase, row: ConnectionField, picture: Picture): Finding {
  const { node } = picture;
  const { variable: name, trend, bytes, bytesPerHour } = field;
  const isGrowing = trend?.kind === 'growing';
  const days = isGrowing ? daysToDouble((bytesPerHour?.likely ?? 0) / 3600, node) : null;
  const { largest } = row;
  const isOne = largest !== null && largest.entries >= CONNECTION.mostEntries * row.entries;
  const share = shareOf(row);
  const takes = bytes === null ? '' : `, about ${rangeText(fittingBytes(timesBytes(bytes, share), picture))}`;
  const all =
    share === 1
      ? ''
      : `; all of them, if alike, ${formatCount(Math.round(row.entries * share))}${isGrowing ? `, ${countRate(trend.slope * share)} more` : ''}`;
  const goes = isGrowing ? `, ${countRate(trend.slope)} more` : '';
  const what = isOne
    ? `one connection holds ${formatCount(largest.entries)} entries in its field ${name} on ${node.node}${goes}: ${connectionWords(largest)}${takes}`
    : `${connectionsWith(row)} hold ${formatCount(row.entries)} entries in their field ${name} on ${node.node}${goes}${all}${takes}`;
  return {
    kind: 'connection-grows',
    level: isGrowing && (days === null || days < EFFECT.problemDays) ? 'problem' : 'warning',
    certainty: 'certain',
    because: 'entries of connections are counted, not estimated',
    nodes: [node.node],
    subject: name,
    what,
    evidence: [...fieldEvidence(field, row, node), ...residentEvidence(picture)],
    advice: adviceOf(name, row),
  };
}

/** What a field takes, as far as that fits into the process. */
function fittingBytes(bytes: ByteRange, { account }: Picture): ByteRange {
  const fields = account?.parts.find(({ what }) => what === FIELDS_PART)?.bytes ?? bytes;
  const upTo = (most: number) => Math.min(most, fields.high);
  return { low: upTo(bytes.low), likely: Math.min(upTo(bytes.likely), fields.likely), high: upTo(bytes.high) };
}

function connectionWords({ uid, endpoints, service, age }: NonNullable<ConnectionField['largest']>): string {
  const serves = service.length === 0 ? '' : ` (${service.join(', ')})`;
  const between = endpoints === null ? '' : `, ${formatEndpoints(endpoints)}`;
  return `${uid}${between}${serves}${age === null ? '' : `, ${formatDuration(age)} old`}`;
}

function connectionsWith({ connectionsWithField, connectionsSampled, connectionsLive }: ConnectionField): string {
  if (connectionsWithField === null) return 'connections';
  const sampled = connectionsSampled === null || connectionsLive === null || connectionsSampled >= connectionsLive;
  const of = sampled
    ? ''
    : ` of ${formatCount(connectionsSampled)} that were looked into (${formatCount(connectionsLive)} are live)`;
  return `${formatCount(connectionsWithField)} connections${of}`;
}

function fieldEvidence(
  { variable, trend }: FieldCase,
  { type, entries, largest }: ConnectionField,
  { node }: NodeCase,
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

function adviceOf(field: string, { largest }: ConnectionField): Advice[] {
  return [
    ...(largest === null ? [] : [identificationOf(largest.uid, largest.endpoints)]),
    {
      text: `Look for what adds to c$${field} and never removes: where no reply comes, an entry that waits for one stays as long as its connection.`,
      command: `my-stats connections --field ${shellWord(field)} LOGS`,
    },
  ];
}

/** How to learn what a connection is. As long as it lives, no conn.log has it. */
function identificationOf(uid: string, endpoints: ConnectionEndpoints | null): Advice {
  if (endpoints === null)
    return {
      text: 'Look the connection up once it has ended: conn.log has no row of a live one.',
      command: `grep -- ${shellWord(uid)} conn.log`,
    };
  const { origHost, origPort, respHost, respPort } = endpoints;
  const filter = `host ${origHost} and port ${origPort} and host ${respHost} and port ${respPort}`;
  return {
    text: 'See what the connection carries, at its sensor; conn.log has it only once it has ended.',
    command: `tcpdump -nn -c 100 -i INTERFACE ${shellWord(filter)}`,
  };
}
