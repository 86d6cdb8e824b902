/** Gives the nodes in the rows of a log the names that tell them from those of other sensors. */

import type { LogKind } from '../../format/log-kind.ts';
import type { RowsHandler } from '../../format/row-reader.ts';
import type { StringPool } from '../../format/string-pool.ts';
import { STANDALONE_NODE } from '../../model/logged/sample.ts';
import { qualifiedNode } from '../runs/log-sensors.ts';
import type { LogFile } from './log-file.ts';

/** A process outside a cluster names itself with nothing. */
export function nameNode(name: string | null): string {
  return name || STANDALONE_NODE;
}

/** Where the columns stand by which a row's sensor is told; -1 for one that the kind does not have. */
export function findKeyPlaces({ columns }: LogKind) {
  const place = (name: string) => columns.findIndex((column) => column.name === name);
  // The column that names the system comes after those of the kind.
  return { node: place('node'), ts: place('ts'), run: place('run'), boot: place('boot'), system: columns.length };
}

/** What takes the rows of a log, with their nodes renamed where the logs are of several sensors. */
export function qualifyNodes(
  { sensors, inspected: { kind, system } }: Pick<LogFile, 'sensors' | 'inspected'>,
  pool: StringPool,
  take: RowsHandler,
): RowsHandler {
  const place = findKeyPlaces(kind);
  if (sensors === null || place.node < 0) return take;
  const text = (id: number) => (id < 0 ? null : pool.text(id));
  let rows = new Float64Array(0);
  /** What told the sensor of the row before, and the name its node got: the rows of a run mostly stand together. */
  let before: readonly number[] = [];
  let name = -1;
  return (values, from, stride, count) => {
    // Readers go on with what they gave.
    if (rows.length < stride * count) rows = new Float64Array(stride * count);
    rows.set(values.subarray(from, from + stride * count));
    for (let at = 0; at < stride * count; at += stride) {
      const number = (column: number) => (column < 0 ? Number.NaN : rows[at + column]!);
      const node = rows[at + place.node]!;
      const named = system === null ? -1 : rows[at + place.system]!;
      const [ts, run, boot] = [number(place.ts), number(place.run), number(place.boot)];
      const isSame = [node, named, ts, run, boot].every((value, i) => Object.is(value, before[i]));
      if (!isSame) {
        const keys = { node: nameNode(text(node)), system: text(named), ts, run, boot };
        before = [node, named, ts, run, boot];
        name = pool.id(qualifiedNode(sensors, keys));
      }
      rows[at + place.node] = name;
    }
    take(rows, 0, stride, count);
  };
}
