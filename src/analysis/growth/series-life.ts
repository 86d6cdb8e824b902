/** How one series went in one life of its process: the values to look at, and what they are judged to do. */

import type { SeriesTrend } from '../../model/answers/growth.ts';
import type { Series, Stretch } from '../../model/logged/series.ts';
import { judge } from '../judge/judge.ts';
import type { Points } from '../judge/points.ts';
import { convertToClock } from '../judge/points-trend.ts';
import type { Counted } from '../judge/prepared.ts';

export type SeriesMeasure = 'entries' | 'size';

/** What is known of all series together. */
export interface SeriesContext {
  /** Size in the logs: what is smaller is not logged. */
  readonly smallest: number;
  /** True where the last run was made as the process ended: it has closed its connections by then. */
  readonly endsWithExit: (stretch: Stretch) => boolean;
}

/** A variable that comes into the log late, and to this many times the smallest size in it, was next to nothing before. */
const APPEARS_LARGE = 4;

/** Values and judgement are worked out when they are asked for: of most earlier lives nobody does. */
export class SeriesLife {
  readonly stretch: Stretch;
  readonly measure: SeriesMeasure;
  readonly counts: Counted;
  readonly #series: Series;
  readonly #context: SeriesContext;
  #points: Points | null = null;
  #trend: SeriesTrend | null = null;

  constructor(series: Series, stretch: Stretch, measure: SeriesMeasure, context: SeriesContext) {
    this.stretch = stretch;
    this.measure = measure;
    this.counts = series.source === 'process' ? 'gauge' : measure;
    this.#series = series;
    this.#context = context;
  }

  /** Hours since the first run of the stretch. */
  get points(): Points {
    this.#points ??= pointsOf(this.#series, this.stretch, this.measure, this.#context);
    return this.#points;
  }

  get trend(): SeriesTrend {
    this.#trend ??= convertToClock(judge(this.points, this.counts), this.stretch.firstTs);
    return this.#trend;
  }

  /** The most there was, also between points. */
  get most(): number {
    const { entries, highest } = this.#series;
    const isOfEntries = entries.some((value) => !Number.isNaN(value));
    const values = isOfEntries === (this.measure === 'entries') ? highest : this.points.y;
    let most = 0;
    for (const value of values) if (value > most) most = value;
    return most;
  }
}

function pointsOf(
  series: Series,
  stretch: Stretch,
  measure: SeriesMeasure,
  { smallest, endsWithExit }: SeriesContext,
): Points {
  const { ts, firstTs } = stretch;
  const values = series[measure];
  const isLogged = (i: number) => !(Number.isNaN(series.size[i]!) && Number.isNaN(series.entries[i]!));
  const last = values.length > 1 && endsWithExit(stretch) ? values.length - 1 : values.length;
  let first = 0;
  while (first < last && !isLogged(first)) first++;
  let end = last;
  while (end > first && !isLogged(end - 1)) end--;
  // The last run may be unfinished, so that one missing row there says nothing.
  if (last - end > 1 && series.source !== 'process') end = last;
  const isLarge = (value: number) => value > APPEARS_LARGE * smallest;
  const isNew = series.source === 'variable' && first > 0 && series.size.some(isLarge);
  const points: { t: number[]; y: number[] } = { t: [], y: [] };
  for (let i = isNew ? 0 : first; i < end; i++) {
    // What is not logged is below the threshold: next to nothing. What is logged without this measure, or a gauge, is not known.
    const value = isLogged(i) || series.source === 'process' ? values[i]! : 0;
    if (Number.isNaN(value)) continue;
    points.t.push((ts[i]! - firstTs) / 3600);
    points.y.push(value);
  }
  return points;
}
