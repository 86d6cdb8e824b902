/** The processes of a run, wherever they have gone: those of a cluster, and daemons, leave the group they began in. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** All processes of a run inherit this variable of the environment, with the run's name. */
export const RUN_VARIABLE = 'MY_STATS_RUN';
/** One that is just starting another is seen with the next look. */
const LOOKS = 3;

/** Kills those of a run that are still there; returns how many. */
export function killRun(run: string): number {
  const killed = new Set<number>();
  for (let look = 0; look < LOOKS; look++) {
    for (const pid of listProcesses(run)) {
      try {
        process.kill(pid, 'SIGKILL');
        killed.add(pid);
      } catch {
        // It ended just now.
      }
    }
  }
  return killed.size;
}

/** Waits, for a moment, until nothing of a run that was killed is there any more. */
export async function runGone(run: string): Promise<void> {
  for (let i = 0; i < 50 && listProcesses(run).length > 0; i++) await wait(20);
}

/** By the environment, or, of the shell that started it, by the command line. */
function listProcesses(run: string): number[] {
  if (process.platform !== 'linux') return listProcessesByPs(run);
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const has = (file: string) => readFileSync(`/proc/${name}/${file}`, 'latin1').includes(run);
      return has('environ') || has('cmdline') ? [Number(name)] : [];
    } catch {
      // It ended while the list was read, or is somebody else's.
      return [];
    }
  });
}

function listProcessesByPs(run: string): number[] {
  const environment = process.platform === 'darwin' ? '-E' : '-e';
  const { stdout } = spawnSync('ps', ['-axww', environment, '-o', 'pid=,command='], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').flatMap((line) => (line.includes(run) ? [Number.parseInt(line, 10)] : []));
}
