/** By how much what the logs can see of a node's memory changed while it grew, at least and at most. */

import { addBytes, type ByteRange, exactly, NO_BYTES, timesBytes } from '../../model/bytes.ts';
import type { ConnectionField } from '../../model/logged/connection.ts';
import type { NodeGauge } from '../../model/logged/node-series.ts';
import type { Weigher } from '../weighing/weigh.ts';
import { beginOf, endsOf, intervalOf, type NodeCase } from './case.ts';
import { type Ended, endedSince } from './ended-connections.ts';
import { BASE } from './thresholds.ts';
import { differenceOf } from './variable-case.ts';

/** Since the memory of the process grows (or has settled). */
export interface Changes {
  readonly node: NodeCase;
  /** Of all variables together. */
  readonly variables: ByteRange;
  /** Of live connections, by their number alone. */
  readonly live: ByteRange;
  /** Of what hangs on connections: their fields, reassembly, the states of signature matchers. */
  readonly hanging: ByteRange;
  /** What fields of connections gave up as these ended. */
  readonly ended: readonly Ended[];
}

export function changesOf(node: NodeCase, weigher: Weigher): Changes {
  const from = beginOf(node);
  return {
    node,
    variables: node.variables
      .map(({ now, bytesAt }) => differenceOf(now.bytes, bytesAt(from)))
      .reduce(addBytes, NO_BYTES),
    ...connectionsChange(node, weigher, from),
    ended: endedSince(node, from),
  };
}

function connectionsChange(node: NodeCase, weigher: Weigher, from: number): Pick<Changes, 'live' | 'hanging'> {
  const changeOf = (gauge: NodeGauge) => {
    const ends = endsOf(node, gauge, from);
    return ends === null ? 0 : ends.last - ends.first;
  };
  const count = changeOf('connections');
  const live = timesBytes(BASE.connection, Math.max(0, count));
  const held = exactly(changeOf('reassembly_bytes') + changeOf('matcher_bytes'));
  const fields = differenceOf(fieldsAt(node, weigher, node.ts.at(-1) ?? 0), fieldsAt(node, weigher, from));
  return { live, hanging: addBytes(held, fields) };
}

/** What hangs on all live connections, as those tell that were looked into in the run at a time. */
export function fieldsAt(node: NodeCase, weigher: Weigher, at: number): ByteRange {
  const near = Math.min(5, (intervalOf(node) ?? 10) / 2);
  return node.connections
    .filter(({ ts }) => Math.abs(ts - at) < near)
    .map((row) => {
      const { type, size, unit, entries } = row;
      const described = { type, recordFields: recordFieldsFor(node, type) };
      return timesBytes(weigher.bytesOf(node.node, described, { size, unit, entries }) ?? NO_BYTES, shareOf(row));
    })
    .reduce(addBytes, NO_BYTES);
}

/**
 * How many times as much all live connections hold as those that were looked into: those that were not are taken for alike where
 * each that was has entries in the field. They were chosen for what they carry, so that where some have none others hardly do.
 */
export function shareOf({ connectionsLive, connectionsSampled, connectionsWithField }: ConnectionField): number {
  if (connectionsSampled === null || connectionsSampled === 0 || connectionsWithField !== connectionsSampled) return 1;
  return Math.max(1, (connectionsLive ?? 0) / connectionsSampled);
}

/** Records that variables' descriptions expand, for a field whose type names one of them. */
function recordFieldsFor({ variables }: NodeCase, type: string | null): readonly string[] {
  const name = type?.match(/ of (?:record )?([\w:]+)$/)?.[1];
  if (name === undefined) return [];
  const all = variables.flatMap(({ description }) => description?.recordFields ?? []);
  return [...new Set(all.filter((text) => text.startsWith(`${name}{`)))];
}
