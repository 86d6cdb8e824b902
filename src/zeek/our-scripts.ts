/** Where this package's own Zeek scripts are: beside the sources, or beside the bundle. */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The collector, as a folder Zeek can load. */
export function collectorFolder(): string {
  return join(root(), 'scripts');
}

/** A script that drives a run: `profile`, `lab`. */
export function driverScript(name: 'profile' | 'lab'): string {
  return join(root(), 'drivers', `${name}.zeek`);
}

function root(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'scripts', 'my_stats.zeek'))) return folder;
    if (folder === dirname(folder)) throw new Error('the scripts of my_stats are not where they were installed');
  }
}
