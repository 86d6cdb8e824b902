/** Reads what the scripts of packages declare, and where they assign variables as a whole. */

import { qualifiedName } from '../attribution/declaration.ts';
import { readScript } from '../attribution/script.ts';
import { decodeScript } from '../attribution/script-text.ts';
import type { ZeekPackage } from '../model/package.ts';
import type { ScriptPosition } from '../model/profile.ts';
import { readSource } from '../zeek/package.ts';
import { openScriptFolder, type ScriptFile } from '../zeek/script-folder.ts';
import { NO_SCRIPTS, type ScriptKnowledge } from './scripts.ts';

/** What cannot be read is left out: Zeek has read the scripts, and would have said so. */
export function packageScripts(packages: readonly ZeekPackage[]): ScriptKnowledge {
  return packages.map(scriptsOf).reduce(
    (sum, one) => ({
      scripts: sum.scripts + one.scripts,
      packages: [],
      declarations: [...sum.declarations, ...one.declarations],
      types: [...sum.types, ...one.types],
      assignments: [...sum.assignments, ...one.assignments],
      notes: [],
    }),
    NO_SCRIPTS,
  );
}

/** Scripts go by their paths, as the log of a run names them. */
function scriptsOf({ scripts, load }: ZeekPackage): ScriptKnowledge {
  const source = readSource(load);
  // A script alone: what lies beside it is not part of it.
  const files = source !== null && scripts === load ? [{ path: load, read: () => source }] : filesIn(scripts);
  const facts = files.map(({ path, read }) => readScript(path, decodeScript(read()).text));
  return {
    ...NO_SCRIPTS,
    scripts: facts.length,
    declarations: facts.flatMap(({ declarations }) => declarations),
    types: facts.flatMap(({ types }) => types),
    assignments: facts.flatMap(({ assignments }) => assignments),
  };
}

function filesIn(folder: string): readonly Pick<ScriptFile, 'path' | 'read'>[] {
  return openScriptFolder(folder).scripts;
}

/**
 * Where variables are given a new value as a whole, without an expiry of its own: a declared one does not survive that.
 */
export function replacements(
  { assignments }: ScriptKnowledge,
  ownPath: (script: string) => string | null,
): ReadonlyMap<string, ScriptPosition> {
  return new Map(
    assignments
      .filter(({ text }) => !/&(create|read|write)_expire/.test(text))
      .map(({ name, module, script, line }) => [
        qualifiedName(name, module),
        { script: ownPath(script) ?? script, line },
      ]),
  );
}
