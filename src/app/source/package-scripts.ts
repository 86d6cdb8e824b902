/** Reads what the scripts of packages declare, and where they assign variables as a whole. */

import { isAssignedTo, qualifyName } from '../../attribution/declaration.ts';
import { readScript } from '../../attribution/script.ts';
import { decodeScript } from '../../attribution/script-text.ts';
import type { AddedField, OpenedStore, ScriptReplacement } from '../../model/answers/profile.ts';
import type { ZeekPackage } from '../../model/package.ts';
import { parseType, printType } from '../../sizing/index.ts';
import { readSource } from '../../zeek/package.ts';
import { openScriptFolder, type ScriptFile } from '../../zeek/script-folder.ts';
import { joinFacts, type ScriptKnowledge } from './scripts.ts';

/**
 * What cannot be read is left out: Zeek has read the scripts, and would have said so. Scripts go by their paths, as the log
 * of a run names them.
 */
export function packageScripts(packages: readonly ZeekPackage[]): ScriptKnowledge {
  const files = packages.flatMap(({ scripts, load }) => {
    const source = readSource(load);
    // A script alone: what lies beside it is not part of it.
    return source !== null && scripts === load ? [{ path: load, read: () => source }] : filesIn(scripts);
  });
  return joinFacts(files.map(({ path, read }) => readScript(path, decodeScript(read()).text)));
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
    const variable = isAssignedTo(assignment, name, declared) ? name : qualifyName(name, module);
    if (expiry === 'kept' || (found.has(variable) && (expiry === 'unknown' || found.get(variable)!.expiry === 'lost')))
      continue;
    found.set(variable, { script: ownPath(script) ?? script, line, expiry });
  }
  return found;
}

/** Fields that scripts add to records of others, with where: memory of connections and files, not of variables. */
export function addedFields(
  { recordAdditions, types }: ScriptKnowledge,
  ownPath: (script: string) => string | null,
): AddedField[] {
  const declared = new Set(types.map(({ name }) => name));
  return recordAdditions.flatMap(({ name, script, line, type }) => {
    const parsed = parseType(type).type;
    if (parsed.kind !== 'record' || declared.has(name)) return [];
    const bare = name.slice(name.lastIndexOf(':') + 1);
    // Of Zeek's records, those that are in no module begin with a small letter.
    const record = /^[a-z]/.test(bare) ? bare : name;
    const position = { script: ownPath(script) ?? script, line };
    return parsed.fields.map((field) => ({ record, field: field.name, type: printType(field.type), ...position }));
  });
}

export function openedStores({ stores }: ScriptKnowledge, ownPath: (script: string) => string | null): OpenedStore[] {
  return stores.map(({ script, line, text }) => ({ script: ownPath(script) ?? script, line, text }));
}
