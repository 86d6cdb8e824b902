/** Reads what the driver of a run has written so far. */

import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import type { RunMark } from '../model/answers/profile-run.ts';

const FIELDS = 10;
const KINDS: readonly string[] = ['run', 'progress', 'live', 'filled', 'end'] satisfies RunMark['kind'][];
/** A line is much shorter. */
const TAIL = 1024;

/** All whole lines; none where there is no such file. */
export function readMarks(file: string): RunMark[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => markOf(line) ?? []);
}

/** The last whole line; null where there is none yet. */
export function findLastMark(file: string): RunMark | null {
  try {
    const fd = openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(TAIL);
      const length = readSync(fd, buffer, 0, TAIL, Math.max(0, fstatSync(fd).size - TAIL));
      const lines = buffer.toString('utf8', 0, length).split('\n');
      return markOf(lines.at(-2) ?? '');
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}

function markOf(line: string): RunMark | null {
  const [kind, ...fields] = line.split(' ');
  if (fields.length + 1 !== FIELDS || !KINDS.includes(kind!)) return null;
  const [run, ts, packets, connections, peakMemory, cpu, live, timers, filled] = fields.map(Number) as [
    ...[number, number, number, number, number, number, number, number, number],
  ];
  return { kind: kind as RunMark['kind'], run, ts, packets, connections, peakMemory, cpu, live, timers, filled };
}
