/** What the places that logs come from are called. */

import { basename, dirname, resolve } from 'node:path';
import type { LogFile } from '../reading/log-file.ts';

/** Folders that every sensor has. */
const USUAL_FOLDER = /^(current|logs?|spool|zeek|bro|(logger|manager|proxy|worker)(-?\d+)*|([a-z]+=)?\d[\d:T._-]*Z?)$/i;
/** Of a log's name: what every log of its kind has, when it was, and what it is written in. */
const USUAL_NAME =
  /^(json_streaming_)?(my_stats|cluster|loaded_scripts)(_node|_variable|_connection)?|\.(log|json|ndjson|csv|tsv|gz|zst|bz2|xz|lz4)(?=\.|$)|\d[\d:._T-]*\d|\b\d\b/gi;

/** The folder that a log was given in, by the parts of its path that not every sensor has. */
export function folderParts({ given, path }: Pick<LogFile, 'given' | 'path'>): string[] {
  if (path === '-') return [];
  return resolve(given === path ? dirname(path) : given)
    .split('/')
    .filter((part) => part !== '' && !USUAL_FOLDER.test(part));
}

/** What tells some paths apart: without what all of them begin and end with. */
export function differingParts(paths: readonly (readonly string[])[]): string[] {
  const isShared = (at: (path: readonly string[]) => string | undefined) =>
    paths.length > 1 && paths.every((path) => at(path) !== undefined && at(path) === at(paths[0]!));
  let first = 0;
  while (isShared((path) => path[first])) first++;
  let last = 0;
  while (isShared((path) => (path.length - 1 - last < first ? undefined : path[path.length - 1 - last]))) last++;
  return paths.map((path) => path.slice(first, path.length - last).join('/'));
}

/** What tells a log's name from that of others of its kind, such as that of a sensor. */
export function nameTag({ path }: Pick<LogFile, 'path'>): string {
  return basename(path)
    .replace(USUAL_NAME, '')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/** What the logs of a sensor in a place have in common, whatever their kind, time and logger. */
export function placeOf(log: LogFile): string {
  return JSON.stringify([folderParts(log), nameTag(log)]);
}

/** The same of the rows in them that call their system so. */
export function keyOf(log: LogFile, system: string | null): string {
  return JSON.stringify([placeOf(log), system]);
}
