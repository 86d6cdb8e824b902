/** Zeek's own folders of scripts. */

import { spawnSync } from 'node:child_process';
import type { ZeekProgram } from './program.ts';

/** As Zeek itself tells with `--help`; empty where it does not. */
export function searchPathOf(zeek: ZeekProgram, folder: string): string[] {
  const { program, args } = zeek.invoke(['--help'], { folder, reads: [], env: {} });
  const { stdout } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', timeout: 60_000, input: '' });
  const found = /\$ZEEKPATH\s*\|\s*file search path \(([^\n]*)\)/.exec(stdout ?? '');
  return (found?.[1] ?? '').split(':').filter((path) => path !== '' && path !== '.');
}
