/** What `my_stats_variable.log` says of variables. */

import { VARIABLE } from '../format/log-kind.ts';
import { StringPool } from '../format/string-pool.ts';
import type { NodeDescription } from '../model/description.ts';
import { addReadings, EMPTY_READING, type Reading } from '../model/reading.ts';
import { moduleOf, STANDALONE_NODE } from '../model/sample.ts';
import type { LogFile } from './log-file.ts';
import { scanPiece, wholeLog } from './scan.ts';

/** All rows of these logs, in their order. */
export async function readDescriptions(
  logs: readonly LogFile[],
): Promise<{ readonly rows: readonly NodeDescription[]; readonly reading: Reading }> {
  const rows: NodeDescription[] = [];
  let reading = EMPTY_READING;
  for (const log of logs) {
    const pool = new StringPool();
    const result = await scanPiece(wholeLog(log), pool, (values) => {
      const text = (column: number) => (values[column]! < 0 ? null : pool.text(values[column]!));
      const variable = text(VARIABLE.variable)!;
      const boot = values[VARIABLE.boot]!;
      rows.push({
        node: text(VARIABLE.node) || STANDALONE_NODE,
        boot: Number.isNaN(boot) ? null : boot,
        variable,
        moduleName: text(VARIABLE.moduleName) ?? moduleOf(variable),
        type: text(VARIABLE.type),
        script: text(VARIABLE.script),
        expiry: text(VARIABLE.expiry),
        recordFields: JSON.parse(text(VARIABLE.recordFields) ?? '[]') as string[],
      });
    });
    const { rows: count, skipped, examples, unfinished } = result;
    reading = addReadings(reading, {
      files: [{ path: log.path, rows: count }],
      rows: count,
      skipped,
      examples,
      unfinished,
      notes: [],
    });
  }
  return { rows, reading };
}
