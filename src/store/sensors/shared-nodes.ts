/** Nodes of several sensors of which nothing tells but that they report by turns: they are numbered. */

import { addSensor } from '../../model/names.ts';
import type { SharedNode } from '../runs/log-sensors.ts';
import { livesOf } from '../runs/stretches.ts';
import type { RunSurvey, SeenRun } from './run-survey.ts';

/**
 * By the names of the nodes so far.
 *
 * @param sensors the sensors of origins, as far as they are told
 */
export function findSharedNodes(survey: RunSurvey, sensors: ReadonlyMap<string, string>): Map<string, SharedNode> {
  const shared = new Map<string, SharedNode>();
  for (const [node, runs] of survey.nodes) {
    const sensorOfRun = ({ origins }: (typeof runs)[number]) => sensors.get([...origins][0]!) ?? null;
    for (const sensor of new Set(runs.map(sensorOfRun))) {
      const lives = findLives(runs.filter((run) => sensorOfRun(run) === sensor));
      if (takeTurns(lives))
        shared.set(sensor === null ? node : addSensor(node, sensor), makeSharedNode(findSequences(lives)));
    }
  }
  return shared;
}

/** Lives that follow one another, as those of a process that is started again. */
function findSequences(lives: readonly Life[]): Life[][] {
  const sequences: Life[][] = [];
  const lastOf = (sequence: readonly Life[]) => sequence.at(-1)!.runs.at(-1)!.ts;
  for (const life of lives.toSorted((a, b) => a.runs[0]!.ts - b.runs[0]!.ts)) {
    const free = sequences.filter((sequence) => !sequence.some((other) => takeTurns([life, other])));
    const before = free.sort((a, b) => lastOf(a) - lastOf(b)).at(-1);
    if (before === undefined) sequences.push([life]);
    else before.push(life);
  }
  const begin = (sequence: readonly Life[]) => sequence.at(-1)!.boot ?? sequence.at(-1)!.runs[0]!.ts;
  return sequences.sort((a, b) => begin(a) - begin(b));
}

function makeSharedNode(sequences: readonly (readonly Life[])[]): SharedNode {
  const runs = new Map<number, { ts: number; sensor: string }[]>();
  const boots = new Map<number, string>();
  const begun = new Map<string, number>();
  sequences.forEach((lives, i) => {
    const sensor = String(i + 1);
    begun.set(sensor, lives[0]!.boot ?? lives[0]!.runs[0]!.ts);
    for (const life of lives) {
      if (life.boot !== null) boots.set(life.boot, sensor);
      for (const { run, ts } of life.runs) {
        const list = runs.get(run);
        if (list === undefined) runs.set(run, [{ ts, sensor }]);
        else list.push({ ts, sensor });
      }
    }
  });
  return { runs, boots, begun };
}

/** Things that turn out to belong together: a disjoint-set forest (Galler and Fischer, 1964). */
export class Groups {
  readonly #parents: Map<string, string>;

  constructor(all: Iterable<string>) {
    this.#parents = new Map([...all].map((one) => [one, one]));
  }

  join(all: Iterable<string>): void {
    const [first, ...others] = all;
    for (const other of others) this.#parents.set(this.of(other), this.of(first!));
  }

  /** What stands for the group of a thing. */
  of(one: string): string {
    const parent = this.#parents.get(one)!;
    return parent === one ? one : this.of(parent);
  }

  /** Every two groups. */
  pairs(): [string, string][] {
    const all = [...new Set([...this.#parents.keys()].map((one) => this.of(one)))];
    return all.flatMap((a, i) => all.slice(i + 1).map((b): [string, string] => [a, b]));
  }
}

/** The processes of a node, by the runs that were seen, and whether they report at the same time. */
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
export function findLives(runs: readonly SeenRun[]): Life[] {
  const boots = [...new Set(runs.flatMap(({ boot }) => boot ?? []))].sort((a, b) => a - b);
  const sorted = runs.toSorted((a, b) => a.ts - b.ts || a.run - b.run);
  // What a process says of a run may be missing: then it is of the boot before it.
  return livesOf(sorted, ({ boot, ts }) => boot ?? boots.findLast((one) => one <= ts + BOOT_SLACK) ?? null);
}

/** True where some of these processes report by turns. */
export function takeTurns(lives: readonly Life[]): boolean {
  return lives.some((life, i) => lives.slice(i + 1).some((other) => countTurns(life, other) >= FEWEST_TURNS));
}

/** True where processes, each from logs of its own, live at the same time. */
export function areAtOnce(one: Life, other: Life): boolean {
  if (one.boot !== null && one.boot === other.boot) return false;
  if (countTurns(one, other) >= FEWEST_TURNS) return true;
  if (one.boot === null || other.boot === null) return false;
  const end = Math.min(one.runs.at(-1)!.ts, other.runs.at(-1)!.ts);
  return end - Math.max(one.boot, other.boot) > RESTART;
}

/** How often one follows the other. */
function countTurns(one: Life, other: Life): number {
  const runs = [...one.runs.map(({ ts }) => ({ ts, life: 0 })), ...other.runs.map(({ ts }) => ({ ts, life: 1 }))];
  runs.sort((a, b) => a.ts - b.ts);
  return runs.filter(({ life }, i) => i > 0 && runs[i - 1]!.life !== life).length;
}
