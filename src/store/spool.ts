/** Standard input as a file: logs are read from both ends and in parts, which a pipe cannot offer. */

import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { diskFull } from '../model/errors.ts';

let spooled: Promise<string> | null = null;

/**
 * Copies standard input to a temporary file, which goes when the process ends. Asked twice, it is the same file.
 *
 * @throws ExpectedError where there is no room for it
 */
export function spoolStandardInput(): Promise<string> {
  spooled ??= spool();
  return spooled;
}

async function spool(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'my-stats-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'standard-input');
  try {
    await pipeline(process.stdin, createWriteStream(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw diskFull(folder);
    throw error;
  }
  return file;
}
