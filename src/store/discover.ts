/** From the paths a user gives to the logs they mean. */

import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import type { LogKind } from '../format/log-kind.ts';
import {
  ExpectedError,
  emptyLog,
  missingPath,
  noPaths,
  noSuchLog,
  nothingMatches,
  otherKindOfLog,
  unreadablePath,
} from '../model/errors.ts';
import { CURRENT_FOLDER, DAY_FOLDER, foldersOfStart } from './archived.ts';
import { completeness, type LogFile, openLog } from './log-file.ts';
import { regularFile } from './spool.ts';

export interface Discovered {
  /** By kind of log, in the order of their first rows. */
  readonly logs: ReadonlyMap<string, readonly LogFile[]>;
  readonly notes: readonly string[];
}

/**
 * @param paths files, folders, globs or `-`
 * @param wanted the kinds a command needs; a path that yields none of them is an error
 * @param helpful kinds that improve the answer and are taken where they lie beside
 * @throws ExpectedError for paths that do not exist, cannot be read or hold no such log
 */
export async function discover(
  paths: readonly string[],
  wanted: readonly LogKind[],
  helpful: readonly LogKind[] = [],
): Promise<Discovered> {
  if (paths.length === 0) throw noPaths();
  const kinds = [...wanted, ...helpful];
  const names = wanted.map((kind) => `${kind.name}.log`);
  const found: LogFile[] = [];
  const notes: string[] = [];
  for (const path of await expand(paths)) {
    if (path !== '-' && isFolder(path)) {
      const inFolder = await logsIn(path, kinds);
      if (!inFolder.some((log) => wanted.includes(log.inspected.kind))) throw noSuchLog([path], names);
      found.push(...inFolder);
      const start = await foldersOfStart(path, inFolder, kinds);
      // Nobody asked for these by their names: the answer does without one that cannot be read.
      for (const folder of start.folders)
        found.push(...(await logsIn(folder, start.kinds, ({ oneLine }) => notes.push(oneLine))));
    } else {
      const file = await regularFile(path);
      const opened = await openLog(file);
      if (opened.state === 'empty') throw emptyLog(path);
      if (opened.state === 'other') throw otherKindOfLog(path, opened.name, names);
      const asked = opened.logs.filter(({ inspected }) => kinds.includes(inspected.kind));
      if (asked.length === 0) throw otherKindOfLog(path, opened.logs[0]!.inspected.kind.name, names);
      found.push(...asked);
      notes.push(...opened.notes);
    }
  }
  if (!found.some((log) => wanted.includes(log.inspected.kind))) throw noSuchLog(paths, names);
  return { logs: byKind(await withoutCopies(found, notes)), notes };
}

/**
 * All logs of these kinds in a folder; what only has the name of one is none.
 *
 * @param onUnreadable is told of one that cannot be read, which is then left out; without it, that is an error
 */
async function logsIn(
  folder: string,
  kinds: readonly LogKind[],
  onUnreadable?: (error: ExpectedError) => void,
): Promise<LogFile[]> {
  const logs: LogFile[] = [];
  for (const file of filesIn(folder, kinds)) {
    try {
      const opened = await openLog(file);
      if (opened.state === 'log') logs.push(...opened.logs.filter(({ inspected }) => kinds.includes(inspected.kind)));
    } catch (error) {
      if (onUnreadable === undefined || !(error instanceof ExpectedError)) throw error;
      onUnreadable(error);
    }
  }
  return logs;
}

/** Whether logs are as they were, without opening one. */
export interface LogsStamp {
  /** Differs where a log came, went, grew, or was put in the place of another. */
  readonly stamp: string;
  /** When the last one of them changed, seconds since the epoch. */
  readonly changed: number;
}

/** @throws ExpectedError for paths that do not exist or cannot be read */
export async function stampOf(paths: readonly string[], kinds: readonly LogKind[]): Promise<LogsStamp> {
  const files: string[] = [];
  for (const path of await expand(paths))
    files.push(...(path !== '-' && isFolder(path) ? filesIn(path, kinds) : [path]));
  let changed = 0;
  const marks = files.map((file) => {
    const { ino, size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { ino: 0, size: 0, mtimeMs: 0 };
    changed = Math.max(changed, mtimeMs / 1000);
    return [file, ino, size, mtimeMs];
  });
  return { stamp: JSON.stringify(marks), changed };
}

async function expand(paths: readonly string[]): Promise<string[]> {
  const expanded: string[] = [];
  for (const path of paths) {
    if (path === '-' || existsSync(path)) expanded.push(path);
    else if (isDynamicPattern(path)) {
      const matches = await glob(path, { onlyFiles: false, expandDirectories: false, followSymbolicLinks: false });
      if (matches.length === 0) throw nothingMatches(path);
      expanded.push(...matches.map((match) => match.replace(/\/$/, '')).sort());
    } else throw missingPath(path);
  }
  return expanded;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw unreadablePath(path, (error as NodeJS.ErrnoException).code ?? 'unknown');
  }
}

/** Logs of these kinds in a folder as zeekctl lays it out: itself, `current` and the days' folders below it. */
function filesIn(folder: string, kinds: readonly LogKind[]): string[] {
  let entries: string[];
  try {
    entries = readdirSync(folder).sort();
  } catch (error) {
    throw unreadablePath(folder, (error as NodeJS.ErrnoException).code ?? 'unknown');
  }
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry);
    if (entry === CURRENT_FOLDER || DAY_FOLDER.test(entry)) {
      if (isFolder(path)) files.push(...filesIn(path, kinds));
    } else if (kinds.some((kind) => isNameOf(entry, kind))) files.push(path);
  }
  return files;
}

/** `my_stats.log`, `my_stats.03:44:04-03:56:54.log.gz`, `my_stats-2026….log.zst`, … but not `my_stats_node.log`. */
function isNameOf(file: string, kind: LogKind): boolean {
  const name = basename(file);
  return name.startsWith(kind.name) && /^[.-].*\b(log|json|ndjson)\b/.test(name.slice(kind.name.length));
}

/** The same log twice (once live, once rotated; while it is being compressed; or a copy) is read once. */
async function withoutCopies(logs: readonly LogFile[], notes: string[]): Promise<LogFile[]> {
  const kept = new Map<string, LogFile>();
  for (const log of logs) {
    const other = kept.get(log.identity);
    if (other === undefined) kept.set(log.identity, log);
    else if (other.path !== log.path) {
      const longer = (await completeness(log)) > (await completeness(other)) ? log : other;
      kept.set(log.identity, longer);
      notes.push(
        `${longer === other ? log.path : other.path} begins as ${longer.path} does and was left out as a copy of it`,
      );
    }
  }
  return [...kept.values()];
}

function byKind(logs: readonly LogFile[]): Map<string, LogFile[]> {
  const map = new Map<string, LogFile[]>();
  for (const log of logs) {
    const name = log.inspected.kind.name;
    const list = map.get(name);
    if (list === undefined) map.set(name, [log]);
    else list.push(log);
  }
  for (const list of map.values()) list.sort((a, b) => a.firstTs - b.firstTs || (a.path < b.path ? -1 : 1));
  return map;
}
