/** What `my_stats_connection.log` says. */

import { CONNECTION } from '../format/log-kind.ts';
import { StringPool } from '../format/string-pool.ts';
import type { ConnectionField, LargestConnection } from '../model/connection.ts';
import { addReadings, EMPTY_READING, type Reading } from '../model/reading.ts';
import { STANDALONE_NODE } from '../model/sample.ts';
import type { LogFile } from './log-file.ts';
import { scanPiece, wholeLog } from './scan.ts';

/** All rows of these logs, in their order. */
export async function readConnectionFields(
  logs: readonly LogFile[],
): Promise<{ readonly rows: readonly ConnectionField[]; readonly reading: Reading }> {
  const fields: ConnectionField[] = [];
  let reading = EMPTY_READING;
  for (const log of logs) {
    const pool = new StringPool();
    const { rows, skipped, examples, unfinished } = await scanPiece(wholeLog(log), pool, (values) => {
      fields.push(fieldOf(values, pool));
    });
    const files = [{ path: log.path, rows }];
    reading = addReadings(reading, { files, rows, skipped, examples, unfinished, notes: [] });
  }
  return { rows: fields, reading };
}

function fieldOf(values: Float64Array, pool: StringPool): ConnectionField {
  const text = (column: number) => (values[column]! < 0 ? null : pool.text(values[column]!));
  const number = (column: number) => (Number.isNaN(values[column]!) ? null : values[column]!);
  return {
    ts: values[CONNECTION.ts]!,
    run: values[CONNECTION.run]!,
    node: text(CONNECTION.node) || STANDALONE_NODE,
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
    largest: largestOf(number, text),
  };
}

function largestOf(
  number: (column: number) => number | null,
  text: (column: number) => string | null,
): LargestConnection | null {
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
