/** What `loaded_scripts.log` says: the scripts a process loaded. */

import { StringPool } from '../format/string-pool.ts';
import { addReadings, EMPTY_READING, type Reading } from '../model/reading.ts';
import type { LogFile } from './log-file.ts';
import { scanPiece, wholeLog } from './scan.ts';

/** The scripts of all these logs, each once, without the indentation that shows which script loaded it. */
export async function readLoadedScripts(
  logs: readonly LogFile[],
): Promise<{ readonly scripts: readonly string[]; readonly reading: Reading }> {
  const scripts = new Set<string>();
  let reading = EMPTY_READING;
  for (const log of logs) {
    const pool = new StringPool();
    const result = await scanPiece(wholeLog(log), pool, (values) => scripts.add(pool.text(values[0]!).trimStart()));
    const { rows, skipped, examples, unfinished } = result;
    reading = addReadings(reading, {
      files: [{ path: log.path, rows }],
      rows,
      skipped,
      examples,
      unfinished,
      notes: [],
    });
  }
  return { scripts: [...scripts], reading };
}
