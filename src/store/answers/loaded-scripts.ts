/** What `loaded_scripts.log` says: the scripts a process loaded. */

import type { Reading } from '../../model/logged/reading.ts';
import type { LogFile } from '../reading/log-file.ts';
import { readWholeLogs } from '../reading/whole-logs.ts';

/** The scripts of all these logs, each once and sorted, without the indentation that shows which script loaded it. */
export async function readLoadedScripts(
  logs: readonly LogFile[],
): Promise<{ readonly scripts: readonly string[]; readonly reading: Reading }> {
  const scripts = new Set<string>();
  const reading = await readWholeLogs(logs, (_, { text }) => scripts.add(text(0)!.trimStart()));
  return { scripts: [...scripts].sort(), reading };
}
