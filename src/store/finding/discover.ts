/** From the paths a user gives to the logs they mean. */

import { existsSync, lstatSync, statSync } from 'node:fs';
import { glob, isDynamicPattern } from 'tinyglobby';
import type { LogKind } from '../../format/log-kind.ts';
import {
  ExpectedError,
  emptyLog,
  missingPath,
  noSensorColumn,
  noSuchLog,
  nothingMatches,
  otherKindOfLog,
} from '../../model/errors/catalogue.ts';
import { beginAlike, completeness, type LogFile, type Opened, openLog, readStats } from '../reading/log-file.ts';
import { regularFile } from '../reading/spool.ts';
import { tellApart } from '../sensors/tell-apart.ts';
import { findElsewhere, findFoldersOfStart, findLastRotated } from './archived.ts';
import { LeftOut } from './left-out.ts';
import { findOtherLoggers, listFiles, listOtherFiles, type OnProblem, resolveLinks } from './names.ts';
import { findUsualLogs } from './usual-logs.ts';

export interface Discovered {
  /** By kind of log, in the order of their first rows. */
  readonly logs: ReadonlyMap<string, readonly LogFile[]>;
  readonly notes: readonly string[];
}

export interface LogChoice {
  /** Makes an error of what would be left out. */
  readonly strict?: boolean;
  /** The column that says which sensor a row is of; null for those that are known. */
  readonly sensorColumn?: string | null;
}

type Opener = (path: string) => Promise<Opened>;

/** How often a folder is looked at again where a log went away meanwhile: logs are being rotated. */
const LOOKS_AGAIN = 2;

/**
 * What cannot be read is left out and named, as long as anything else answers.
 *
 * @param paths files, folders, globs or `-`; none for the logs of this machine, see `findUsualLogs`
 * @param wanted the kinds a command needs
 * @param helpful kinds that improve the answer and are taken where they lie beside
 * @param open as `openLog`
 * @throws ExpectedError where no log is found that is wanted
 */
export async function discover(
  paths: readonly string[],
  wanted: readonly LogKind[],
  helpful: readonly LogKind[] = [],
  { strict = false, sensorColumn = null }: LogChoice = {},
  open = openLog,
): Promise<Discovered> {
  const leftOut = new LeftOut(strict);
  const opener: Opener = (path) => open(path, sensorColumn);
  const usual = paths.length === 0 ? findUsualLogs() : null;
  const found: LogFile[] = [];
  for (const path of await expand(usual?.paths ?? paths, leftOut.add))
    found.push(...(await logsAt(path, wanted, helpful, leftOut, opener)).map((log) => ({ ...log, given: path })));
  leftOut.tell(partsOfOthers(found));
  const copies: string[] = [];
  const needed = await withoutCopies(found, copies);
  const answering = needed.filter((log) => wanted.includes(log.inspected.kind));
  if (answering.length === 0) throw leftOut.reason ?? noSuchLog(null, nameKinds(wanted));
  const isOnly = (log: LogFile) => answering.length === 1 && log === answering[0];
  if (sensorColumn !== null && !needed.some(({ inspected }) => inspected.system !== null))
    throw noSensorColumn(sensorColumn);
  const apart = await tellApart(needed);
  const logs = byKind(needed.map((log) => ({ ...log, isOnly: isOnly(log), sensors: apart.sensors.get(log) ?? null })));
  return { logs, notes: [...(usual === null ? [] : [usual.note]), ...leftOut.notes, ...copies, ...apart.notes] };
}

/** The logs that a path means, and those of what nodes said at their start. */
async function logsAt(
  path: string,
  wanted: readonly LogKind[],
  helpful: readonly LogKind[],
  leftOut: LeftOut,
  open: Opener,
): Promise<LogFile[]> {
  const names = nameKinds(wanted);
  const search = new Search([...wanted, ...helpful], names, leftOut, open);
  if (path === '-' || !isFolder(path)) return search.open([await regularFile(path)], leftOut.add);
  const logs = await search.openFolder(path, leftOut.add);
  const isWanted = (log: LogFile) => wanted.includes(log.inspected.kind);
  // One stream of all logs, or an export, may have any name.
  if (!logs.some(isWanted)) {
    const passedOver = new LeftOut(false);
    const others = new Search(search.kinds, names, passedOver, open);
    logs.push(...(await others.open(listOtherFiles(path), passedOver.mention)));
    if (logs.some(isWanted)) leftOut.tell(passedOver.told);
    else
      leftOut.add(findElsewhere(path, wanted, names) ?? leftOut.reason ?? passedOver.foreign ?? noSuchLog(path, names));
  }
  logs.push(...(await search.open(findLastRotated(path, logs, search.kinds), leftOut.mention)));
  const start = await findFoldersOfStart(path, logs, search.kinds, leftOut.mention);
  const ofStart = new Search(start.kinds, names, leftOut, open);
  for (const folder of start.folders) logs.push(...(await ofStart.openFolder(folder, leftOut.mention)));
  return logs;
}

/** Where a log was given that one logger of several wrote: each has a part of every run. */
function partsOfOthers(found: readonly LogFile[]): string[] {
  const given = new Set(found.map(({ path }) => resolveLinks(path)));
  return found.flatMap(({ path, given: asked }) => {
    const others = path === asked && path !== '-' ? findOtherLoggers(path).filter((other) => !given.has(other)) : [];
    return others.length === 0
      ? []
      : [
          `${path} is what one logger wrote, and the rows of a run are dealt out to all: give ${others.join(' and ')} too.`,
        ];
  });
}

