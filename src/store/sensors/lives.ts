/** The processes of a node, by the runs that were seen, and whether they report at the same time. */

import { livesOf } from '../runs/stretches.ts';
import type { SeenRun } from './run-survey.ts';

export interface Life {
  readonly boot: number | null;
  /** In the order of time, not empty. */
  readonly runs: readonly SeenRun[];
}

/** Two processes that report by turns change at least so often. */
const FEWEST_TURNS = 3;
/** One that starts so shortly before another one ends, in seconds, may be that one started again. */
const RESTART = 60;
/** A boot that is told may lie this much after the first run it is for, in seconds: clocks are read at different moments. */
const BOOT_SLACK = 5;

/** @param runs of a node */
export function livesIn(runs: readonly SeenRun[]): Life[] {
  const boots = [...new Set(runs.flatMap(({ boot }) => boot ?? []))].sort((a, b) => a - b);
  const sorted = runs.toSorted((a, b) => a.ts - b.ts || a.run - b.run);
  // What a process says of a run may be missing: then it is of the boot before it.
  return livesOf(sorted, ({ boot, ts }) => boot ?? boots.findLast((one) => one <= ts + BOOT_SLACK) ?? null);
}

/** True where some of these processes report by turns. */
export function takeTurns(lives: readonly Life[]): boolean {
  return lives.some((life, i) => lives.slice(i + 1).some((other) => turnsOf(life, other) >= FEWEST_TURNS));
}

/** True where processes, each from logs of its own, live at the same time. */
export function areAtOnce(one: Life, other: Life): boolean {
  if (one.boot !== null && one.boot === other.boot) return false;
  if (turnsOf(one, other) >= FEWEST_TURNS) return true;
  if (one.boot === null || other.boot === null) return false;
  const end = Math.min(one.runs.at(-1)!.ts, other.runs.at(-1)!.ts);
  return end - Math.max(one.boot, other.boot) > RESTART;
}

/** How often one follows the other. */
function turnsOf(one: Life, other: Life): number {
  const runs = [...one.runs.map(({ ts }) => ({ ts, life: 0 })), ...other.runs.map(({ ts }) => ({ ts, life: 1 }))];
  runs.sort((a, b) => a.ts - b.ts);
  return runs.filter(({ life }, i) => i > 0 && runs[i - 1]!.life !== life).length;
}
