/** Reads logs that are short enough to be read whole, one after another. */

import { eachRow, type RowsHandler } from '../../format/row-reader.ts';
import { StringPool } from '../../format/string-pool.ts';
import { readNumber } from '../../model/logged/node-series.ts';
import { addReadings, EMPTY_READING, type Reading } from '../../model/logged/reading.ts';
import type { LogFile } from './log-file.ts';
import { coverLog, scanPiece } from './scan.ts';

/** The columns of a row as its log has them; both answer null where a column is unset or missing. */
export interface RowCells {
  readonly text: (column: number) => string | null;
  readonly number: (column: number) => number | null;
}

/**
 * Gives every row of these logs to `onRow`, in their order.
 *
 * @param onRow `values` is used again for the next row
 */
export function readWholeLogs(
  logs: readonly LogFile[],
  onRow: (values: Float64Array, cells: RowCells) => void,
): Promise<Reading> {
  return scanWholeLogs(logs, (pool) => {
    let current: Float64Array = new Float64Array(0);
    const cells: RowCells = {
      text: (column) => (current[column]! < 0 ? null : pool.text(current[column]!)),
      number: (column) => readNumber(current[column]!),
    };
    return eachRow((values) => {
      current = values;
      onRow(values, cells);
    });
  });
}

/** The same, many rows at a time. */
export async function scanWholeLogs(
  logs: readonly LogFile[],
  handlerOf: (pool: StringPool) => RowsHandler,
): Promise<Reading> {
  let reading = EMPTY_READING;
  for (const log of logs) {
    const pool = new StringPool();
    const { rows, skipped, examples, unfinished, notes } = await scanPiece(coverLog(log), pool, handlerOf(pool));
    const files = [{ path: log.path, rows }];
    reading = addReadings(reading, { files, rows, skipped, examples, unfinished, notes });
  }
  return reading;
}
