/** The series query on rows as they are read: each piece of a log gives segments, which `SeriesMerge` joins. */

import { SAMPLE } from '../format/log-kind.ts';
import type { RowsHandler } from '../format/row-reader.ts';
import type { StringPool } from '../format/string-pool.ts';
import { nameMatcher } from '../model/name-filter.ts';
import type { SeriesQuery } from '../model/series.ts';
import { SAME_RUN_WITHIN, sameRun } from './run-tracker.ts';
import { SampleTexts } from './sample-row.ts';
import { addSeries, beginRun, emptySegment, putValue, type Segment } from './segment.ts';
import { LEFT_OUT, NO_SLOT, VariableSlots } from './variable-slots.ts';

interface NodeState {
  readonly wanted: boolean;
  segment: Segment | null;
  /** The time of the row before. */
  lastTs: number;
  /** Of series in the segment. */
  slots: VariableSlots;
}

export class SeriesScan {
  readonly #query: SeriesQuery;
  readonly #pool: StringPool;
  readonly #texts: SampleTexts;
  readonly #nodes: NodeState[] = [];
  readonly #segments: Segment[] = [];
  readonly #wantsModule: (name: string) => boolean;
  readonly #wantsVariable: (name: string) => boolean;
  readonly #since: number;
  readonly #until: number;

  constructor(query: SeriesQuery, pool: StringPool) {
    this.#query = query;
    this.#pool = pool;
    this.#texts = new SampleTexts(pool);
    this.#since = query.since ?? Number.NEGATIVE_INFINITY;
    this.#until = query.until ?? Number.POSITIVE_INFINITY;
    this.#wantsModule = nameMatcher(query.filters.module);
    this.#wantsVariable = nameMatcher(query.filters.variable);
  }

  readonly rows: RowsHandler = (values, from, stride, count) => {
    for (let i = 0; i < count; i++) this.#row(values, from + i * stride);
  };

  #row(values: Float64Array, at: number): void {
    const ts = values[at + SAMPLE.ts]!;
    if (ts < this.#since || ts > this.#until) return;
    const node = this.#texts.node(values, at);
    const state = this.#nodes[node] ?? this.#addNode(node);
    if (!state.wanted) return;
    const run = values[at + SAMPLE.run]!;
    if (state.segment === null || !sameRun(run, ts, state.segment.lastRun, state.lastTs))
      this.#startRun(state, node, run, ts);
    state.lastTs = ts;
    const unit = this.#texts.unit(values, at);
    const variable = values[at + SAMPLE.variable]!;
    let series = state.slots.find(variable, unit);
    if (series === NO_SLOT) {
      series = this.#newSeries(state.segment!, values, at, unit);
      state.slots.add(variable, series);
    }
    if (series >= 0) putValue(state.segment!, series, values[at + SAMPLE.size]!, values[at + SAMPLE.entries]!);
  }

  /** The segments of all nodes, in the order in which they began. */
  finish(): Segment[] {
    return this.#segments;
  }

  #addNode(node: number): NodeState {
    const wanted = nameMatcher(this.#query.filters.node)(this.#pool.text(node));
    const state = { wanted, segment: null, lastTs: 0, slots: new VariableSlots() };
    this.#nodes[node] = state;
    return state;
  }

  #startRun(state: NodeState, node: number, run: number, ts: number): void {
    const { segment } = state;
    if (segment === null || !follows(run, ts, segment)) {
      state.segment = emptySegment(this.#pool.text(node), run, ts);
      this.#segments.push(state.segment);
      state.slots = new VariableSlots();
    }
    beginRun(state.segment!, run, ts);
  }

  #newSeries(segment: Segment, values: Float64Array, at: number, unit: number): number {
    const key = this.#pool.text(values[at + SAMPLE.variable]!);
    const moduleName = this.#pool.text(this.#texts.moduleName(values, at));
    const wanted = this.#wantsModule(moduleName) && this.#wantsVariable(key);
    const name = { source: 'variable' as const, key, moduleName, unit: this.#pool.text(unit) };
    return wanted ? addSeries(segment, name) : LEFT_OUT;
  }
}

/** True where a run can be of the same boot and clock as the segment's last: its counter went up, and time did not go back. */
export function follows(run: number, ts: number, { lastRun, lastTs }: Pick<Segment, 'lastRun' | 'lastTs'>): boolean {
  return run > lastRun && ts > lastTs - SAME_RUN_WITHIN;
}
