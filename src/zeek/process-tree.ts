/** The processes that descend from another: those of a cluster leave the group of the one that started them. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A process, and when it began: a number alone may have become somebody else's. */
export interface ProcessMark {
  readonly pid: number;
  /** In whatever the system counts in. */
  readonly started: string;
}

interface Listed extends ProcessMark {
  readonly parent: number;
  readonly group: number;
}

/** All descendants that there are now. */
export function descendantsOf(pid: number): ProcessMark[] {
  const children = new Map<number, Listed[]>();
  for (const one of listed()) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  const found: ProcessMark[] = [];
  const waiting = [pid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const child of children.get(next) ?? []) {
      found.push({ pid: child.pid, started: child.started });
      waiting.push(child.pid);
    }
  }
  return found;
}

/** Waits, for a moment, until nothing of a group that was killed runs any more. */
export async function groupGone(group: number): Promise<void> {
  for (let i = 0; i < 50 && listed().some((one) => one.group === group); i++) await wait(20);
}

/** Kills those of them that are still there; returns how many. */
export function killAll(marks: readonly ProcessMark[]): number {
  const now = new Map(listed().map(({ pid, started }) => [pid, started]));
  let killed = 0;
  for (const { pid, started } of marks) {
    if (now.get(pid) !== started) continue;
    try {
      process.kill(pid, 'SIGKILL');
      killed++;
    } catch {
      // It ended just now.
    }
  }
  return killed;
}

function listed(): Listed[] {
  return process.platform === 'linux' ? fromProc() : fromPs();
}

function fromProc(): Listed[] {
  const all: Listed[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      // The program's name stands in brackets and may hold anything: fields are counted from its end. 3 is the state.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] !== 'Z')
        all.push({ pid: Number(name), parent: Number(fields[1]), group: Number(fields[2]), started: fields[19]! });
    } catch {
      // It ended while the list was read.
    }
  }
  return all;
}

function fromPs(): Listed[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=,lstart='], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').flatMap((line) => {
    const found = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
    if (found === null || found[4]!.startsWith('Z')) return [];
    return [{ pid: Number(found[1]), parent: Number(found[2]), group: Number(found[3]), started: found[5]! }];
  });
}
