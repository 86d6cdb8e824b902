/** Reads the scripts that a user gives: what they declare, and which packages zkg says there are. */

import { readScript, type ScriptFacts } from '../../attribution/script.ts';
import { locateScript } from '../../attribution/script-path.ts';
import { decodeScript } from '../../attribution/script-text.ts';
import type { InstalledPackage } from '../../model/package.ts';
import { openScriptFolder, type ScriptFile } from '../../zeek/script-folder.ts';

export interface ScriptKnowledge extends Omit<ScriptFacts, 'problems'> {
  /** How many scripts were read. */
  readonly scripts: number;
  readonly packages: readonly InstalledPackage[];
  /** What is odd about the scripts or could not be read, one sentence each. */
  readonly notes: readonly string[];
}

/** What several scripts say, as one. */
export function joinFacts(facts: readonly ScriptFacts[]): ScriptKnowledge {
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
