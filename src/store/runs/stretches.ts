/** Divides the runs of a node into stretches: runs of one boot, on one clock. Only the runs decide, not their order in logs. */

import { type AgreedTime, agreeOnTime, type ReportedSpan } from '../../model/clock.ts';
import type { Stretch } from '../../model/logged/series.ts';
import { follows, type KnownRun, SAME_RUN_WITHIN } from './run-tracker.ts';

export interface StretchRuns<Run extends KnownRun = KnownRun> {
  readonly boot: number | null;
  readonly begins: Stretch['begins'];
  /** In the order of their counter, and of time. Not empty. */
  readonly runs: readonly Run[];
}

/** A gap this many times as long as the counter tells is a clock that was set, where it is longer than all around it. */
const CLOCK_JUMP = 10;
/** A counter that ran this far ahead of the time is that of another boot. */
const AHEAD_OF_TIME = 0.5;
/** So many boots of a node may go on at a time where nothing names them. */
const MOST_OPEN = 8;

/**
 * @param sorted the node's runs in the order of time
 * @param bootOf when the process of a run started, seconds since the epoch; null where nothing tells
 * @returns in the order in which they were
 */
export function cutStretches<Run extends KnownRun>(
  sorted: readonly Run[],
  bootOf: (run: Run) => number | null,
): StretchRuns<Run>[] {
  const lives = livesOf(sorted, bootOf).map(({ boot, runs }) => ({
    boot,
    parts: cutAtClock(runs),
  }));
  const endOf = ({ parts }: (typeof lives)[number]) => parts.at(-1)!.at(-1)!.ts;
  lives.sort((a, b) => endOf(a) - endOf(b));
  return lives.flatMap(({ boot, parts }, life) =>
    parts.map((runs, part) => ({ boot, begins: describeBeginning(life, parts, part), runs })),
  );
}

/** By what clocks runs are stamped, in any order. */
export function agreeOnRuns(runs: readonly (KnownRun & { node: string; boot: number | null })[]): AgreedTime {
  const ofNodes = new Map<string, (typeof runs)[number][]>();
  for (const one of runs) {
    const list = ofNodes.get(one.node);
    if (list === undefined) ofNodes.set(one.node, [one]);
    else list.push(one);
  }
  const spans = [...ofNodes].flatMap(([node, list]) => {
    const sorted = list.sort((a, b) => a.ts - b.ts || a.run - b.run);
    return cutStretches(sorted, ({ boot }) => boot).map((stretch) => describeSpan(node, stretch));
  });
  return agreeOnTime(spans);
}

/** What of a stretch tells the time. */
export function describeSpan(node: string, { begins, runs }: StretchRuns): ReportedSpan {
  const [first, last] = [runs[0]!, runs.at(-1)!];
  return {
    ...{ node, begins, runs: runs.length },
    ...{ firstRun: first.run, lastRun: last.run, firstTs: first.ts, lastTs: last.ts },
  };
}

/** The runs that are stamped later than those that followed when their clock had been set back. */
export function listMisdated<Run extends KnownRun>(stretches: readonly StretchRuns<Run>[]): Run[] {
  return stretches.flatMap(({ runs }, i) => {
    const after = stretches[i + 1];
    return after?.begins === 'clock-set-back' ? runs.filter(({ ts }) => ts >= after.runs[0]!.ts) : [];
  });
}

/** The runs of each process, which may report at the same time where several have the same name. */
export function livesOf<Run extends KnownRun>(
  sorted: readonly Run[],
  bootOf: (run: Run) => number | null,
): { readonly boot: number | null; readonly runs: readonly Run[] }[] {
  const boots = new Map<number | null, Run[]>();
  for (const one of sorted) {
    const boot = bootOf(one);
    const list = boots.get(boot);
    if (list === undefined) boots.set(boot, [one]);
    else list.push(one);
  }
  return [...boots].flatMap(([boot, runs]) =>
    (boot === null ? livesByCounter(runs) : [runs]).map((life) => ({ boot, runs: life })),
  );
}

function describeBeginning(life: number, parts: readonly (readonly KnownRun[])[], part: number): Stretch['begins'] {
  if (part > 0) return parts[part]![0]!.ts < parts[part - 1]!.at(-1)!.ts ? 'clock-set-back' : 'clock-set-ahead';
  return life === 0 ? 'first' : 'restart';
}

