/** Reads what the scripts of packages declare, and where they assign variables as a whole. */

import { isAssignedTo, qualifiedName } from '../../attribution/declaration.ts';
import { readScript } from '../../attribution/script.ts';
import { decodeScript } from '../../attribution/script-text.ts';
import type { ScriptReplacement } from '../../model/answers/profile.ts';
import type { ZeekPackage } from '../../model/package.ts';
import { readSource } from '../../zeek/package.ts';
import { openScriptFolder, type ScriptFile } from '../../zeek/script-folder.ts';
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
      creations: [...sum.creations, ...one.creations],
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
    creations: facts.flatMap(({ creations }) => creations),
  };
}

function filesIn(folder: string): readonly Pick<ScriptFile, 'path' | 'read'>[] {
  return openScriptFolder(folder).scripts;
}

/** Where variables are given a new value as a whole that does not surely have the declared expiry: what surely has none first. */
export function replacements(
  { assignments, declarations }: ScriptKnowledge,
  ownPath: (script: string) => string | null,
): ReadonlyMap<string, ScriptReplacement> {
  const declared = new Set(declarations.map(({ variable }) => variable));
  const found = new Map<string, ScriptReplacement>();
  for (const assignment of assignments) {
    const { name, module, script, line, expiry } = assignment;
    const variable = isAssignedTo(assignment, name, declared) ? name : qualifiedName(name, module);
    if (expiry === 'kept' || (found.has(variable) && (expiry === 'unknown' || found.get(variable)!.expiry === 'lost')))
      continue;
    found.set(variable, { script: ownPath(script) ?? script, line, expiry });
  }
  return found;
}
