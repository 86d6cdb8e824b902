/** Where variables come from: script, package and version, from whatever is known of the Zeek that had them. */

import type { Attribution, VariableDescription } from '../model/logged/description.ts';
import { readModule } from '../model/logged/sample.ts';
import type { InstalledPackage } from '../model/package.ts';
import { type Declaration, findExpiry } from './declaration.ts';
import { type KnownFolders, listKnownFolders, locateScript, type ScriptPlace } from './script-path.ts';
import { groupOfModule, nameZeekGroup } from './zeek-groups.ts';

/** All of it may be empty: then the log's own words must do. */
export interface AttributionSources {
  /** Paths of every script that was loaded, from `loaded_scripts.log`; indentation does not matter. */
  readonly loadedScripts: readonly string[];
  /** What zkg's files tell of packages. */
  readonly packages: readonly InstalledPackage[];
  /** Declarations in scripts at hand. */
  readonly declarations: readonly Declaration[];
}

/** What is known of a variable before: a row of `my_stats_variable.log`, or only its name. */
export type AttributedVariable = Pick<VariableDescription, 'variable' | 'moduleName' | 'script' | 'expiry'>;

type Owner = Pick<Attribution, 'package' | 'kind' | 'version'>;

/** The collector's own module. */
const COLLECTOR = 'my_stats';
const ENTRANCE = /^(.+)\/__load__\.(zeek|bro)$/;
/** Folders in a package that say nothing of it. */
const INNER_FOLDERS = new Set(['scripts', 'zeek', 'bro', 'src']);
const UNKNOWN: Owner = { package: 'unknown', kind: 'unknown', version: null };
const LOCAL: Owner = { package: 'local', kind: 'local', version: null };

export class Attributor {
  readonly #folders: KnownFolders;
  readonly #packages = new Map<string, InstalledPackage>();
  readonly #declarations = new Map<string, Declaration[]>();
  /** Names of the scripts that were loaded. */
  readonly #loaded = new Set<string>();
  /** Folders that were loaded as such, outside of Zeek's and zkg's. */
  readonly #siteFolders = new Set<string>();
  /** Groups of Zeek's scripts of which at least one was loaded. */
  readonly #zeekGroups = new Set<string>();
  /** Packages with loaded scripts, by their names without case and punctuation; null where two share one. */
  readonly #loadedPackages = new Map<string, string | null>();

  constructor({ loadedScripts, packages, declarations }: AttributionSources) {
    const scripts = loadedScripts.map((script) => script.trim()).filter((script) => script !== '');
    this.#folders = listKnownFolders([...scripts, ...declarations.map(({ script }) => script)]);
    for (const installed of packages) for (const folder of installed.folders) this.#packages.set(folder, installed);
    for (const declaration of declarations) {
      if (declaration.keyword === 'redef') continue;
      const others = this.#declarations.get(declaration.variable);
      if (others === undefined) this.#declarations.set(declaration.variable, [declaration]);
      else others.push(declaration);
    }
    for (const script of scripts) this.#addLoaded(script);
  }

  attribute({ variable, moduleName, script, expiry }: AttributedVariable): Attribution {
    const place = script === null ? null : this.#placeOf(script);
    const declaration = this.#declarationOf(variable, place);
    const found = place ?? (declaration === null ? null : this.#placeOf(declaration.script));
    const namespace = readNamespace(variable, moduleName);
    const owner = found === null ? this.#ownerOfModule(namespace) : this.#ownerOf(found, namespace);
    const evidence = place !== null ? 'script' : found !== null ? 'declaration' : 'module';
    return {
      ...owner,
      script: found?.name ?? null,
      line: declaration?.line ?? null,
      // The log's word counts: the script at hand may be another version than the one that ran.
      expiry: expiry ?? (declaration === null ? null : findExpiry(declaration)),
      evidence: owner.kind === 'unknown' ? null : evidence,
    };
  }

  /** zkg links `site/NAME` to `packages/NAME`, also for aliases: a script loaded by the link is the package's. */
  #placeOf(script: string): ScriptPlace {
    const place = locateScript(script, this.#folders);
    const [folder = '', ...rest] = place.name.split('/');
    const installed = place.owner === 'site' && rest.length > 0 ? this.#packages.get(folder) : undefined;
    if (installed === undefined) return place;
    return { owner: 'package', name: ['packages', installed.name, ...rest].join('/'), folder };
  }

  #addLoaded(script: string): void {
    const place = this.#placeOf(script);
    this.#loaded.add(place.name);
    const folder = place.owner === 'site' ? ENTRANCE.exec(place.name)?.[1] : undefined;
    if (folder !== undefined) this.#siteFolders.add(folder);
    if (place.owner === 'zeek') this.#zeekGroups.add(nameZeekGroup(place.parts));
    if (place.owner !== 'package' && place.owner !== 'plugin') return;
    const word = stripToWord(place.folder);
    const before = this.#loadedPackages.get(word);
    this.#loadedPackages.set(word, before === undefined || before === place.folder ? place.folder : null);
  }

