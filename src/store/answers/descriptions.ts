/** What `my_stats_variable.log` says of variables. */

import { VARIABLE } from '../../format/log-kind.ts';
import type { NodeDescription, PatternAutomaton } from '../../model/logged/description.ts';
import type { Reading } from '../../model/logged/reading.ts';
import { readModule } from '../../model/logged/sample.ts';
import { compareTexts } from '../../model/names.ts';
import type { LogFile } from '../reading/log-file.ts';
import { nameNode } from '../reading/node-names.ts';
import { readWholeLogs } from '../reading/whole-logs.ts';

/** All rows of these logs, in the order in which they were written. */
export async function readDescriptions(
  logs: readonly LogFile[],
): Promise<{ readonly rows: readonly NodeDescription[]; readonly reading: Reading }> {
  const rows: { readonly ts: number; readonly row: NodeDescription }[] = [];
  const reading = await readWholeLogs(logs, (_, { text, number }) => {
    const variable = text(VARIABLE.variable)!;
    const row = {
      node: nameNode(text(VARIABLE.node)),
      boot: number(VARIABLE.boot),
      variable,
      moduleName: text(VARIABLE.module_name) ?? readModule(variable),
      type: text(VARIABLE.var_type),
      script: text(VARIABLE.script),
      expiry: text(VARIABLE.expiry),
      recordFields: JSON.parse(text(VARIABLE.record_fields) ?? '[]') as string[],
      contents: JSON.parse(text(VARIABLE.contents) ?? '[]') as string[],
      mostEntries: number(VARIABLE.most_entries),
      mostEntriesSince: number(VARIABLE.ts),
      pattern: readPattern(
        number(VARIABLE.pattern_states),
        number(VARIABLE.pattern_classes),
        text(VARIABLE.pattern_origin),
      ),
    };
    rows.push({ ts: number(VARIABLE.ts) ?? row.boot ?? 0, row });
  });
  // Where two logs were written side by side, or rows were sorted, their place says nothing.
  rows.sort(
    (a, b) => a.ts - b.ts || compareTexts(a.row.node, b.row.node) || compareTexts(readText(a.row), readText(b.row)),
  );
  return { rows: rows.map(({ row }) => row), reading };
}

function readText(row: NodeDescription): string {
  const { variable, type, script, expiry, recordFields, pattern, contents, mostEntries } = row;
  return JSON.stringify([variable, type, script, expiry, recordFields, pattern, contents, mostEntries]);
}

function readPattern(states: number | null, classes: number | null, origin: string | null): PatternAutomaton | null {
  if (states === null) return null;
  return { states, classes: classes ?? 0, origin: origin === 'parsed' || origin === 'added' ? origin : null };
}

/** What `loaded_scripts.log` says: the scripts of all these logs, each once and sorted, without the indentation that shows which script loaded it. */
export async function readLoadedScripts(
  logs: readonly LogFile[],
): Promise<{ readonly scripts: readonly string[]; readonly reading: Reading }> {
  const scripts = new Set<string>();
  const reading = await readWholeLogs(logs, (_, { text }) => scripts.add(text(0)!.trimStart()));
  return { scripts: [...scripts].sort(), reading };
}
