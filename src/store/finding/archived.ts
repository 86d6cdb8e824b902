/**
 * zeekctl's folder `current` holds what was written since the last rotation, an hour at most; the folders of the days beside
 * it hold all before. What nodes say only when they start is an hour later no longer where one looks for sizes.
 */

import { statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { LOADED_SCRIPTS, type LogKind, NODE_RUN, NODE_RUNS, SAMPLES, VARIABLES } from '../../format/log-kind.ts';
import { type ExpectedError, justRotated, logsElsewhere } from '../../model/errors/catalogue.ts';
import { formatTime } from '../../model/time.ts';
import type { LogFile } from '../reading/log-file.ts';
import { readWholeLogs } from '../reading/whole-logs.ts';
import { CURRENT_FOLDER, DAY_FOLDER, isCurrent, listEntries, listFiles, type OnProblem, writtenOut } from './names.ts';

const SAID_AT_START: readonly LogKind[] = [VARIABLES, LOADED_SCRIPTS];
/** Days are those of the machine's time zone, and a log belongs to the day on which it was begun. */
const MARGIN_SECONDS = 36 * 3600;
/** After so many seconds every node has written to a log, at the usual intervals. */
const EVERY_NODE_REPORTED = 210;
/** Loggers rotate at one time, and what they wrote is compressed within so many seconds. */
const ARCHIVED_TOGETHER = 60;
/** A log that is shorter tells little of how sizes go, seconds. */
const SHORT_LOG = 1800;
/** Of the folders that have logs, such as one for each sensor. */
const MOST_NAMED = 5;

/**
 * The folders of days in which the nodes that write to a folder said what they say at their start; none where it is not
 * zeekctl's `current`, or where nothing tells when they started.
 *
 * @param logs those in the folder
 * @param kinds what is asked for
 */
export async function findFoldersOfStart(
  folder: string,
  logs: readonly LogFile[],
  kinds: readonly LogKind[],
  onProblem: OnProblem,
): Promise<{ readonly folders: readonly string[]; readonly kinds: readonly LogKind[] }> {
  const asked = SAID_AT_START.filter((kind) => kinds.includes(kind));
  if (!isCurrent(folder) || asked.length === 0) return { folders: [], kinds: [] };
  const boot = await findFirstBoot(logs.filter(({ inspected }) => inspected.kind === NODE_RUNS));
  if (boot === null) return { folders: [], kinds: [] };
  const day = new Date((boot - MARGIN_SECONDS) * 1000).toISOString().slice(0, 'yyyy-mm-dd'.length);
  const parent = dirname(writtenOut(folder));
  const folders = listEntries(parent, onProblem).filter((name) => DAY_FOLDER.test(name) && name >= day);
  return { folders: folders.map((name) => join(parent, name)), kinds: asked };
}

/** When the node that has been there longest started, seconds since the epoch; null where no log says. */
async function findFirstBoot(logs: readonly LogFile[]): Promise<number | null> {
  let first = Number.POSITIVE_INFINITY;
  await readWholeLogs(logs, (values) => {
    if (values[NODE_RUN.boot]! < first) first = values[NODE_RUN.boot]!;
  });
  return Number.isFinite(first) ? first : null;
}

/**
 * The files of the last rotation, where a `current` was begun so shortly ago that not every node may have written to it; none
 * elsewhere.
 *
 * @param logs those in the folder
 */
export function findLastRotated(folder: string, logs: readonly LogFile[], kinds: readonly LogKind[]): string[] {
  const samples = logs.filter(({ inspected }) => inspected.kind === SAMPLES);
  if (!isCurrent(folder) || samples.length === 0 || readSpan(samples) > EVERY_NODE_REPORTED) return [];
  const day = findNewestDay(folder);
  const files = day === undefined ? [] : listFiles(day, kinds, () => {});
  const changed = files.map((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) / 1000);
  return files.filter((_, i) => changed[i]! > Math.max(...changed) - ARCHIVED_TOGETHER);
}

/** From the first row to the last time that something was written, in seconds. */
function readSpan(logs: readonly LogFile[]): number {
  return Math.max(...logs.map(({ modified }) => modified)) - Math.min(...logs.map(({ firstTs }) => firstTs));
}

/** The last folder of a day beside a folder that has logs of sizes. */
function findNewestDay(folder: string): string | undefined {
  const parent = dirname(writtenOut(folder));
  const days = listEntries(parent, () => {}).filter((name) => DAY_FOLDER.test(name));
  return days.map((day) => join(parent, day)).findLast((day) => listFiles(day, [SAMPLES], () => {}).length > 0);
}

/** Where the logs are that a folder does not have; null where they are not near it either. */
export function findElsewhere(
  folder: string,
  kinds: readonly LogKind[],
  names: readonly string[],
): ExpectedError | null {
  const parent = dirname(writtenOut(folder));
  const near = [...listEntries(parent, () => {}).filter((name) => DAY_FOLDER.test(name)), CURRENT_FOLDER].map((name) =>
    join(parent, name),
  );
  const below = listEntries(folder, () => {}).map((name) => join(folder, name));
  const hasLogs = (path: string) => resolve(path) !== resolve(folder) && listFiles(path, kinds, () => {}).length > 0;
  const shown = (path: string) => (isAbsolute(folder) ? resolve(path) : relative('', path) || '.');
  const found = below.filter(hasLogs).slice(0, MOST_NAMED).map(shown);
  if (found.length > 0) return logsElsewhere(folder, names, found);
  const beside = near.findLast(hasLogs);
  if (beside === undefined) return null;
  return isCurrent(folder) && dirname(resolve(beside)) === parent
    ? justRotated(folder, names, shown(beside), shown(parent))
    : logsElsewhere(folder, names, [shown(beside)]);
}

/** What to say where all is in a `current` that begins just now: how sizes go is in the folders beside it. */
export function shortAfterRotation(paths: readonly string[], samples: readonly LogFile[]): string[] {
  return paths.filter(isCurrent).flatMap((folder) => {
    const written = samples.filter(({ path }) => !DAY_FOLDER.test(basename(dirname(path))));
    const day = findNewestDay(folder);
    if (written.length === 0 || readSpan(written) > SHORT_LOG || day === undefined) return [];
    const first = Math.min(...written.map(({ firstTs }) => firstTs));
    return [
      `${folder} begins at ${formatTime(first)}, with the last rotation. What was logged before is in ${join(folder, '..', basename(day))}: give ${join(folder, '..')} to have both.`,
    ];
  });
}
