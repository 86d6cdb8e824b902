/** Reads the scripts that a user gives or packages bring: what they declare, and which packages zkg says there are. */

import { isAssignedTo, qualifyName, stripModule } from '../../attribution/declaration.ts';
import { readScript, type ScriptFacts } from '../../attribution/script.ts';
import { locateScript } from '../../attribution/script-path.ts';
import { decodeScript } from '../../attribution/script-text.ts';
import type { AddedField, OpenedStore, ScriptReplacement } from '../../model/answers/profile.ts';
import type { InstalledPackage, ZeekPackage } from '../../model/package.ts';
import { parseType, printType } from '../../sizing/index.ts';
import { readSource } from '../../zeek/package.ts';
import { openScriptFolder, type ScriptFile } from '../../zeek/script-folder.ts';

export interface ScriptKnowledge extends Omit<ScriptFacts, 'problems'> {
  /** How many scripts were read. */
  readonly scripts: number;
  readonly packages: readonly InstalledPackage[];
  /** What is odd about the scripts or could not be read, one sentence each. */
  readonly notes: readonly string[];
}

/** What several scripts say, as one. */
function joinFacts(facts: readonly ScriptFacts[]): ScriptKnowledge {
  return {
    scripts: facts.length,
    packages: [],
    declarations: facts.flatMap(({ declarations }) => declarations),
    types: facts.flatMap(({ types }) => types),
    recordAdditions: facts.flatMap(({ recordAdditions }) => recordAdditions),
    assignments: facts.flatMap(({ assignments }) => assignments),
    statements: facts.flatMap(({ statements }) => statements),
    creations: facts.flatMap(({ creations }) => creations),
    stores: facts.flatMap(({ stores }) => stores),
    notes: [],
  };
}

export const NO_SCRIPTS: ScriptKnowledge = joinFacts([]);

/** Types as texts the size model takes: `Foo::State: record { … }`. */
export function typeTexts({ types }: Pick<ScriptKnowledge, 'types'>): { name: string; text: string }[] {
  return types.map(({ name, type }) => ({ name, text: `${name}: ${type}` }));
}

/**
 * @param folders installations, folders of scripts, or clones of packages
 * @throws ExpectedError for a folder that cannot be read, or has neither scripts nor packages
 */
export function readScripts(folders: readonly string[]): ScriptKnowledge {
  const found: ScriptFacts[] = [];
  const packages: InstalledPackage[] = [];
  const notes: string[] = [];
  for (const folder of folders) {
    const opened = openScriptFolder(folder);
    packages.push(...opened.packages);
    notes.push(...opened.notes);
    for (const file of opened.scripts) {
      const source = readOne(file, notes);
      if (source === null) continue;
      const facts = readScript(nameScript(file), source);
      found.push(facts);
      for (const { line, what } of facts.problems) notes.push(`${file.path}:${line}: ${what}`);
    }
  }
  return { ...joinFacts(found), packages, notes };
}

function readOne(file: ScriptFile, notes: string[]): string | null {
  try {
    const { text, note } = decodeScript(file.read());
    if (note !== null) notes.push(`${file.path} ${note}`);
    return text;
  } catch (error) {
    notes.push(`${file.path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    return null;
  }
}

/** The path where it tells whose script it is; else the name, as a folder that was copied elsewhere has it. */
function nameScript({ path, name }: ScriptFile): string {
  return locateScript(name).owner === 'site' && locateScript(path).owner !== 'site' ? path : name;
}

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
    const bare = stripModule(name);
    // Of Zeek's records, those that are in no module begin with a small letter.
    const record = /^[a-z]/.test(bare) ? bare : name;
    const position = { script: ownPath(script) ?? script, line };
    return parsed.fields.map((field) => ({ record, field: field.name, type: printType(field.type), ...position }));
  });
}

export function openedStores({ stores }: ScriptKnowledge, ownPath: (script: string) => string | null): OpenedStore[] {
  return stores.map(({ script, line, text }) => ({ script: ownPath(script) ?? script, line, text }));
}
