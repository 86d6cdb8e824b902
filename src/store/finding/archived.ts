/**
 * zeekctl's folder `current` holds what was written since the last rotation, an hour at most; the folders of the days beside
 * it hold all before. What nodes say only when they start is an hour later no longer where one looks for sizes.
 */

import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { LOADED_SCRIPTS, type LogKind, NODE_RUN, NODE_RUNS, SAMPLES, VARIABLES } from '../../format/log-kind.ts';
import { type ExpectedError, justRotated, logsElsewhere } from '../../model/errors.ts';
import { formatTime } from '../../model/time.ts';
import type { LogFile } from '../reading/log-file.ts';
import { readWholeLogs } from '../reading/whole-logs.ts';
import { CURRENT_FOLDER, DAY_FOLDER, entriesOf, filesIn, isCurrent, type OnProblem, writtenOut } from './names.ts';

const SAID_AT_START: readonly LogKind[] = [VARIABLES, LOADED_SCRIPTS];
/** Days are those of the machine's time zone, and a log belongs to the day on which it was begun. */
const MARGIN_SECONDS = 36 * 3600;
/** A log that is shorter tells little of how sizes go, seconds. */
const SHORT_LOG = 1800;

/**
 * The folders of days in which the nodes that write to a folder said what they say at their start; none where it is not
 * zeekctl's `current`, or where nothing tells when they started.
 *
 * @param logs those in the folder
 * @param kinds what is asked for
 */
export async function foldersOfStart(
  folder: string,
  logs: readonly LogFile[],
  kinds: readonly LogKind[],
  onProblem: OnProblem,
): Promise<{ readonly folders: readonly string[]; readonly kinds: readonly LogKind[] }> {
  const asked = SAID_AT_START.filter((kind) => kinds.includes(kind));
  if (!isCurrent(folder) || asked.length === 0) return { folders: [], kinds: [] };
  const boot = await firstBoot(logs.filter(({ inspected }) => inspected.kind === NODE_RUNS));
  if (boot === null) return { folders: [], kinds: [] };
  const day = new Date((boot - MARGIN_SECONDS) * 1000).toISOString().slice(0, 'yyyy-mm-dd'.length);
  const parent = dirname(writtenOut(folder));
  const folders = entriesOf(parent, onProblem).filter((name) => DAY_FOLDER.test(name) && name >= day);
  return { folders: folders.map((name) => join(parent, name)), kinds: asked };
}

/** When the node that has been there longest started, seconds since the epoch; null where no log says. */
async function firstBoot(logs: readonly LogFile[]): Promise<number | null> {
  let first = Number.POSITIVE_INFINITY;
  await readWholeLogs(logs, (values) => {
    if (values[NODE_RUN.boot]! < first) first = values[NODE_RUN.boot]!;
  });
  return Number.isFinite(first) ? first : null;
}

/** Where the logs are that a folder does not have; null where they are not near it either. */
export function elsewhere(folder: string, kinds: readonly LogKind[], names: readonly string[]): ExpectedError | null {
  const parent = dirname(writtenOut(folder));
  const near = [...entriesOf(parent, () => {}).filter((name) => DAY_FOLDER.test(name)), CURRENT_FOLDER]
    .map((name) => join(parent, name))
    .concat(join(folder, 'logs'));
  const found = near.findLast((path) => resolve(path) !== resolve(folder) && filesIn(path, kinds, () => {}).length > 0);
  if (found === undefined) return null;
  const shown = (path: string) => (isAbsolute(folder) ? resolve(path) : relative('', path) || '.');
  return isCurrent(folder) && dirname(resolve(found)) === parent
    ? justRotated(folder, names, shown(found), shown(parent))
    : logsElsewhere(folder, names, shown(found));
}

/** What to say where all is in a `current` that begins just now: how sizes go is in the folders beside it. */
export function shortAfterRotation(paths: readonly string[], samples: readonly LogFile[]): string[] {
  return paths.filter(isCurrent).flatMap((folder) => {
    const first = samples[0]!.firstTs;
    const last = Math.max(...samples.map(({ modified }) => modified));
    const parent = dirname(writtenOut(folder));
    const days = entriesOf(parent, () => {}).filter((name) => DAY_FOLDER.test(name));
    const newest = days.findLast((day) => filesIn(join(parent, day), [SAMPLES], () => {}).length > 0);
    if (last - first > SHORT_LOG || newest === undefined) return [];
    return [
      `${folder} begins at ${formatTime(first)}, with the last rotation. What was logged before is in ${join(folder, '..', newest)}: give ${join(folder, '..')} to have both.`,
    ];
  });
}
