/** What the recorded clusters' logs tell about variables and scripts. */

import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { AttributedVariable } from '../../src/attribution/attributor.ts';

/** The rows of a recorded log (TSV), by the names of their columns; unset is null. */
function rows(folder: string, log: string): Record<string, string | null>[] {
  const all: Record<string, string | null>[] = [];
  for (const file of readdirSync(folder).filter((name) => name.startsWith(`${log}.`))) {
    const bytes = readFileSync(`${folder}/${file}`);
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    let fields: string[] = [];
    for (const line of text.split('\n')) {
      if (line.startsWith('#fields')) fields = line.split('\t').slice(1);
      if (line === '' || line.startsWith('#')) continue;
      const values = line.split('\t');
      all.push(Object.fromEntries(fields.map((field, i) => [field, values[i] === '-' ? null : values[i]!])));
    }
  }
  return all;
}

export function recordedVariables(folder: string): AttributedVariable[] {
  const byName = new Map(
    rows(folder, 'my_stats_variable').map((row) => [
      row.variable,
      {
        variable: row.variable!,
        moduleName: row.module_name!,
        script: row.script ?? null,
        expiry: row.expiry ?? null,
      },
    ]),
  );
  return [...byName.values()];
}

export function recordedScripts(folder: string): string[] {
  return rows(folder, 'loaded_scripts').map(({ name }) => name!);
}
