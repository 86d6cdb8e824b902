/** What connections held in their fields when they ended. */

import { type ByteRange, timesBytes } from '../../model/bytes.ts';
import type { FieldCase, NodeCase } from './case.ts';

/** What a field of connections gave up. */
export interface Ended {
  readonly field: string;
  /** How often connections ended that held most of it. */
  readonly times: number;
  readonly entries: number;
  readonly bytes: ByteRange;
}

/** A connection that held this share of a field's entries was one of those that count. */
const FALL = 0.5;

/** Per field, since a time in seconds since the epoch; the largest first. */
export function endedSince(node: NodeCase, from: number): Ended[] {
  return node.fields
    .flatMap((field) => endedOf(field, (from - (node.ts[0] ?? 0)) / 3600) ?? [])
    .sort((a, b) => b.bytes.likely - a.bytes.likely);
}

function endedOf({ variable: field, points: { t, y }, bytes, entries: now }: FieldCase, from: number): Ended | null {
  if (bytes === null || now <= 0) return null;
  let entries = 0;
  let times = 0;
  for (let i = 1; i < y.length; i++) {
    if (t[i]! < from || y[i]! > FALL * y[i - 1]!) continue;
    entries += y[i - 1]! - y[i]!;
    times++;
  }
  return times === 0 ? null : { field, times, entries, bytes: timesBytes(bytes, entries / now) };
}
