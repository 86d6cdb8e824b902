/** Compressions that are decompressed by the program of their name, which every system that has such files has. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { missingDecompressor } from '../model/errors/catalogue.ts';
import { Damage } from './damage.ts';

/** What to install where it is missing, and what to start. */
const PROGRAMS = {
  bzip2: { package: 'bzip2', options: ['-dc'] },
  xz: { package: 'xz-utils', options: ['-dc', '--memlimit-decompress=256MiB'] },
  lz4: { package: 'lz4', options: ['-dc'] },
} as const;

export type ProgramName = keyof typeof PROGRAMS;

const CUT_OFF = /unexpected(ly)? end|ends unexpectedly|unfinished|truncated|cannot read|read error/i;
const LONGEST_COMPLAINT = 4096;

/**
 * The file is handed over open, so its name is no argument of anything.
 *
 * @param took hears how long the file is: how far the program is in it cannot be seen
 * @throws Damage
 * @throws ExpectedError where there is no such program
 */
export async function* runProgram(
  name: ProgramName,
  file: string,
  took: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const fd = openSync(file, 'r');
  took(fstatSync(fd).size);
  const child = spawn(name, PROGRAMS[name].options, {
    stdio: [fd, 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  let complaint = '';
  child.stderr!.on('data', (text: Buffer) => {
    if (complaint.length < LONGEST_COMPLAINT) complaint += text.toString('utf8');
  });
  // Heard of at once, or it would be nobody's.
  const ended = once(child, 'close').catch((error: NodeJS.ErrnoException) => error);
  try {
    yield* child.stdout!;
    const result = await ended;
    if (result instanceof Error)
      throw result.code === 'ENOENT' ? missingDecompressor(file, name, PROGRAMS[name].package) : result;
    const [code, signal] = result as [number | null, string | null];
    if (code !== 0) throw describeDamage(complaint, signal ?? `exit code ${code}`);
  } finally {
    child.kill();
    closeSync(fd);
  }
}

function describeDamage(complaint: string, otherwise: string): Damage {
  const line = complaint.split('\n').find((text) => text.trim() !== '') ?? otherwise;
  const reason = line.replace(/^\w+: (\(stdin\): |stdin: )?/, '').replace(/[.\s]+$/, '');
  return new Damage(reason, CUT_OFF.test(complaint));
}
