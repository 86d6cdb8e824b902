/** Whether there is a Zeek here, and what it left running. */

import { execFileSync, spawnSync } from 'node:child_process';

export function has(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Command lines of processes that mention a text. */
export function processesWith(marker: string): string[] {
  const listed = execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' });
  return listed.split('\n').filter((line) => line.includes(marker) && !line.startsWith('ps '));
}
