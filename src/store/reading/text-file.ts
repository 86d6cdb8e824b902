/** Short files of text that users write. */

import { readFileSync, statSync } from 'node:fs';
import { unreadablePath } from '../../model/errors/catalogue.ts';

/** No file of settings is longer. */
const LONGEST = 8 * 1024 * 1024;

/**
 * @returns null where there is no such file
 * @throws ExpectedError where it cannot be read, or is no file of settings
 */
export function readTextFile(path: string): string | null {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw unreadablePath(path, 'it is no file');
    if (stats.size > LONGEST) throw unreadablePath(path, 'it is too long to be a file of settings');
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw code === 'unreadable-path' || code === undefined
      ? error
      : unreadablePath(path, message.replace(/[,:].*$/, ''));
  }
}
