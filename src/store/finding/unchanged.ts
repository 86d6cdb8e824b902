/** Which logs some paths mean and what is in them, as far as that tells whether they have changed. */

import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import { readCompression } from '../../decoding/compression.ts';
import { LOG_KINDS } from '../../format/log-kind.ts';
import { isClosed, readStats, STILL_WRITTEN } from '../reading/log-file.ts';
import { type LogsStamp, makeStamp } from './discover.ts';
import { isCurrent, listFiles, listOtherFiles, resolveLinks } from './names.ts';
import { NEEDED_LOGS, type Needs } from './needs.ts';

export class ReadLogs {
  readonly #paths: readonly string[];
  readonly #needs: Needs;
  #read: (LogsStamp & { readonly at: number }) | null = null;

  constructor(paths: readonly string[], needs: Needs = 'samples') {
    this.#paths = paths;
    this.#needs = needs;
  }

  /**
   * Whether they are as they were when this last said that they are not: whoever is told so reads them. It costs a look
   * at the folders, and opens no log.
   *
   * @throws ExpectedError for paths that do not exist or cannot be read
   */
  async areUnchanged(): Promise<boolean> {
    const { wanted, helpful } = NEEDED_LOGS[this.#needs];
    const at = Date.now() / 1000;
    const now = await makeStamp(this.#paths, [...wanted, ...helpful]);
    // A log that has just changed may have been in the middle of a run: whether it was shows when it stays as it is.
    const isSame = this.#read?.stamp === now.stamp && this.#read.at - now.changed > STILL_WRITTEN;
    if (!isSame) this.#read = { ...now, at };
    return isSame;
  }

  /** What was read could not be used: next time they are to be read whatever they are. */
  forget(): void {
    this.#read = null;
  }
}

/**
 * The files and folders of which it takes a change, something new in them included, before the paths mean something else.
 *
 * @param paths may be other words as well, at which nothing is
 * @returns null where more than these may decide, or where a log may still be written to
 */
export function findPlaces(paths: readonly string[]): readonly string[] | null {
  const folders = new Set<string>();
  const files = new Set<string>();
  for (const path of paths) {
    if (isDynamicPattern(path)) return null;
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile()) files.add(path);
    if (!stats?.isDirectory()) continue;
    for (const file of listFiles(path, LOG_KINDS, () => {}, folders)) files.add(file);
    for (const file of listOtherFiles(path)) files.add(file);
  }
  const places = [...paths, ...folders, ...files];
  // What lies beside the folder of a running node, or beside what one logger of several wrote, has a part in it too.
  if (places.some((place) => isCurrent(place) || /logger/.test(basename(resolveLinks(place))))) return null;
  return files.size > 0 && [...files].every(isAtRest) ? places : null;
}

/** What cannot be read now may be the next time. */
function isAtRest(source: string): boolean {
  try {
    const { size, mtimeMs } = readStats(source);
    return isClosed({ source, size, modified: mtimeMs / 1000, compression: readCompression(source) });
  } catch {
    return false;
  }
}
