/** What a Zeek that tests started left running. */

import { execFileSync } from 'node:child_process';

/** Command lines of processes that mention a text. */
export function processesWith(marker: string): string[] {
  const listed = execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' });
  return listed.split('\n').filter((line) => line.includes(marker) && !line.startsWith('ps '));
}
