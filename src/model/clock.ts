/**
 * What time it is: clocks of hosts differ, and a run may be stamped by one that was not set yet. "Now" is what most nodes
 * agree on; a node whose clock is off is as alive as the others.
 */

import type { Stretch } from './logged/series.ts';

/** Runs of a node on one clock. */
export type ReportedSpan = Pick<Stretch, 'node' | 'begins' | 'firstRun' | 'lastRun' | 'firstTs' | 'lastTs' | 'runs'>;

export interface AgreedTime {
  /** The last run of those that agree. */
  readonly now: number;
  /** How far ahead the clocks of nodes are that disagree all the time, in seconds; negative where they are behind. */
  readonly offsets: ReadonlyMap<string, number>;
  /** Nodes with runs that are stamped later than now, and when the last of them seems to be. */
  readonly ahead: ReadonlyMap<string, number>;
  /** Nodes with runs from before their clock was set, and when the first and the last of these seem to be. */
  readonly behind: ReadonlyMap<string, { readonly first: number; readonly last: number }>;
  /** How long a node can be silent before it counts as stopped, in seconds. */
  readonly patience: number;
}

/** So few runs after a clock jumped ahead are stamped wrongly, as far as one can tell. */
const FEWEST_RUNS = 3;
/** So few runs do not tell that a node has a clock of its own. */
const FEWEST_OF_SHIFTED = 2;
/** Nodes that fall silent within so many intervals stopped at once. */
const AT_ONCE = 1.5;
/** A clock that is set ahead by more, in seconds, was not set before; by less, the machine may have been asleep. */
const NOT_SET = 365 * 86_400;

/**
 * @param spans of each node in the order in which they were; where there are none, now is never
 * @param known how far ahead clocks are, where more spans than these have told it
 */
export function agreeOnTime(
  spans: readonly ReportedSpan[],
  known: AgreedTime['offsets'] = new Map<string, number>(),
): AgreedTime {
  const intervals = spans.flatMap(({ firstTs, lastTs, firstRun, lastRun }) =>
    lastRun > firstRun ? [(lastTs - firstTs) / (lastRun - firstRun)] : [],
  );
  const interval = chooseInterval(intervals);
  const limit = computePatience(interval);
  const ofNodes = new Map<string, ReportedSpan[]>();
  const wholeOfNodes = new Map<string, ReportedSpan[]>();
  for (const span of spans) {
    wholeOfNodes.set(span.node, [...(wholeOfNodes.get(span.node) ?? []), span]);
    // What lies ahead of where the node went on afterwards was stamped by a clock that was set back.
    const kept = (ofNodes.get(span.node) ?? []).filter(({ firstTs }) => firstTs <= span.lastTs);
    ofNodes.set(span.node, [...kept.map((one) => ({ ...one, lastTs: Math.min(one.lastTs, span.lastTs) })), span]);
  }
  const usual = intervals.length > 0 ? findLowerMedian(intervals) : interval;
  const offsets = known.size > 0 ? known : findOffsets(wholeOfNodes, usual, limit);
  const onOneClock = [...ofNodes].flatMap(([node, list]) => {
    const offset = offsets.get(node) ?? 0;
    return list.map((span) => ({ ...span, firstTs: span.firstTs - offset, lastTs: span.lastTs - offset }));
  });
  const now = findLatestAgreed(onOneClock, interval);
  const ahead = new Map<string, number>();
  for (const { node, lastTs } of spans)
    if (!offsets.has(node) && lastTs > now + limit) ahead.set(node, Math.max(lastTs, ahead.get(node) ?? lastTs));
  // What is stamped ahead of all others was not set right.
  const right = spans.filter(({ node, firstTs }) => firstTs - (offsets.get(node) ?? 0) <= now + limit);
  return { now, offsets, ahead, behind: findUnsetClocks(right), patience: limit };
}

function findUnsetClocks(spans: readonly ReportedSpan[]): AgreedTime['behind'] {
  const behind = new Map<string, { first: number; last: number }>();
  const before = new Map<string, ReportedSpan>();
  for (const span of spans) {
    const last = before.get(span.node);
    before.set(span.node, span);
    if (last === undefined || span.begins !== 'clock-set-ahead' || span.firstTs - last.lastTs <= NOT_SET) continue;
    behind.set(span.node, { first: behind.get(span.node)?.first ?? last.firstTs, last: last.lastTs });
  }
  return behind;
}

/** True of a run that is stamped by a clock that was not right then, and so does not count. */
export function isMisdated({ ahead, behind, now, patience: limit }: AgreedTime, node: string, ts: number): boolean {
  return (ahead.has(node) && ts > now + limit) || ts <= (behind.get(node)?.last ?? Number.NEGATIVE_INFINITY);
}

/**
 * A node whose runs begin and end as much later than those of the others, or earlier, has a clock of its own; so has one
 * whose runs end later by as much as its time went further than its counter.
 *
 * @param interval usual from one run to the next, in seconds
 */
