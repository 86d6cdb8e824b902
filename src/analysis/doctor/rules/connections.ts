/** One connection that collects entries in a field of its record. */

import { type ConnectionEndpoints, type ConnectionField, formatEndpoints } from '../../../model/connection.ts';
import type { Advice, Finding } from '../../../model/doctor.ts';
import { formatCount } from '../../../model/quantity.ts';
import { formatDuration } from '../../../model/time.ts';
import { SizeModel } from '../../../sizing/index.ts';
import type { NodeCase } from '../case.ts';
import { daysToDouble, recordFieldsFor } from '../picture.ts';
import { CONNECTION, EFFECT } from '../thresholds.ts';
import { countRate, rangeText, shellWord } from '../words.ts';
import { evidence, type Rule, residentEvidence } from './rule.ts';

export const growingConnections: Rule = ({ pictures }) =>
  pictures.flatMap((picture) =>
    seriesOf(picture.node).flatMap((rows) => {
      const finding = findingOf(rows, picture.node);
      return finding === null ? [] : [{ ...finding, evidence: [...finding.evidence, ...residentEvidence(picture)] }];
    }),
  );

/** The rows of a field in which the connection that is largest in the last one was. */
function seriesOf({ connections }: NodeCase): ConnectionField[][] {
  const byField = new Map<string, ConnectionField[]>();
  for (const row of connections) {
    const list = byField.get(row.field) ?? [];
    byField.set(row.field, list);
    list.push(row);
  }
  return [...byField.values()].map((rows) => {
    const uid = rows.at(-1)!.largest?.uid;
    return rows.filter(({ largest }) => largest !== null && largest.uid === uid);
  });
}

function findingOf(rows: readonly ConnectionField[], node: NodeCase): Finding | null {
  const first = rows[0]?.largest;
  const row = rows.at(-1);
  if (!first || !row?.largest) return null;
  const { uid, entries, endpoints, service, age } = row.largest;
  const seconds = row.ts - rows[0]!.ts;
  const grown = entries - first.entries;
  const rises = rows.filter(({ largest }, i) => i > 0 && largest!.entries > rows[i - 1]!.largest!.entries).length;
  const isGrowing =
    rows.length >= CONNECTION.minRuns &&
    entries >= CONNECTION.minEntries &&
    grown >= CONNECTION.minGrowthOfItself * first.entries &&
    rises >= 0.6 * (rows.length - 1);
  if (!isGrowing && entries < CONNECTION.manyEntries) return null;
  const model = new SizeModel(node.zeekVersion);
  const { type, unit } = row;
  const input = {
    type,
    recordFields: recordFieldsFor(node, type),
    size: row.largest.size,
    unit,
    entries,
    peakEntries: null,
  };
  const bytes = model.weigh(input).bytes;
  const rate = seconds > 0 ? grown / seconds : 0;
  const perEntry = bytes === null ? 0 : bytes.likely / Math.max(1, entries);
  const days = isGrowing ? daysToDouble(rate * perEntry, node) : null;
  const takes = bytes === null ? '' : `, about ${rangeText(bytes)}`;
  const lasts = age === null ? '' : `, ${formatDuration(age)} old`;
  const serves = service.length === 0 ? '' : ` (${service.join(', ')})`;
  const between = endpoints === null ? '' : `, ${formatEndpoints(endpoints)}`;
  const goes = isGrowing ? `, ${countRate(rate)} more` : '';
  return {
    kind: 'connection-grows',
    level: isGrowing && (days === null || days < EFFECT.problemDays) ? 'problem' : 'warning',
    certainty: 'certain',
    because: 'entries of a connection are counted, not estimated',
    nodes: [node.node],
    subject: row.field,
    what: `one connection holds ${formatCount(entries)} entries in its field ${row.field} on ${node.node}${goes}: ${uid}${between}${serves}${lasts}${takes}`,
    evidence: [
      evidence(node.node, `${row.field} of ${uid}`, 'entries', {
        first: rows.length > 1 ? first.entries : null,
        last: entries,
        perHour: rows.length > 1 && seconds > 0 ? rate * 3600 : null,
        detail: type,
      }),
    ],
    advice: [
      identificationOf(uid, endpoints),
      {
        text: `Look for what adds to c$${row.field} and never removes: where no reply comes, an entry that waits for one stays as long as its connection.`,
        command: `my-stats connections --field ${shellWord(row.field)} LOGS`,
      },
    ],
  };
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
