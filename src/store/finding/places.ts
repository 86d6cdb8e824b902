/** What decides which logs some paths mean, and what is in them. */

import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import { compressionOf } from '../../decoding/compression.ts';
import { LOG_KINDS } from '../../format/log-kind.ts';
import { isClosed, statsOf } from '../reading/log-file.ts';
import { filesIn, isCurrent, otherFilesIn, realPathOf } from './names.ts';

/**
 * The files and folders of which it takes a change, something new in them included, before the paths mean something else.
 *
 * @param paths may be other words as well, at which nothing is
 * @returns null where more than these may decide, or where a log may still be written to
 */
export function placesOf(paths: readonly string[]): readonly string[] | null {
  const folders = new Set<string>();
  const files = new Set<string>();
  for (const path of paths) {
    if (isDynamicPattern(path)) return null;
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile()) files.add(path);
    if (!stats?.isDirectory()) continue;
    for (const file of filesIn(path, LOG_KINDS, () => {}, folders)) files.add(file);
    for (const file of otherFilesIn(path)) files.add(file);
  }
  const places = [...paths, ...folders, ...files];
  // What lies beside the folder of a running node, or beside what one logger of several wrote, has a part in it too.
  if (places.some((place) => isCurrent(place) || /logger/.test(basename(realPathOf(place))))) return null;
  return files.size > 0 && [...files].every(isAtRest) ? places : null;
}

/** What cannot be read now may be the next time. */
function isAtRest(source: string): boolean {
  try {
    const { size, mtimeMs } = statsOf(source);
    return isClosed({ source, size, modified: mtimeMs / 1000, compression: compressionOf(source) });
  } catch {
    return false;
  }
}
