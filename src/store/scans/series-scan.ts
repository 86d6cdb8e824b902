/** The series query on rows as they are read: each piece of a log gives segments, which `SeriesMerge` joins. */

import { SAMPLE } from '../../format/log-kind.ts';
import type { RowsHandler } from '../../format/row-reader.ts';
import type { StringPool } from '../../format/string-pool.ts';
import type { SeriesQuery } from '../../model/logged/series.ts';
import { follows, type KnownRun, RunSet } from '../runs/run-tracker.ts';
import { isOfTurn, NO_TURN, SampleTexts, type Turn, turnToRow } from '../runs/sample-row.ts';
import {
  addSeries,
  chooseBucket,
  createSegment,
  findPoint,
  NAME_COLUMNS,
  POINT_COLUMNS,
  putValue,
  reserveTime,
  type Segment,
} from '../runs/segment.ts';
import type { StretchTable } from '../runs/stretch-table.ts';
import { LEFT_OUT, NO_SLOT, VariableSlots } from '../runs/variable-slots.ts';
import { WantedRows } from './wanted-rows.ts';

/** What a piece holds. Names recur on every node, so they are given once. */
export interface SeriesPart {
  readonly texts: readonly string[];
  readonly segments: readonly Segment[];
}

interface OpenSegment {
  readonly segment: Segment;
  /** Series by variable and unit. */
  readonly slots: VariableSlots;
  /** Its runs, and the second in which the first row that was met of each lies. */
  readonly runs: Map<KnownRun, number>;
}

interface NodeState {
  readonly name: string;
  readonly runs: RunSet;
  readonly segmentOf: Map<KnownRun, OpenSegment>;
  /** The latest run begun, and the segment it was put into. */
  last: { readonly run: KnownRun; readonly open: OpenSegment } | null;
}

/** What the row before had, as read, and where its values went. */
interface SeriesTurn extends Turn {
  open: OpenSegment | null;
  point: number;
}

export class SeriesScan {
  readonly #table: StretchTable;
  readonly #pool: StringPool;
  readonly #texts: SampleTexts;
  readonly #nodes: (NodeState | null | undefined)[] = [];
  readonly #segments: OpenSegment[] = [];
  readonly #wanted: WantedRows;
  readonly #turn: SeriesTurn = { ...NO_TURN, open: null, point: 0 };
  /** Nodes of a cluster hold much the same: the most series that any of them has. */
  #mostSeries = 0;

  constructor(query: SeriesQuery, table: StretchTable, pool: StringPool) {
    this.#table = table;
    this.#pool = pool;
    this.#texts = new SampleTexts(pool);
    this.#wanted = new WantedRows(query);
  }

  readonly rows: RowsHandler = (values, from, stride, count) => {
    const turn = this.#turn;
    const end = from + count * stride;
    for (let at = from; at < end; at += stride) {
      if (!isOfTurn(turn, values, at)) this.#turnTo(values, at);
      const { open } = turn;
      if (open === null) continue;
      const variable = values[at + SAMPLE.variable]!;
      let series = open.slots.find(variable, turn.unitId);
      if (series === NO_SLOT) {
        series = this.#newSeries(open.segment, values, at, turn.unitId);
        open.slots.add(variable, series);
      }
      if (series < 0) continue;
      const { segment } = open;
      const place = (turn.point * segment.width + series) * POINT_COLUMNS;
      putValue(segment.values, place, turn.ts, values[at + SAMPLE.size]!, values[at + SAMPLE.entries]!);
    }
  };

  finish(): SeriesPart {
    for (const { segment, runs } of this.#segments) {
      for (const [{ run, ts }, second] of runs) {
        segment.runs.push(run);
        segment.ts.push(ts);
        if (segment.stretch < 0 && chooseBucket(ts, 0) !== second) segment.misplaced = true;
      }
    }
    return { texts: this.#pool.texts, segments: this.#segments.map(({ segment }) => segment) };
  }

  #turnTo(values: Float64Array, at: number): void {
    const turn = this.#turn;
    turnToRow(turn, values, at, this.#texts);
    const { ts, run } = turn;
    turn.open = null;
    if (!this.#wanted.isWithin(ts)) return;
    const node = this.#texts.node(values, at);
    let state = this.#nodes[node];
    if (state === undefined) {
      state = this.#newNode(node);
      this.#nodes[node] = state;
    }
    if (state === null) return;
    const known = state.runs.at(run, ts);
    turn.open = state.segmentOf.get(known) ?? this.#startRun(state, known);
    const { segment } = turn.open;
    turn.point = findPoint(segment, chooseBucket(this.#table.timeOf(state.name, known), segment.level));
  }

  #newNode(node: number): NodeState | null {
    const name = this.#pool.text(node);
    if (!this.#wanted.wantsNode(name)) return null;
    return { name, runs: new RunSet(), segmentOf: new Map(), last: null };
  }

  #startRun(state: NodeState, run: KnownRun): OpenSegment {
    const open = this.#segmentFor(state, run);
    const ts = this.#table.timeOf(state.name, run);
    reserveTime(open.segment, ts, ts);
    open.runs.set(run, chooseBucket(run.ts, 0));
    state.segmentOf.set(run, open);
    state.last = { run, open };
    return open;
  }

  #segmentFor({ name, last }: NodeState, { run, ts }: KnownRun): OpenSegment {
    const { stretch, level } = this.#table.of(name, run, ts);
    if (stretch >= 0) {
      const known = this.#segments.find(({ segment }) => segment.node === name && segment.stretch === stretch);
      if (known !== undefined) return known;
    } else if (last !== null && follows(run, ts, last.run.run, last.run.ts)) return last.open;
    const segment = createSegment(name, stretch, level, this.#mostSeries);
    const open = { segment, slots: new VariableSlots(), runs: new Map<KnownRun, number>() };
    this.#segments.push(open);
    return open;
  }

  #newSeries(segment: Segment, values: Float64Array, at: number, unit: number): number {
    const variable = values[at + SAMPLE.variable]!;
    const moduleName = this.#texts.moduleName(values, at);
    if (!this.#wanted.wantsVariable(this.#pool.text(moduleName), this.#pool.text(variable))) return LEFT_OUT;
    const series = addSeries(segment, variable, moduleName, unit);
    this.#mostSeries = Math.max(this.#mostSeries, segment.names.length / NAME_COLUMNS);
    return series;
  }
}
