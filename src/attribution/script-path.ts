/**
 * Paths of scripts as Zeek and its tools write them, and the folders by which they tell whose script it is.
 *
 * The same script has many paths: below an installation's prefix (`/opt/zeek/share/zeek/base/utils/site.zeek`), as
 * the log of variables names it (relative to ZEEKPATH, or to `/`, without the slash), and as zeekctl copies it
 * (`…/spool/installed-scripts-do-not-touch/site/…`). Here they come to one name, that which `@load` would use.
 */

/** Folders at the top of Zeek's own scripts. */
const ZEEK_FOLDERS = new Set(['base', 'policy', 'builtin-plugins', 'zeekctl', 'broctl', 'zeekygen']);
/** `share/zeek`, `lib/zeek`; `bro` is the name before 3.0. */
const ZEEK = new Set(['zeek', 'bro']);
/** Where zeekctl copies what the site wrote: `site` with local.zeek and packages, `auto` with what it generates. */
const SPOOLED = new Set(['installed-scripts-do-not-touch', 'installed-scripts']);
/** Folders that zkg puts `packages` into: the first two with zeek-config, the others without (below `~/.zkg`). */
const ZKG_FOLDERS = new Set(['site', 'plugins', 'script_dir', 'plugin_dir']);

/** Folders known to hold Zeek's scripts or zkg's packages: their parts joined by `/`, without a slash in front. */
export interface KnownFolders {
  readonly zeek: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
}

/** Whose folder a script is in. `name` is the script's own name; see the head of this file. */
export type ScriptPlace =
  /** `parts` are those of `name`, from `base`, `policy`, … on. */
  | { readonly owner: 'zeek'; readonly name: string; readonly parts: readonly string[] }
  | { readonly owner: 'zeekctl'; readonly name: string }
  /** `folder` is what zkg, or who built the plugin, called it. */
  | { readonly owner: 'package' | 'plugin'; readonly name: string; readonly folder: string }
  | { readonly owner: 'site'; readonly name: string };

const NO_FOLDERS: KnownFolders = { zeek: new Set(), packages: new Set() };

/** The parts of a path between slashes, without empty ones, `.` and what `..` takes back. */
function splitPath(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

/** @param path of a script, absolute or relative */
export function locateScript(path: string, known: KnownFolders = NO_FOLDERS): ScriptPlace {
  const parts = splitPath(path);
  const packages = findPackagesAt(parts, known.packages);
  if (packages >= 0) return { owner: 'package', name: parts.slice(packages).join('/'), folder: parts[packages + 1]! };
  const spooled = parts.findIndex((part) => SPOOLED.has(part));
  if (spooled >= 0 && spooled + 2 < parts.length)
    return {
      owner: parts[spooled + 1] === 'auto' ? 'zeekctl' : 'site',
      name: parts.slice(spooled + 2).join('/'),
    };
  const plugin = parts.findIndex((part, i) => part === 'plugins' && ZEEK.has(parts[i - 1] ?? '')) + 1;
  if (plugin > 0 && plugin + 1 < parts.length)
    return { owner: 'plugin', name: parts.slice(plugin - 1).join('/'), folder: parts[plugin]! };
  const zeek = findZeekAt(parts, known.zeek);
  if (zeek >= 0) {
    const rest = parts.slice(zeek);
    const generated = rest[0] === 'zeekctl' || rest[0] === 'broctl';
    return { owner: generated ? 'zeekctl' : 'zeek', name: rest.join('/'), parts: rest };
  }
  const site = parts.findIndex((part, i) => part === 'site' && ZEEK.has(parts[i - 1] ?? ''));
  return { owner: 'site', name: parts.slice(site + 1).join('/') };
}

/** Where `packages/NAME/…` begins. Others have folders of that name too, so zkg's own place must be around it. */
function findPackagesAt(parts: readonly string[], known: ReadonlySet<string>): number {
  return parts.findIndex((part, i) => {
    if (part !== 'packages' || i + 2 >= parts.length) return false;
    return i === 0 || ZKG_FOLDERS.has(parts[i - 1]!) || known.has(parts.slice(0, i + 1).join('/'));
  });
}

/** Where Zeek's own scripts begin: `base`, `policy`, … below ZEEKPATH, an installation, or a folder known as Zeek's. */
function findZeekAt(parts: readonly string[], known: ReadonlySet<string>): number {
  return parts.findIndex((part, i) => {
    if (!ZEEK_FOLDERS.has(part) || i + 1 >= parts.length) return false;
    if (i === 0 || known.has(parts.slice(0, i).join('/'))) return true;
    return ZEEK.has(parts[i - 1]!) && parts[i - 2] === 'share';
  });
}

/** What the paths of all scripts that were loaded tell about folders. */
export function listKnownFolders(scripts: readonly string[]): KnownFolders {
  const zeek = new Set<string>();
  const packages = new Set<string>();
  for (const script of scripts) {
    const parts = splitPath(script);
    const folder = parts.at(-2);
    if (folder === 'base' && /^init-(bare|default)\.(zeek|bro)$/.test(parts.at(-1)!))
      zeek.add(parts.slice(0, -2).join('/'));
    // zkg writes packages.zeek, and __load__.zeek beside it.
    if (folder === 'packages' && /^(packages|__load__)\.(zeek|bro)$/.test(parts.at(-1)!))
      packages.add(parts.slice(0, -1).join('/'));
  }
  return { zeek, packages };
}

/**
 * The paths a name can stand for: Zeek takes away the slash at the beginning, or the folder of its search path.
 *
 * @param searchPath absolute folders
 */
export function listScriptPaths(name: string, searchPath: readonly string[]): string[] {
  if (name.startsWith('/')) return [name];
  return [`/${name}`, ...searchPath.map((folder) => `${folder.replace(/\/$/, '')}/${name}`)];
}
