/** By how much what the logs can see of a node's memory changed while it grew, at least and at most. */

import { addBytes, type ByteRange, exactly, multiplyBytes, NO_BYTES } from '../../model/bytes.ts';
import type { ConnectionField } from '../../model/logged/connection.ts';
import type { NodeGauge } from '../../model/logged/node-series.ts';
import type { Weigher } from '../weighing/weigh.ts';
import { findBeginning, findInterval, type ObservedField, type ObservedNode, readEnds } from './observed-node.ts';
import { subtractBytes } from './observed-variable.ts';
import { BASE } from './thresholds.ts';

/** Since the memory of the process grows (or has settled). */
export interface Changes {
  readonly node: ObservedNode;
  /** Of all variables together. */
  readonly variables: ByteRange;
  /** Of live connections, by their number alone. */
  readonly live: ByteRange;
  /** Of what connections hold: their fields, reassembly, the states of signature matchers. */
  readonly held: ByteRange;
  /** What fields of connections gave up as these ended. */
  readonly ended: readonly Ended[];
}

export function measureChanges(node: ObservedNode, weigher: Weigher): Changes {
  const from = findBeginning(node);
  return {
    node,
    variables: node.variables
      .map(({ now, bytesAt }) => subtractBytes(now.bytes, bytesAt(from)))
      .reduce(addBytes, NO_BYTES),
    ...measureConnections(node, weigher, from),
    ended: findEndedSince(node, from),
  };
}

function measureConnections(node: ObservedNode, weigher: Weigher, from: number): Pick<Changes, 'live' | 'held'> {
  const changeOf = (gauge: NodeGauge) => {
    const ends = readEnds(node, gauge, from);
    return ends === null ? 0 : ends.last - ends.first;
  };
  const count = changeOf('connections');
  const live = multiplyBytes(BASE.connection, Math.max(0, count));
  const others = exactly(changeOf('reassembly_bytes') + changeOf('matcher_bytes'));
  const fields = subtractBytes(weighFields(node, weigher, node.ts.at(-1) ?? 0), weighFields(node, weigher, from));
  return { live, held: addBytes(others, fields) };
}

/** What the fields of all live connections hold, as those tell that were looked into in the run at a time. */
export function weighFields(node: ObservedNode, weigher: Weigher, at: number): ByteRange {
  const near = Math.min(5, (findInterval(node) ?? 10) / 2);
  return node.connections
    .filter(({ ts }) => Math.abs(ts - at) < near)
    .map((row) => {
      const { type, size, unit, entries } = row;
      const described = { type, recordFields: findRecordFields(node, type) };
      return multiplyBytes(weigher.bytesOf(node.node, described, { size, unit, entries }) ?? NO_BYTES, scaleToAll(row));
    })
    .reduce(addBytes, NO_BYTES);
}

/**
 * How many times as much all live connections hold as those that were looked into: those that were not are taken for alike where
 * each that was has entries in the field. They were chosen for what they carry, so that where some have none others hardly do.
 */
export function scaleToAll({ connectionsLive, connectionsSampled, connectionsWithField }: ConnectionField): number {
  if (connectionsSampled === null || connectionsSampled === 0 || connectionsWithField !== connectionsSampled) return 1;
  return Math.max(1, (connectionsLive ?? 0) / connectionsSampled);
}

/** Records that variables' descriptions expand, for a field whose type names one of them. */
function findRecordFields({ variables }: ObservedNode, type: string | null): readonly string[] {
  const name = type?.match(/ of (?:record )?([\w:]+)$/)?.[1];
  if (name === undefined) return [];
  const all = variables.flatMap(({ description }) => description?.recordFields ?? []);
  return [...new Set(all.filter((text) => text.startsWith(`${name}{`)))];
}

/** What a field of connections gave up. */
interface Ended {
  readonly field: string;
  /** How often connections ended that held most of it. */
  readonly times: number;
  readonly entries: number;
  readonly bytes: ByteRange;
}

/** A connection that held this share of a field's entries was one of those that count. */
const FALL = 0.5;

/** Per field, since a time in seconds since the epoch; the largest first. */
function findEndedSince(node: ObservedNode, from: number): Ended[] {
  return node.fields
    .flatMap((field) => findEnded(field, (from - (node.ts[0] ?? 0)) / 3600) ?? [])
    .sort((a, b) => b.bytes.likely - a.bytes.likely);
}

function findEnded(
  { variable: field, points: { t, y }, bytes, entries: now }: ObservedField,
  from: number,
): Ended | null {
  if (bytes === null || now <= 0) return null;
  let entries = 0;
  let times = 0;
  for (let i = 1; i < y.length; i++) {
    if (t[i]! < from || y[i]! > FALL * y[i - 1]!) continue;
    entries += y[i - 1]! - y[i]!;
    times++;
  }
  return times === 0 ? null : { field, times, entries, bytes: multiplyBytes(bytes, entries / now) };
}
