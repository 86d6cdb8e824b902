/** Where this package's own Zeek scripts are: beside the sources, beside the bundle, or in it. */

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBelow } from './package-path.ts';

/** The collector, as a folder Zeek can load. */
export function collectorFolder(): string {
  return join(root(), 'scripts');
}

/** A script that drives a run: `profile`, `lab`. */
export function driverScript(name: 'profile' | 'lab'): string {
  return join(root(), 'drivers', `${name}.zeek`);
}

/** True for scripts of the collector, and those that drive a run. */
export function isOurScript(path: string): boolean {
  return isBelow(path, collectorFolder()) || isBelow(path, join(root(), 'drivers'));
}

type Scripts = readonly (readonly [path: string, text: string])[];

/** In the program that is one file. */
declare const MY_STATS_SCRIPTS: Scripts | undefined;

let unpacked: string | null = null;

/** Zeek reads files: what is in the program is written to some until the process ends. */
function unpack(scripts: Scripts): string {
  const folder = mkdtempSync(join(tmpdir(), 'my-stats-scripts-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of scripts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function root(): string {
  if (typeof MY_STATS_SCRIPTS === 'object') {
    unpacked ??= unpack(MY_STATS_SCRIPTS);
    return unpacked;
  }
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'scripts', 'my_stats.zeek'))) return folder;
    if (folder === dirname(folder)) throw new Error('the scripts of my_stats are not where they were installed');
  }
}
