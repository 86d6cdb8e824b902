/**
 * What nodes say only when they start, found where zeekctl has archived it.
 *
 * Its folder `current` holds what was written since the last rotation, an hour at most; the folders of the days beside it hold
 * all before. A description of the variables is an hour later no longer where one looks for sizes.
 */

import { readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { LOADED_SCRIPTS, type LogKind, NODE_RUN, NODE_RUNS, VARIABLES } from '../format/log-kind.ts';
import type { LogFile } from './log-file.ts';
import { readWholeLogs } from './whole-logs.ts';

/** zeekctl names a day's folder like this. */
export const DAY_FOLDER = /^\d{4}-\d{2}-\d{2}$/;
export const CURRENT_FOLDER = 'current';

const SAID_AT_START: readonly LogKind[] = [VARIABLES, LOADED_SCRIPTS];
/** Days are those of the machine's time zone, and a log belongs to the day on which it was begun. */
const MARGIN_SECONDS = 36 * 3600;

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
): Promise<{ readonly folders: readonly string[]; readonly kinds: readonly LogKind[] }> {
  const asked = SAID_AT_START.filter((kind) => kinds.includes(kind));
  const whole = resolve(folder);
  if (basename(whole) !== CURRENT_FOLDER || asked.length === 0) return { folders: [], kinds: [] };
  const boot = await firstBoot(logs.filter(({ inspected }) => inspected.kind === NODE_RUNS));
  if (boot === null) return { folders: [], kinds: [] };
  const day = new Date((boot - MARGIN_SECONDS) * 1000).toISOString().slice(0, 'yyyy-mm-dd'.length);
  const parent = dirname(whole);
  const folders = readdirSync(parent).filter((name) => DAY_FOLDER.test(name) && name >= day);
  return { folders: folders.sort().map((name) => join(parent, name)), kinds: asked };
}

/** When the node that has been there longest started, seconds since the epoch; null where no log says. */
async function firstBoot(logs: readonly LogFile[]): Promise<number | null> {
  let first = Number.POSITIVE_INFINITY;
  await readWholeLogs(logs, (values) => {
    if (values[NODE_RUN.boot]! < first) first = values[NODE_RUN.boot]!;
  });
  return Number.isFinite(first) ? first : null;
}
