/** A folder for what is needed until the process ends. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cannotWrite } from '../../model/errors/catalogue.ts';

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