  /**
   * The declaration in the script the log names; without a script, the only one there is, or the only one that was
   * loaded. Which of several it is, is not guessed.
   */
  #declarationOf(variable: string, place: ScriptPlace | null): Declaration | null {
    const all = this.#declarations.get(variable) ?? [];
    const candidates = all
      .map((declaration) => ({ declaration, from: this.#placeOf(declaration.script) }))
      .filter(({ from }) => {
        if (place !== null) return isSameScript(from, place);
        return this.#loaded.size === 0 || this.#loaded.has(from.name);
      });
    return new Set(candidates.map(({ from }) => from.name)).size === 1 ? candidates[0]!.declaration : null;
  }

  #ownerOf(place: ScriptPlace, namespace: string): Owner {
    switch (place.owner) {
      case 'zeek': {
        const group = nameZeekGroup(place.parts);
        // What C++ needs is declared in scripts of its own, for every protocol; HTTP's belongs to HTTP.
        const module = group === 'zeek/init' || group === 'zeek/bif' ? groupOfModule(namespace) : null;
        return { package: module ?? group, kind: 'zeek', version: null };
      }
      case 'zeekctl':
        return { package: 'zeek/zeekctl', kind: 'zeek', version: null };
      case 'package':
      case 'plugin': {
        const installed = this.#packages.get(place.folder);
        return { package: installed?.name ?? place.folder, kind: 'package', version: installed?.version ?? null };
      }
      case 'site':
        if (namespace === COLLECTOR) return this.#ownerOf({ owner: 'package', name: '', folder: COLLECTOR }, namespace);
        return { ...LOCAL, package: this.#siteFolderOf(place.name) ?? LOCAL.package };
    }
  }

  /** The name of the outermost folder around a script that was loaded as a whole; null where none was. */
  #siteFolderOf(script: string): string | null {
    const parts = script.split('/').slice(0, -1);
    const end = parts.findIndex((_, i) => this.#siteFolders.has(parts.slice(0, i + 1).join('/')));
    return end < 0 ? null : (parts.slice(0, end + 1).findLast((part) => !INNER_FOLDERS.has(part)) ?? null);
  }

  /** A package whose folder is called as the module, or the group of Zeek's that has the module. */
  #ownerOfModule(namespace: string): Owner {
    if (namespace === 'GLOBAL') return UNKNOWN;
    const folder = this.#loadedPackages.get(stripToWord(readModule(`${namespace}::`)));
    if (typeof folder === 'string') return this.#ownerOf({ owner: 'package', name: '', folder }, namespace);
    const group = groupOfModule(namespace);
    if (group === null || (this.#loaded.size > 0 && !this.#zeekGroups.has(group))) return UNKNOWN;
    return { package: group, kind: 'zeek', version: null };
  }
}

/** All before the last `::`: modules may be within modules. */
function readNamespace(variable: string, moduleName: string): string {
  const end = variable.lastIndexOf('::');
  return end > 0 ? variable.slice(0, end) : moduleName;
}

/** `DomainTLD` and `domain-tld` are one word. */
function stripToWord(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The same name, or, for scripts outside of all known folders, one that the other ends in. */
function isSameScript(a: ScriptPlace, b: ScriptPlace): boolean {
  if (a.name === b.name || a.owner !== 'site' || b.owner !== 'site') return a.name === b.name;
  return a.name.endsWith(`/${b.name}`) || b.name.endsWith(`/${a.name}`);
}
