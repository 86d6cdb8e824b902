/** What `my_stats_connection.log` says. */

import { CONNECTION } from '../../format/log-kind.ts';
import type { ConnectionEndpoints, ConnectionField, LargestConnection } from '../../model/logged/connection.ts';
import type { Reading } from '../../model/logged/reading.ts';
import { compareTexts } from '../../model/names.ts';
import type { LogFile } from '../reading/log-file.ts';
import { nameNode } from '../reading/node-names.ts';
import { type RowCells, readWholeLogs } from '../reading/whole-logs.ts';

/** All rows of these logs, each once, in the order of time. */
export async function readConnectionFields(
  logs: readonly LogFile[],
): Promise<{ readonly rows: readonly ConnectionField[]; readonly reading: Reading }> {
  const rows = new Map<string, ConnectionField>();
  const reading = await readWholeLogs(logs, (values, cells) => {
    const row = readField(values, cells);
    rows.set(JSON.stringify([row.node, row.ts, row.run, row.field]), row);
  });
  const inOrder = (a: ConnectionField, b: ConnectionField) =>
    a.ts - b.ts || compareTexts(a.node, b.node) || compareTexts(a.field, b.field);
  return { rows: [...rows.values()].sort(inOrder), reading };
}

/** A row of `CONNECTIONS`. */
function readField(values: Float64Array, cells: RowCells): ConnectionField {
  const { text, number } = cells;
  return {
    ts: values[CONNECTION.ts]!,
    run: values[CONNECTION.run]!,
    node: nameNode(text(CONNECTION.node)),
    boot: number(CONNECTION.boot),
    field: text(CONNECTION.field) ?? '',
    type: text(CONNECTION.var_type),
    connectionsLive: number(CONNECTION.connections_live),
    connectionsSampled: number(CONNECTION.connections_sampled),
    connectionsWithField: number(CONNECTION.connections_with_field),
    entries: values[CONNECTION.entries]!,
    size: number(CONNECTION.size),
    unit: text(CONNECTION.unit) || 'unknown',
    sizeComplete: values[CONNECTION.size_complete] !== 0,
    connectionsDropped: number(CONNECTION.connections_dropped) ?? 0,
    entriesDropped: number(CONNECTION.entries_dropped) ?? 0,
    largest: readLargest(cells),
  };
}

function readLargest(cells: RowCells): LargestConnection | null {
  const { text, number } = cells;
  const uid = text(CONNECTION.largest_uid);
  if (uid === null || uid === '') return null;
  return {
    uid,
    endpoints: readEndpoints(cells),
    entries: number(CONNECTION.largest_entries) ?? 0,
    size: number(CONNECTION.largest_size),
    service: JSON.parse(text(CONNECTION.largest_service) ?? '[]') as string[],
    age: number(CONNECTION.largest_age),
  };
}

function readEndpoints({ text, number }: RowCells): ConnectionEndpoints | null {
  const origHost = text(CONNECTION.largest_orig_h);
  const respHost = text(CONNECTION.largest_resp_h);
  const origPort = number(CONNECTION.largest_orig_p);
  const respPort = number(CONNECTION.largest_resp_p);
  const proto = text(CONNECTION.largest_proto);
  if (origHost === null || respHost === null || origPort === null || respPort === null || proto === null) return null;
  return { origHost, origPort, respHost, respPort, proto };
}
