/** Joins segments into stretches: runs of one boot on one clock, however the logs were cut, rotated or copied. */

import type { Series, SeriesResult, Stretch } from '../model/series.ts';
import type { ProcessRecord } from './process-record.ts';
import { SAME_RUN_WITHIN, sameRun } from './run-tracker.ts';
import { addSeries, columnOf, joinSegments, type Segment, type SeriesName, widen } from './segment.ts';
import { follows } from './series-scan.ts';

interface OpenStretch {
  readonly segment: Segment;
  readonly index: Map<string, number>;
  begins: Stretch['begins'];
  repeated: number;
}

export class SeriesMerge {
  readonly #nodes = new Map<string, OpenStretch[]>();

  /** Takes segments in the order of the logs. They are used up. */
  add(segments: readonly Segment[]): void {
    for (const segment of segments) this.#addSegment(segment);
  }

  /** The stretches by node and in the order of their time, and their series; what is in the segments is used up. */
  result(processes: ProcessRecord): SeriesResult {
    const stretches: Stretch[] = [];
    const series: Series[] = [];
    const all = [...this.#nodes].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, list]) => list);
    for (const { segment, begins, repeated } of all) {
      const { node, firstRun, lastRun, firstTs, lastTs, runs } = segment;
      const stretch = stretches.push({
        node,
        boot: processes.bootOf(node, firstTs),
        begins,
        firstRun,
        lastRun,
        firstTs,
        lastTs,
        runs,
        repeated,
        ts: Float64Array.from(segment.ts),
        runsPerPoint: Float64Array.from(segment.runsPerPoint),
      });
      segment.names.forEach((name, i) => {
        // A variable of which only rows without any number were logged has no series.
        if (segment.values[i]!.every(Number.isNaN)) return;
        series.push({
          ...name,
          stretch: stretch - 1,
          size: columnOf(segment, i, 'size'),
          entries: columnOf(segment, i, 'entries'),
          lowest: columnOf(segment, i, 'lowest'),
          highest: columnOf(segment, i, 'highest'),
        });
      });
      segment.values.length = 0;
      series.push(...processes.seriesOf(segment, stretch - 1));
    }
    return { stretches, series };
  }

  #addSegment(segment: Segment): void {
    let list = this.#nodes.get(segment.node);
    if (list === undefined) {
      list = [];
      this.#nodes.set(segment.node, list);
    }
    const place = placeOf(segment, list);
    if (place.kind === 'new') {
      const stretch = opened(segment, place.begins);
      const later = list[place.at];
      if (later !== undefined) later.begins = 'restart';
      list.splice(place.at, 0, stretch);
      return;
    }
    const { stretch } = place;
    if (place.kind === 'cut') joinCutRun(stretch.segment, segment);
    if (place.kind === 'again') leaveOutRepeated(stretch, segment);
    join(stretch, segment);
  }
}

/**
 * Where a segment belongs: into a stretch (`cut`: it goes on with that one's last run; `again`: it begins within that
 * one's runs; `after` or before them), or before the stretch at a place of the list, as one of its own.
 */
type Place =
  | { readonly kind: 'cut' | 'again' | 'after'; readonly stretch: OpenStretch }
  | { readonly kind: 'new'; readonly at: number; readonly begins: Stretch['begins'] };

function placeOf(segment: Segment, list: readonly OpenStretch[]): Place {
  const last = list.at(-1);
  if (last === undefined) return { kind: 'new', at: 0, begins: 'first' };
  const { firstRun, firstTs } = segment;
  const current = last.segment;
  if (sameRun(firstRun, firstTs, current.lastRun, current.lastTs)) return { kind: 'cut', stretch: last };
  if (follows(firstRun, firstTs, current)) return { kind: 'after', stretch: last };
  const known = list.find((stretch) => overlaps(segment, stretch.segment));
  if (known !== undefined) return { kind: 'again', stretch: known };
  const begins = firstRun > current.lastRun ? 'clock-set-back' : 'restart';
  const at = list.findIndex((stretch) => segment.lastTs < stretch.segment.firstTs);
  if (at < 0) return { kind: 'new', at: list.length, begins };
  // Logs that are read after later ones: the segment belongs before them.
  const later = list[at]!;
  const before = list[at - 1];
  if (before !== undefined && follows(firstRun, firstTs, before.segment)) return { kind: 'after', stretch: before };
  if (segment.lastRun < later.segment.firstRun && isSameCount(segment, later.segment))
    return { kind: 'after', stretch: later };
  if (begins === 'clock-set-back') return { kind: 'new', at: list.length, begins };
  return { kind: 'new', at, begins: later.begins };
}

/** Runs that are known already are counted, but not again. */
function leaveOutRepeated(known: OpenStretch, segment: Segment): void {
  const added = Math.min(segment.runs, Math.max(0, segment.lastRun - known.segment.lastRun));
  known.repeated += segment.runs - added;
  segment.runs = added;
  if (added === 0) segment.runsPerPoint = segment.runsPerPoint.map(() => 0);
}

function opened(segment: Segment, begins: Stretch['begins']): OpenStretch {
  return { segment, index: new Map(segment.names.map((name, i) => [keyOf(name), i])), begins, repeated: 0 };
}

function keyOf({ source, key, unit }: SeriesName): string {
  return JSON.stringify([source, key, unit]);
}

/** The number of a series in a stretch's segment, which gets it where it is new. */
function seriesIn({ segment, index }: OpenStretch, name: SeriesName): number {
  const key = keyOf(name);
  let series = index.get(key);
  if (series === undefined) {
    series = addSeries(segment, name);
    index.set(key, series);
  }
  return series;
}

function join(stretch: OpenStretch, more: Segment): void {
  const { segment } = stretch;
  joinSegments(
    segment,
    more,
    more.names.map((name) => seriesIn(stretch, name)),
  );
  segment.runs += more.runs;
  segment.firstRun = Math.min(segment.firstRun, more.firstRun);
  segment.lastRun = Math.max(segment.lastRun, more.lastRun);
}

/** A run that was cut between two pieces is one run, and of one point. */
function joinCutRun(before: Segment, after: Segment): void {
  after.runs--;
  after.runsPerPoint[0]!--;
  if (after.runsPerPoint[0] !== 0) return;
  widen(before, after.level);
  widen(after, before.level);
  if (after.runsPerPoint[0] === 0) after.buckets[0] = before.buckets.at(-1)!;
}

/** True where a segment begins within the runs of another: the same log again, or one that goes on where it ends. */
function overlaps(segment: Segment, known: Segment): boolean {
  return (
    segment.firstRun >= known.firstRun &&
    segment.firstRun <= known.lastRun &&
    segment.firstTs > known.firstTs - SAME_RUN_WITHIN &&
    segment.firstTs < known.lastTs + SAME_RUN_WITHIN
  );
}

/** True where the counters of two segments, the first one earlier, go up as the time between them tells. */
function isSameCount(earlier: Segment, later: Segment): boolean {
  const runs = later.lastRun - later.firstRun + earlier.lastRun - earlier.firstRun;
  const seconds = later.lastTs - later.firstTs + earlier.lastTs - earlier.firstTs;
  if (runs === 0) return true;
  const expected = ((later.firstRun - earlier.lastRun) * seconds) / runs;
  const gap = later.firstTs - earlier.lastTs;
  return gap > expected / 2 && gap < expected * 2;
}
