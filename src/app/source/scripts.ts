/** Reads the scripts that were given with `--scripts`: what they declare, and which packages zkg says there are. */

import type { Assignment, Declaration, TypeDeclaration } from '../../attribution/declaration.ts';
import { readScript } from '../../attribution/script.ts';
import { placeOf } from '../../attribution/script-path.ts';
import { decodeScript } from '../../attribution/script-text.ts';
import type { InstalledPackage } from '../../model/installed-package.ts';
import type { OpaqueCreation } from '../../model/opaque-makers.ts';
import { openScriptFolder, type ScriptFile } from '../../zeek/script-folder.ts';

export interface ScriptKnowledge {
  /** How many scripts were read. */
  readonly scripts: number;
  readonly packages: readonly InstalledPackage[];
  readonly declarations: readonly Declaration[];
  readonly types: readonly TypeDeclaration[];
  readonly assignments: readonly Assignment[];
  readonly creations: readonly OpaqueCreation[];
  /** What is odd about the scripts or could not be read, one sentence each. */
  readonly notes: readonly string[];
}

export const NO_SCRIPTS: ScriptKnowledge = {
  scripts: 0,
  packages: [],
  declarations: [],
  types: [],
  assignments: [],
  creations: [],
  notes: [],
};

/** Types as texts the size model takes: `Foo::State: record { … }`. */
export function typeTexts({ types }: Pick<ScriptKnowledge, 'types'>): { name: string; text: string }[] {
  return types.map(({ name, type }) => ({ name, text: `${name}: ${type}` }));
}

/**
 * @param folders installations, folders of scripts, or clones of packages
 * @throws ExpectedError for a folder that cannot be read, or has neither scripts nor packages
 */
export function readScripts(folders: readonly string[]): ScriptKnowledge {
  const declarations: Declaration[] = [];
  const types: TypeDeclaration[] = [];
  const assignments: Assignment[] = [];
  const creations: OpaqueCreation[] = [];
  const packages: InstalledPackage[] = [];
  const notes: string[] = [];
  let scripts = 0;
  for (const folder of folders) {
    const opened = openScriptFolder(folder);
    packages.push(...opened.packages);
    notes.push(...opened.notes);
    for (const file of opened.scripts) {
      const source = readOne(file, notes);
      if (source === null) continue;
      scripts++;
      const facts = readScript(nameOf(file), source);
      declarations.push(...facts.declarations);
      types.push(...facts.types);
      assignments.push(...facts.assignments);
      creations.push(...facts.creations);
      for (const { line, what } of facts.problems) notes.push(`${file.path}:${line}: ${what}`);
    }
  }
  return { scripts, packages, declarations, types, assignments, creations, notes };
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
function nameOf({ path, name }: ScriptFile): string {
  return placeOf(name).owner === 'site' && placeOf(path).owner !== 'site' ? path : name;
}