function findOffsets(
  ofNodes: ReadonlyMap<string, readonly ReportedSpan[]>,
  interval: number,
  limit: number,
): Map<string, number> {
  const extents = [...ofNodes].map(([node, list]) => ({
    node,
    from: list[0]!.firstTs,
    to: list.at(-1)!.lastTs,
    runs: list.reduce((sum, { runs }) => sum + runs, 0),
    leapt: list.reduce((sum, span) => sum + measureLeap(span, interval), 0),
  }));
  // Of two that disagree, the one that is ahead is taken to be wrong, or the one that was set.
  const setBack = new Map([...ofNodes].map(([node, list]) => [node, findSetBack(list)]));
  const steady = extents.filter(({ node }) => setBack.get(node) === 0);
  const usual = steady.length > 0 ? steady : extents;
  const usualFrom = findLowerMedian(usual.map(({ from }) => from));
  const usualTo = findUsualEnd(usual, limit);
  const offsets = new Map<string, number>();
  for (const { node, from, to, runs, leapt } of extents) {
    const since = to - usualTo - (from - usualFrom);
    const explained = [-(setBack.get(node) ?? 0), ...(Math.abs(leapt) > limit ? [leapt] : [])];
    const isShifted = Math.abs(to - usualTo) > limit && explained.some((by) => Math.abs(since - by) <= limit);
    if (isShifted && runs >= FEWEST_OF_SHIFTED) offsets.set(node, to - usualTo);
  }
  return offsets;
}

/** By how much time went further than the counter, in seconds: the clock was set ahead or goes fast, or the host slept. */
function measureLeap({ firstTs, lastTs, firstRun, lastRun }: ReportedSpan, interval: number): number {
  return lastTs - firstTs - (lastRun - firstRun) * interval;
}

interface Extent {
  readonly to: number;
  readonly leapt: number;
}

/** The middle one of their ends: as they stand, or as they would be without leaps, where these are what more agree on. */
function findUsualEnd(extents: readonly Extent[], limit: number): number {
  const standing = findLowerMedian(extents.map(({ to }) => to));
  const unleapt = findLowerMedian(extents.map(({ to, leapt }) => to - leapt));
  const countAgreeing = (end: number) =>
    extents.filter(({ to, leapt }) => Math.abs(to - end) <= limit || Math.abs(to - leapt - end) <= limit).length;
  return countAgreeing(unleapt) > countAgreeing(standing) ? unleapt : standing;
}

/** How far a clock was set back that was right until then, in seconds; 0 where it was not. */
function findSetBack(spans: readonly ReportedSpan[]): number {
  const [before, last] = spans.slice(-2);
  if (before === undefined || last?.begins !== 'clock-set-back') return 0;
  return before.lastTs - last.firstTs;
}

function findLowerMedian(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
}

/** The end of the latest time at which enough nodes reported: most of them, or all that were left after an interruption. */
function findLatestAgreed(spans: readonly ReportedSpan[], interval: number): number {
  const times: { to: number; spans: ReportedSpan[] }[] = [];
  for (const span of spans.toSorted((a, b) => a.firstTs - b.firstTs)) {
    const last = times.at(-1);
    if (last === undefined || span.firstTs - last.to > computePatience(interval))
      times.push({ to: span.lastTs, spans: [span] });
    else {
      last.to = Math.max(last.to, span.lastTs);
      last.spans.push(span);
    }
  }
  const most = Math.max(...times.map(({ spans }) => listNodes(spans).size));
  const agreed = times.findLast((time, i) => {
    const credible = time.spans.filter(({ begins, runs }) => begins !== 'clock-set-ahead' || runs >= FEWEST_RUNS);
    const nodes = listNodes(credible);
    if (2 * nodes.size > most) return true;
    const lastBefore = times[i - 1]?.spans.filter(({ node }) => nodes.has(node)).map(({ lastTs }) => lastTs) ?? [];
    return lastBefore.length > 0 && times[i - 1]!.to - Math.max(...lastBefore) < AT_ONCE * interval;
  });
  return (agreed ?? times.at(-1))?.to ?? Number.NEGATIVE_INFINITY;
}

function listNodes(spans: readonly ReportedSpan[]): Set<string> {
  return new Set(spans.map(({ node }) => node));
}

/** A node that misses three runs has stopped; half an interval more allows for jitter. */
const MISSED_RUNS = 3.5;
/** Zeek's cluster stops and restarts its processes one after another, which takes about this long, in seconds. */
const RESTART = 60;
/** The collector's default, for nodes of which no two runs are known, in seconds. */
const DEFAULT_INTERVAL = 60;

/** How long a node that runs every `interval` seconds can be silent before it counts as stopped, in seconds. */
export function computePatience(interval: number): number {
  return Math.max(RESTART, MISSED_RUNS * interval);
}

/** The middle one of intervals between runs, in seconds; the collector's default where there are none. */
export function chooseInterval(intervals: readonly number[]): number {
  const sorted = intervals.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? DEFAULT_INTERVAL;
}
