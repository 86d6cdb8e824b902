/** What is needed as a file until the process ends: standard input and the like, and folders for it. */

import { createReadStream, createWriteStream, mkdtempSync, rmSync, type Stats, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cannotWrite, diskFull, unreadablePath } from '../../model/errors/catalogue.ts';

const spooled = new Map<string, Promise<string>>();

/**
 * A path where a log can be read at any place: that of a copy for `-`, a pipe (`/dev/stdin`, `<(zcat …)`) or a terminal,
 * which goes when the process ends. Asked twice, it is the same copy.
 *
 * @throws ExpectedError for other devices, or where there is no room for the copy
 */
export function regularFile(path: string): string | Promise<string> {
  if (path !== '-') {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isCharacterDevice() || stats?.isBlockDevice() || stats?.isSocket()) return readDevice(path, stats);
    if (!stats?.isFIFO()) return path;
  }
  let copy = spooled.get(path);
  if (copy === undefined) {
    copy = spool(path);
    spooled.set(path, copy);
  }
  return copy;
}

/** Of devices only a terminal that is standard input ends some day. */
function readDevice(path: string, stats: Stats): string | Promise<string> {
  const isStandardInput = process.stdin.isTTY && statSync('/dev/stdin', { throwIfNoEntry: false })?.rdev === stats.rdev;
  if (!isStandardInput) throw unreadablePath(path, 'ENXIO');
  return regularFile('-');
}

async function spool(path: string): Promise<string> {
  const folder = temporaryFolder();
  const file = join(folder, path === '-' ? 'standard input' : basename(path));
  try {
    await pipeline(path === '-' ? process.stdin : createReadStream(path), createWriteStream(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw diskFull(folder);
    throw code === undefined ? error : unreadablePath(path, code);
  }
  return file;
}

const folders: string[] = [];

/** @throws ExpectedError where the system's folder for such things cannot be written to */
export function temporaryFolder(): string {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'my-stats-'));
    if (folders.length === 0) process.on('exit', removeAll);
    folders.push(folder);
    return folder;
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw cannotWrite(tmpdir(), code === 'ENOENT' ? 'TMPDIR names a folder that does not exist' : code);
  }
}

function removeAll(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
