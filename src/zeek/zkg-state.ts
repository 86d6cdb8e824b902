/**
 * What zkg, Zeek's package manager, says in its own files: `manifest.json` in its state folder, and `zkg.meta` in a
 * package's clone.
 *
 * Source: zkg's `manager.py` (`_write_manifest`) and `package.py` (`PackageStatus`, `aliases`).
 */

import type { InstalledPackage } from '../model/package.ts';

/** What a package says of itself. */
interface PackageMetadata {
  /** Folder of its scripts below the clone; empty for the clone itself. */
  readonly scriptDir: string;
  readonly aliases: readonly string[];
  readonly version: string | null;
}

/** @returns the packages, or null where the text is no manifest */
export function readManifest(text: string): InstalledPackage[] | null {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return null;
  }
  const list = readField(manifest, 'installed_packages');
  if (!Array.isArray(list)) return null;
  return list.flatMap((entry) => {
    const described = readField(entry, 'package_dict');
    const name = readText(readField(described, 'name'));
    if (name === null) return [];
    const aliases = splitAliases(readText(readField(readField(described, 'metadata'), 'aliases')));
    return [{ name, version: readVersion(readField(entry, 'status_dict')), folders: [...new Set([name, ...aliases])] }];
  });
}

/** A version tag as it is; a branch moves, so its commit is told as well. */
function readVersion(status: unknown): string | null {
  const version = readText(readField(status, 'current_version'));
  const commit = readText(readField(status, 'current_hash'))?.slice(0, 7) ?? null;
  if (readText(readField(status, 'tracking_method')) === 'version') return version ?? commit;
  if (version === null || commit === null || commit.startsWith(version.slice(0, 7))) return commit ?? version;
  return `${version} ${commit}`;
}

/** The `[package]` section of a `zkg.meta`, as Python's configparser reads it: values may go on in indented lines. */
export function readMetadata(text: string): PackageMetadata {
  const values = new Map<string, string>();
  let section = '';
  let key = '';
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\[([^\]]*)\]/.exec(line);
    const sign = line.search(/[=:]/);
    if (heading !== null) section = heading[1]!.trim();
    else if (section !== 'package' || /^\s*[#;]/.test(line)) continue;
    else if (/^\s/.test(line)) values.set(key, `${values.get(key) ?? ''} ${line.trim()}`);
    else if (sign > 0) {
      key = line.slice(0, sign).trim().toLowerCase();
      values.set(key, line.slice(sign + 1).trim());
    }
  }
  const textFor = (name: string) => values.get(name) || null;
  return {
    // No way out of the clone.
    scriptDir: (textFor('script_dir') ?? '')
      .split('/')
      .filter((part) => !['', '.', '..'].includes(part))
      .join('/'),
    aliases: splitAliases(textFor('aliases')),
    version: textFor('version'),
  };
}

function splitAliases(text: string | null): string[] {
  return (text ?? '').split(/[,\s]+/).filter((alias) => alias !== '');
}

function readField(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : null;
}

function readText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
