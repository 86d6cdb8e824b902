/** What `my_stats_connection.log` says. */

import { CONNECTION } from '../format/log-kind.ts';
import type { ConnectionField, LargestConnection } from '../model/connection.ts';
import type { Reading } from '../model/reading.ts';
import type { LogFile } from './log-file.ts';
import { nodeName, type RowCells, readWholeLogs } from './whole-logs.ts';

/** All rows of these logs, in their order. */
export async function readConnectionFields(
  logs: readonly LogFile[],
): Promise<{ readonly rows: readonly ConnectionField[]; readonly reading: Reading }> {
  const rows: ConnectionField[] = [];
  const reading = await readWholeLogs(logs, (values, cells) => {
    rows.push(fieldOf(values, cells));
  });
  return { rows, reading };
}

/** A row of `CONNECTIONS`. */
function fieldOf(values: Float64Array, cells: RowCells): ConnectionField {
  const { text, number } = cells;
  return {
    ts: values[CONNECTION.ts]!,
    run: values[CONNECTION.run]!,
    node: nodeName(text(CONNECTION.node)),
    boot: number(CONNECTION.boot),
    field: text(CONNECTION.field) ?? '',
    type: text(CONNECTION.type),
    connectionsLive: number(CONNECTION.live),
    connectionsSampled: number(CONNECTION.sampled),
    connectionsWithField: number(CONNECTION.withField),
    entries: values[CONNECTION.entries]!,
    size: number(CONNECTION.size),
    unit: text(CONNECTION.unit) || 'unknown',
    sizeComplete: values[CONNECTION.sizeComplete] !== 0,
    largest: largestOf(cells),
  };
}

function largestOf({ text, number }: RowCells): LargestConnection | null {
  const uid = text(CONNECTION.largestUid);
  if (uid === null || uid === '') return null;
  return {
    uid,
    entries: number(CONNECTION.largestEntries) ?? 0,
    size: number(CONNECTION.largestSize),
    service: JSON.parse(text(CONNECTION.largestService) ?? '[]') as string[],
    age: number(CONNECTION.largestAge),
  };
}
