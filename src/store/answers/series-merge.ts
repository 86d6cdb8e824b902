/** Joins the segments of all pieces into stretches, however the logs were dealt out, cut, rotated, sorted or copied. */

import { StringPool } from '../../format/string-pool.ts';
import type { Series, SeriesResult } from '../../model/logged/series.ts';
import type { ProcessRecord } from '../runs/process-record.ts';
import { follows, type KnownRun, RunSet, sameRun } from '../runs/run-tracker.ts';
import {
  addSeries,
  chooseBucket,
  createSegment,
  findBounds,
  joinSegments,
  NAME_COLUMNS,
  orderPoints,
  readColumn,
  type Segment,
} from '../runs/segment.ts';
import type { StretchesOfNode } from '../runs/stretch-table.ts';
import { cutStretches, describeSpan, type StretchRuns } from '../runs/stretches.ts';
import { NO_SLOT, VariableSlots } from '../runs/variable-slots.ts';
import type { SeriesPart } from '../scans/series-scan.ts';

/** Segments joined so far, as far as it is plain that they are of one stretch. */
interface Joined {
  readonly segment: Segment;
  /** Series by variable and unit. */
  readonly slots: VariableSlots;
  readonly first: KnownRun;
  readonly last: KnownRun;
}

interface JoinedRuns {
  readonly runs: RunSet;
  joined: Joined[];
}

/** So many are looked at for one that a segment goes on with; which belong together is decided in the end. */
const LOOKED_AT = 8;

export class SeriesMerge {
  readonly #texts = new StringPool();
  readonly #nodes = new Map<string, JoinedRuns>();
  #misplaced = false;

  /** Takes what a piece holds, which is used up. */
  add({ texts, segments }: SeriesPart): void {
    const ids = texts.map((text) => this.#texts.id(text));
    for (const segment of segments) {
      if (segment.misplaced) this.#misplaced = true;
      let node = this.#nodes.get(segment.node);
      if (node === undefined) {
        node = { runs: new RunSet(), joined: [] };
        this.#nodes.set(segment.node, node);
      }
      for (let i = 0; i < segment.runs.length; i++) node.runs.at(segment.runs[i]!, segment.ts[i]!);
      this.#join(node, segment, (text) => ids[text]!);
    }
  }

  /**
   * The answer; what is in the segments is used up.
   *
   * @returns instead, where segments turn out to hold runs of several stretches, what they must be read again with
   */
  result(processes: ProcessRecord): SeriesResult | readonly StretchesOfNode[] {
    const nodes = [...this.#nodes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([node, runs]) => ({
        node,
        ...runs,
        stretches: cutStretches(runs.runs.sorted(), ({ run, ts }) => processes.bootOf(node, run, ts)),
      }));
    const placed = nodes.map((node) => placeSegments(node));
    if (this.#misplaced || placed.includes(null)) return nodes.map(({ node, stretches }) => makeTable(node, stretches));
    const result: { stretches: SeriesResult['stretches'][number][]; series: Series[] } = { stretches: [], series: [] };
    nodes.forEach(({ node, stretches }, i) => {
      stretches.forEach((stretch, j) => {
        const [first, ...others] = placed[i]![j]!;
        for (const other of others) this.#addTo(first!, other.segment, (text) => text);
        this.#addStretch(result, node, stretch, first!.segment, processes);
      });
    });
    return result;
  }

