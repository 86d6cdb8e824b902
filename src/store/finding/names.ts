/** Which files and folders may be logs, as far as their names tell. */

import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { LogKind } from '../../format/log-kind.ts';
import { unreadablePath } from '../../model/errors/catalogue.ts';
import { readStats } from '../reading/log-file.ts';

/** What zeekctl, or a node, writes to now. */
export const CURRENT_FOLDER = 'current';
/** zeekctl names a day's folder like this. */
export const DAY_FOLDER = /^\d{4}-\d{2}-\d{2}$/;
/** A part of a date or time, as archives are divided by: `2026-11-24`, `2026`, `11`, `06:00`, `day=24`. */
const DATED_FOLDER = /^([a-z]+=)?\d[\d:T._-]*Z?$/i;
/** Where zeekctl has a logger write, and how it names what that wrote. */
const LOGGER_FOLDER = /^logger(-?\d+)?$/;
const LOGGER_IN_NAME = /logger-?\d+/;
/** In an archive, what is before the name of a sensor. */
const SENSOR_FOLDER = 'sensor=';
/** How streams and exports are named that hold the rows of several logs, and archives, which are told as such. */
const STREAM_NAME = /\.((log|json|jsonl|ndjson|csv|parquet|tar)(\.(gz|zst|bz2|xz|lz4))?|tgz|zip)$/i;
/** Hears of what cannot be looked at: an ExpectedError that names it. */
export type OnProblem = (error: unknown) => void;

/**
 * Files that have the name of one of these logs: in a folder, in its `current`, and in folders by date below, at any
 * depth. Where one logger of several writes to `current`, those that the others write to are included.
 */
export function listFiles(
  folder: string,
  kinds: readonly LogKind[],
  onProblem: OnProblem,
  seen: Set<string> = new Set(),
): string[] {
  const files: string[] = [];
  for (const place of withOtherLoggers(folder)) {
    // A link may lead back.
    const real = resolveLinks(place);
    if (seen.has(real)) continue;
    seen.add(real);
    for (const entry of listEntries(place, onProblem)) {
      const path = join(place, entry);
      const isPlace = isPlaceOfLogs(entry, kinds);
      if (!isPlace && !kinds.some((kind) => isNamed(entry, kind))) continue;
      try {
        const stats = readStats(path);
        const isFolder = stats.isDirectory();
        // A pipe may have nobody at its other end.
        if (!isFolder && !stats.isFile()) throw unreadablePath(path, 'ENXIO');
        if (!isFolder && !isPlace) files.push(path);
        else if (isFolder && isPlace) files.push(...listFiles(path, kinds, onProblem, seen));
      } catch (error) {
        onProblem(error);
      }
    }
  }
  return files;
}

/** True for folders within which logs are looked for: those of a node, of dates, and of an archive in Parquet. */
function isPlaceOfLogs(name: string, kinds: readonly LogKind[]): boolean {
  return (
    name === CURRENT_FOLDER ||
    DATED_FOLDER.test(name) ||
    name.startsWith(SENSOR_FOLDER) ||
    kinds.some((kind) => kind.name === name)
  );
}

/** Files of a folder that may hold rows of ours among others, or under a name of somebody else's. */
export function listOtherFiles(folder: string): string[] {
  return listEntries(folder, () => {})
    .filter((name) => STREAM_NAME.test(name))
    .map((name) => join(folder, name))
    .filter(isFile);
}

function isFile(path: string): boolean {
  try {
    return readStats(path).isFile();
  } catch {
    return false;
  }
}

/** What is in a folder, in the order of the names; nothing where it cannot be looked at. */
export function listEntries(folder: string, onProblem: OnProblem): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    onProblem(unreadablePath(folder, (error as NodeJS.ErrnoException).code ?? 'unknown'));
    return [];
  }
}

/**
 * A log's name, and what rotation, post-processors and shippers make of it: `my_stats.03:44:04-03:56:54.log.gz`,
 * `my_stats-logger-1.log`, `my_stats_2026-11-24_06-00-00.log`, `my_stats__OPEN__CLOSE__log_suffix=logger-1__.log`,
 * `my_stats(TAG).log`, `json_streaming_my_stats.1.log`, `my_stats.log.1`, … but not `my_stats_node.log`.
 */
function isNamed(file: string, kind: LogKind): boolean {
  const name = file.toLowerCase().replace(/^json_streaming_/, '');
  return (
    name.startsWith(kind.name) &&
    /^([.(-]|__|_\d).*\b(log|json|jsonl|ndjson|csv|tsv|sqlite|db|parquet)\b/.test(name.slice(kind.name.length))
  );
}

/**
 * A folder, and where it is what one logger of a cluster writes, or a `current` that leads there, what the other loggers of
 * the machine write: each of them has a part of every run.
 */
function withOtherLoggers(folder: string): string[] {
  const real = resolveLinks(folder);
  if (!isCurrent(folder) && !LOGGER_FOLDER.test(basename(real))) return [folder];
  const stem = stripSuffixes(basename(real));
  const others = listEntries(dirname(real), () => {}).filter(
    (name) => stripSuffixes(name) === stem && name !== basename(real),
  );
  return [folder, ...others.map((name) => join(dirname(real), name))];
}

/** As it was given, where nothing is there. */
export function resolveLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** A path as the user would write it out: by the links over which the shell came to its folder. */
export function writtenOut(path: string): string {
  const { PWD: folder = '' } = process.env;
  return resolveLinks(folder) === process.cwd() ? resolve(folder, path) : resolve(path);
}

/** True for zeekctl's folder of what is being written, also where it is entered by a link. */
export function isCurrent(folder: string): boolean {
  return basename(writtenOut(folder)) === CURRENT_FOLDER;
}

/** Logs of the same name that other loggers wrote beside one: each has a part of every run that it has. */
export function findOtherLoggers(log: string): string[] {
  const folder = dirname(resolveLinks(log));
  const name = basename(log);
  const inFolders = LOGGER_FOLDER.test(basename(folder))
    ? withOtherLoggers(folder)
        .slice(1)
        .map((other) => join(other, name))
    : [];
  const stem = name.replace(LOGGER_IN_NAME, '');
  const inNames =
    stem === name ? [] : listEntries(folder, () => {}).filter((other) => other.replace(LOGGER_IN_NAME, '') === stem);
  return [...inFolders, ...inNames.map((other) => join(folder, other))].filter(
    (other) => existsSync(other) && resolveLinks(other) !== resolveLinks(log),
  );
}

/** `logger-1` and `logger-2` are of one kind. */
function stripSuffixes(name: string): string {
  return name.replace(/\d+$/, '');
}