function nameKinds(kinds: readonly LogKind[]): string[] {
  return kinds.map(({ name }) => `${name}.log`);
}

/** Opens what may be logs of some kinds, and tells what of it is none. */
class Search {
  readonly kinds: readonly LogKind[];
  readonly #names: readonly string[];
  readonly #leftOut: LeftOut;
  readonly #open: Opener;

  /** @param names of the logs that are wanted, for what is none of them */
  constructor(kinds: readonly LogKind[], names: readonly string[], leftOut: LeftOut, open: Opener) {
    this.#open = open;
    this.kinds = kinds;
    this.#names = names;
    this.#leftOut = leftOut;
  }

  async openFolder(folder: string, onProblem: OnProblem): Promise<LogFile[]> {
    for (let looks = 0; ; looks++) {
      const problems: unknown[] = [];
      const note = (error: unknown) => problems.push(error);
      const logs = await this.open(listFiles(folder, this.kinds, note), note);
      if (looks < LOOKS_AGAIN && problems.some(wentAway)) continue;
      problems.forEach(onProblem);
      return logs;
    }
  }

  async open(files: readonly string[], onProblem: OnProblem): Promise<LogFile[]> {
    const logs: LogFile[] = [];
    for (const file of files) {
      try {
        const opened = await this.#open(file);
        if (opened.state === 'other') onProblem(otherKindOfLog(file, opened.name, this.#names));
        else if (opened.state === 'empty') this.#leftOut.ignore(emptyLog(file));
        else {
          const asked = opened.logs.filter(({ inspected }) => this.kinds.includes(inspected.kind));
          logs.push(...asked);
          this.#leftOut.tell(opened.notes);
          // Others of ours are what other questions need.
          if (asked.length === 0)
            this.#leftOut.ignore(otherKindOfLog(file, opened.logs[0]!.inspected.kind.name, this.#names));
        }
      } catch (error) {
        onProblem(error);
      }
    }
    return logs;
  }
}

/** True of a path at which there is nothing, or nothing any more; a link that leads nowhere is something. */
function wentAway(error: unknown): boolean {
  const file = error instanceof ExpectedError ? error.place.file : undefined;
  try {
    return file !== undefined && lstatSync(file, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

/** Whether logs are as they were, without opening one. */
export interface LogsStamp {
  /** Differs where a log came, went, grew, or was put in the place of another. */
  readonly stamp: string;
  /** When the last one of them changed, seconds since the epoch. */
  readonly changed: number;
}

/**
 * What cannot be looked at is left out: whoever reads the logs is told.
 *
 * @throws ExpectedError where nothing is left
 */
export async function makeStamp(paths: readonly string[], kinds: readonly LogKind[]): Promise<LogsStamp> {
  const given = paths.length === 0 ? findUsualLogs().paths : paths;
  const problems: unknown[] = [];
  const expanded = await expand(given, (error) => problems.push(error));
  if (expanded.length === 0) throw problems[0];
  const files = expanded.flatMap((path) => (isFolder(path) ? listFiles(path, kinds, () => {}) : [path]));
  let changed = 0;
  const marks = files.map((file) => {
    const { ino, size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { ino: 0, size: 0, mtimeMs: 0 };
    changed = Math.max(changed, mtimeMs / 1000);
    return [file, ino, size, mtimeMs];
  });
  return { stamp: JSON.stringify(marks), changed };
}

async function expand(paths: readonly string[], onProblem: OnProblem): Promise<string[]> {
  const expanded: string[] = [];
  for (const path of paths) {
    if (path === '-' || existsSync(path)) expanded.push(path);
    else if (isDynamicPattern(path)) {
      const matches = await glob(path, { onlyFiles: false, expandDirectories: false, followSymbolicLinks: false });
      if (matches.length === 0) onProblem(nothingMatches(path));
      expanded.push(...matches.map((match) => match.replace(/\/$/, '')).sort());
    } else onProblem(troubleWith(path));
  }
  return expanded;
}

/** Why a path cannot be looked at. */
function troubleWith(path: string): unknown {
  try {
    readStats(path);
  } catch (error) {
    return wentAway(error) ? missingPath(path) : error;
  }
  return missingPath(path);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The same log twice (once live, once rotated; while it is being compressed; or a copy) is read once. */
async function withoutCopies(logs: readonly LogFile[], notes: string[]): Promise<LogFile[]> {
  const kept = new Map<string, LogFile>();
  for (const log of logs) {
    const other = kept.get(log.identity);
    if (other === undefined) {
      kept.set(log.identity, log);
      continue;
    }
    const isSame = resolveLinks(other.path) === resolveLinks(log.path);
    if (!isSame && !(await beginAlike(log, other))) {
      kept.set(`${log.identity} ${log.path}`, log);
      continue;
    }
    const [longer, copy] =
      isSame || (await completeness(log)) <= (await completeness(other)) ? [other, log] : [log, other];
    kept.set(log.identity, longer);
    if (!isSame) notes.push(`${copy.path} begins as ${longer.path} does and was left out as a copy of it`);
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