/** Where nothing names the boots, a counter that does not go up is that of another one. */
function livesByCounter<Run extends KnownRun>(sorted: readonly Run[]): Run[][] {
  const lives: Run[][] = [];
  /** Those that may go on, the one with the latest run last. */
  const open: Run[][] = [];
  const step = findUsualStep(sorted);
  for (const one of sorted) {
    let best = -1;
    let smallest = Number.POSITIVE_INFINITY;
    open.forEach((life, i) => {
      const misfit = measureMisfit(one, life, step);
      if (misfit < Number.POSITIVE_INFINITY && misfit <= smallest) [best, smallest] = [i, misfit];
    });
    const life = best < 0 ? [] : open.splice(best, 1)[0]!;
    if (best < 0) lives.push(life);
    life.push(one);
    open.push(life);
    if (open.length > MOST_OPEN) open.shift();
  }
  return joinOverClock(lives);
}

/** How long it mostly is from a counter to the next one, in seconds; null where nothing recurs. */
function findUsualStep(sorted: readonly KnownRun[]): number | null {
  const ofCounter = new Map<number, number[]>();
  const steps = new Map<number, number>();
  for (const { run, ts } of sorted) {
    for (const before of ofCounter.get(run - 1)?.slice(-MOST_OPEN) ?? []) {
      const step = Math.round(ts - before);
      if (step > 0) steps.set(step, (steps.get(step) ?? 0) + 1);
    }
    const list = ofCounter.get(run);
    if (list === undefined) ofCounter.set(run, [ts]);
    else list.push(ts);
  }
  const [usual] = [...steps].sort(([a, times], [b, others]) => others - times || a - b);
  return usual !== undefined && usual[1] > 1 ? usual[0] : null;
}

/**
 * How far a run lies from where the next one of a life is expected, in intervals; infinite where it cannot be of it.
 *
 * @param step what the interval of a life of one run is taken to be, in seconds
 */
function measureMisfit(one: KnownRun, life: readonly KnownRun[], step: number | null): number {
  const first = life[0]!;
  const last = life.at(-1)!;
  if (one.run <= last.run) return Number.POSITIVE_INFINITY;
  const interval = life.length === 1 ? step : Math.max((last.ts - first.ts) / (last.run - first.run), Number.EPSILON);
  if (interval === null) return 1;
  const expected = (one.run - last.run) * interval;
  const isAhead = one.run > last.run + 1 && one.ts - last.ts < AHEAD_OF_TIME * expected;
  return isAhead ? Number.POSITIVE_INFINITY : Math.abs(one.ts - last.ts - expected) / interval;
}

/** Runs whose counter goes on where that of later ones ends are of the same process, whose clock was set back. */
function joinOverClock<Run extends KnownRun>(lives: readonly Run[][]): Run[][] {
  const joined: Run[][] = [];
  const byLastRun = new Map<number, Run[]>();
  for (const life of lives.toSorted((a, b) => a[0]!.run - b[0]!.run)) {
    const before = byLastRun.get(life[0]!.run - 1);
    let whole = life;
    if (before !== undefined && life[0]!.ts < before.at(-1)!.ts) {
      byLastRun.delete(life[0]!.run - 1);
      for (const one of life) before.push(one);
      whole = before;
    } else joined.push(life);
    byLastRun.set(whole.at(-1)!.run, whole);
  }
  return joined;
}

/** Cuts the runs of a process where its clock was set: time goes back, or ahead by far more than the counter tells. */
function cutAtClock<Run extends KnownRun>(runs: readonly Run[]): Run[][] {
  const ordered = runs.toSorted((a, b) => a.run - b.run || a.ts - b.ts);
  const interval = findUsualGap(ordered);
  const parts: Run[][] = [[ordered[0]!]];
  for (let i = 1; i < ordered.length; i++) {
    const before = ordered[i - 1]!;
    const one = ordered[i]!;
    const gap = one.ts - before.ts;
    const isAhead =
      gap > CLOCK_JUMP * Math.max(interval * (one.run - before.run), SAME_RUN_WITHIN) &&
      gap > findSpan(ordered, 0, i - 1) &&
      gap > findSpan(ordered, i, ordered.length - 1);
    if (!follows(one.run, one.ts, before.run, before.ts) || isAhead) parts.push([]);
    parts.at(-1)!.push(one);
  }
  return parts;
}

function findSpan(ordered: readonly KnownRun[], from: number, to: number): number {
  return Math.abs(ordered[to]!.ts - ordered[from]!.ts);
}

/** The middle one of the gaps between runs, per step of the counter. */
function findUsualGap(ordered: readonly KnownRun[]): number {
  const gaps: number[] = [];
  for (let i = 1; i < ordered.length; i++) {
    const steps = ordered[i]!.run - ordered[i - 1]!.run;
    if (steps > 0) gaps.push(Math.abs(ordered[i]!.ts - ordered[i - 1]!.ts) / steps);
  }
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? Number.POSITIVE_INFINITY;
}
