/** What `my_stats_variable.log` says of variables. */

import { VARIABLE } from '../format/log-kind.ts';
import type { NodeDescription } from '../model/description.ts';
import type { Reading } from '../model/reading.ts';
import { moduleOf } from '../model/sample.ts';
import type { LogFile } from './log-file.ts';
import { nodeName, readWholeLogs } from './whole-logs.ts';

/** All rows of these logs, in their order. */
export async function readDescriptions(
  logs: readonly LogFile[],
): Promise<{ readonly rows: readonly NodeDescription[]; readonly reading: Reading }> {
  const rows: NodeDescription[] = [];
  const reading = await readWholeLogs(logs, (_, { text, number }) => {
    const variable = text(VARIABLE.variable)!;
    rows.push({
      node: nodeName(text(VARIABLE.node)),
      boot: number(VARIABLE.boot),
      variable,
      moduleName: text(VARIABLE.moduleName) ?? moduleOf(variable),
      type: text(VARIABLE.type),
      script: text(VARIABLE.script),
      expiry: text(VARIABLE.expiry),
      recordFields: JSON.parse(text(VARIABLE.recordFields) ?? '[]') as string[],
    });
  });
  return { rows, reading };
}
