/** What `my_stats_connection.log` says. */

import { CONNECTION } from '../../format/log-kind.ts';
import type { ConnectionEndpoints, ConnectionField, LargestConnection } from '../../model/logged/connection.ts';
import type { Reading } from '../../model/logged/reading.ts';
import { compareTexts } from '../../model/names.ts';
import type { LogFile } from '../reading/log-file.ts';
import { nodeName } from '../reading/node-names.ts';
import { type RowCells, readWholeLogs } from '../reading/whole-logs.ts';

/** All rows of these logs, each once, in the order of time. */
export async function readConnectionFields(
  logs: readonly LogFile[],
): Promise<{ readonly rows: readonly ConnectionField[]; readonly reading: Reading }> {
  const rows = new Map<string, ConnectionField>();
  const reading = await readWholeLogs(logs, (values, cells) => {
    const row = fieldOf(values, cells);
    rows.set(JSON.stringify([row.node, row.ts, row.run, row.field]), row);
  });
  const inOrder = (a: ConnectionField, b: ConnectionField) =>
    a.ts - b.ts || compareTexts(a.node, b.node) || compareTexts(a.field, b.field);
  return { rows: [...rows.values()].sort(inOrder), reading };
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
    connectionsDropped: number(CONNECTION.connectionsDropped) ?? 0,
    entriesDropped: number(CONNECTION.entriesDropped) ?? 0,
    largest: largestOf(cells),
  };
}

function largestOf(cells: RowCells): LargestConnection | null {
  const { text, number } = cells;
  const uid = text(CONNECTION.largestUid);
  if (uid === null || uid === '') return null;
  return {
    uid,
    endpoints: endpointsOf(cells),
    entries: number(CONNECTION.largestEntries) ?? 0,
    size: number(CONNECTION.largestSize),
    service: JSON.parse(text(CONNECTION.largestService) ?? '[]') as string[],
    age: number(CONNECTION.largestAge),
  };
}

function endpointsOf({ text, number }: RowCells): ConnectionEndpoints | null {
  const origHost = text(CONNECTION.largestOrigHost);
  const respHost = text(CONNECTION.largestRespHost);
  const origPort = number(CONNECTION.largestOrigPort);
  const respPort = number(CONNECTION.largestRespPort);
  const proto = text(CONNECTION.largestProto);
  if (origHost === null || respHost === null || origPort === null || respPort === null || proto === null) return null;
  return { origHost, origPort, respHost, respPort, proto };
}
