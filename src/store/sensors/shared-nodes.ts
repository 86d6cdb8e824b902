/** Nodes of several sensors of which nothing tells but that they report by turns: they are numbered. */

import { nodeOfSensor } from '../../model/sensor.ts';
import type { SharedNode } from '../runs/log-sensors.ts';
import { type Life, livesIn, takeTurns } from './lives.ts';
import type { RunSurvey } from './run-survey.ts';

/**
 * By the names of the nodes so far.
 *
 * @param sensors the sensors of origins, as far as they are told
 */
export function sharedNodes(survey: RunSurvey, sensors: ReadonlyMap<string, string>): Map<string, SharedNode> {
  const shared = new Map<string, SharedNode>();
  for (const [node, runs] of survey.nodes) {
    const sensorOfRun = ({ origins }: (typeof runs)[number]) => sensors.get([...origins][0]!) ?? null;
    for (const sensor of new Set(runs.map(sensorOfRun))) {
      const lives = livesIn(runs.filter((run) => sensorOfRun(run) === sensor));
      if (takeTurns(lives))
        shared.set(sensor === null ? node : nodeOfSensor(node, sensor), sharedNode(sequencesOf(lives)));
    }
  }
  return shared;
}

/** Lives that follow one another, as those of a process that is started again. */
function sequencesOf(lives: readonly Life[]): Life[][] {
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

function sharedNode(sequences: readonly (readonly Life[])[]): SharedNode {
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
