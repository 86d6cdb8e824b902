/** Tells whether a script, as Zeek's logs name it, lies in a folder. */

/**
 * The paths a name can stand for: Zeek takes away the slash at the beginning, or the folder of its search path.
 *
 * @param searchPath absolute folders
 */
export function scriptPaths(name: string, searchPath: readonly string[]): string[] {
  if (name.startsWith('/')) return [name];
  return [`/${name}`, ...searchPath.map((folder) => `${folder.replace(/\/$/, '')}/${name}`)];
}