  #addStretch(
    { stretches, series }: { stretches: SeriesResult['stretches'][number][]; series: Series[] },
    node: string,
    found: StretchRuns,
    segment: Segment,
    processes: ProcessRecord,
  ): void {
    const { boot, runs } = found;
    const points = orderPoints(segment);
    const place = new Map(points.map((point, i) => [segment.buckets[point]!, i]));
    const ts = new Float64Array(points.length);
    const runsPerPoint = new Float64Array(points.length);
    for (const run of runs) {
      const point = place.get(chooseBucket(run.ts, segment.level))!;
      ts[point] = Math.max(ts[point]!, run.ts);
      runsPerPoint[point]!++;
    }
    const stretch =
      stretches.push({
        ...describeSpan(node, found),
        ...{ boot, ts, runsPerPoint },
      }) - 1;
    for (const { number, variable, moduleName, unit } of this.#namesOf(segment)) {
      const column = (name: Parameters<typeof readColumn>[3]) => readColumn(segment, number, points, name);
      const size = column('size');
      const entries = column('entries');
      // A variable of which only rows without any number were logged has no series.
      if (size.every(Number.isNaN) && entries.every(Number.isNaN)) continue;
      const values = { size, entries, lowest: column('lowest'), highest: column('highest') };
      series.push({ source: 'variable', key: variable, moduleName, unit, stretch, ...values });
    }
    const buckets = points.map((point) => segment.buckets[point]!);
    segment.values = new Float64Array(0);
    series.push(...processes.seriesOf(node, boot, segment.level, buckets, stretch));
  }

  /** Sorted by the variables' names: which was logged first means nothing. */
  #namesOf({ names }: Segment) {
    const text = (at: number) => this.#texts.text(names[at]!);
    return Array.from({ length: names.length / NAME_COLUMNS }, (_, number) => {
      const at = number * NAME_COLUMNS;
      return { number, variable: text(at), moduleName: text(at + 1), unit: text(at + 2) };
    }).sort((a, b) => (a.variable === b.variable ? (a.unit < b.unit ? -1 : 1) : a.variable < b.variable ? -1 : 1));
  }

  /** @param id of a text of the segment here */
  #join(node: JoinedRuns, segment: Segment, id: (text: number) => number): void {
    const [first, last] = findEnds(segment);
    const at = node.joined.findLastIndex(
      (joined, i) => i >= node.joined.length - LOOKED_AT && goesOn(segment, first, last, joined),
    );
    const found = node.joined[at];
    if (found === undefined) {
      const { stretch, level, width } = segment;
      const joined = {
        segment: createSegment(segment.node, stretch, level, width),
        slots: new VariableSlots(),
        first,
        last,
      };
      node.joined.push(joined);
      this.#addTo(joined, segment, id);
    } else {
      node.joined[at] = {
        ...found,
        first: first.ts < found.first.ts ? first : found.first,
        last: last.ts > found.last.ts ? last : found.last,
      };
      this.#addTo(found, segment, id);
    }
  }

  #addTo({ segment, slots }: Joined, more: Segment, id: (text: number) => number): void {
    const series: number[] = [];
    for (let at = 0; at < more.names.length; at += NAME_COLUMNS) {
      const variable = id(more.names[at]!);
      const moduleName = id(more.names[at + 1]!);
      const unit = id(more.names[at + 2]!);
      let number = slots.find(variable, unit);
      if (number === NO_SLOT) {
        number = addSeries(segment, variable, moduleName, unit);
        slots.add(variable, number);
      }
      series.push(number);
    }
    joinSegments(segment, more, series);
  }
}

/** The earliest and the latest of a segment's runs. */
function findEnds({ runs, ts }: Segment): [KnownRun, KnownRun] {
  let first = 0;
  let last = 0;
  for (let i = 1; i < ts.length; i++) {
    if (ts[i]! < ts[first]!) first = i;
    if (ts[i]! > ts[last]!) last = i;
  }
  const at = (i: number) => ({ run: runs[i]!, ts: ts[i]! });
  return [at(first), at(last)];
}

/** True where a segment is plainly of the stretch of what was joined: it continues it, or lies within it. */
function goesOn({ stretch }: Segment, first: KnownRun, last: KnownRun, joined: Joined): boolean {
  if (stretch >= 0) return joined.segment.stretch === stretch;
  if (follows(first.run, first.ts, joined.last.run, joined.last.ts)) return true;
  if (sameRun(first.run, first.ts, joined.last.run, joined.last.ts)) return true;
  return (
    first.run <= joined.last.run &&
    last.run >= joined.first.run &&
    first.ts <= joined.last.ts &&
    last.ts >= joined.first.ts
  );
}

/** What was joined, for each of the node's stretches; null where something is of several of them. */
function placeSegments({ runs, joined, stretches }: JoinedRuns & { readonly stretches: readonly StretchRuns[] }) {
  const stretchOf = new Map(stretches.flatMap((stretch, i) => stretch.runs.map((run) => [run, i] as const)));
  const segments: Joined[][] = stretches.map(() => []);
  for (const one of joined) {
    const found = new Set<number>();
    for (let i = 0; i < one.segment.runs.length; i++) {
      const ts = one.segment.ts[i]!;
      const known = runs.at(one.segment.runs[i]!, ts);
      found.add(stretchOf.get(known)!);
      const isMoved = one.segment.stretch < 0 && chooseBucket(known.ts, 0) !== chooseBucket(ts, 0);
      if (found.size > 1 || isMoved) return null;
    }
    segments[[...found][0]!]!.push(one);
  }
  return segments;
}

function makeTable(node: string, stretches: readonly StretchRuns[]): StretchesOfNode {
  const all = stretches
    .flatMap(({ runs }, stretch) => runs.map(({ run, ts }) => ({ run, ts, stretch })))
    .sort((a, b) => a.run - b.run || a.ts - b.ts);
  return {
    node,
    stretches: stretches.map(({ runs }) => findBounds(runs)),
    runs: {
      run: Float64Array.from(all, ({ run }) => run),
      ts: Float64Array.from(all, ({ ts }) => ts),
      stretch: Int32Array.from(all, ({ stretch }) => stretch),
    },
  };
}
