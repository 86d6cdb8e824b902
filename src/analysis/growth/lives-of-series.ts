/** Finds what a series did in the earlier lives of its process, and judges it with that. */

import type { Series, SeriesResult } from '../../model/logged/series.ts';
import { type JudgedLife, judgeOverLives } from './earlier-lives.ts';
import { type SeriesContext, SeriesLife, type SeriesMeasure } from './series-life.ts';

export class LivesOfSeries {
  readonly #data: SeriesResult;
  readonly #context: SeriesContext;
  readonly #series = new Map<string, Series[]>();

  constructor(data: SeriesResult, context: SeriesContext) {
    this.#data = data;
    this.#context = context;
    for (const one of data.series) {
      const key = this.#keyOf(one);
      const list = this.#series.get(key);
      if (list === undefined) this.#series.set(key, [one]);
      else list.push(one);
    }
  }

  judge(series: Series, measure: SeriesMeasure): JudgedLife {
    const lifeOf = (one: Series) => {
      return new SeriesLife(one, this.#data.stretches[one.stretch]!, measure, this.#context);
    };
    return judgeOverLives(lifeOf(series), this.#earlierOf(series).map(lifeOf));
  }

  /** The latest first. What a run costs is told by what is measured now. */
  #earlierOf(series: Series): Series[] {
    if (series.source === 'process' && series.key !== 'resident_memory') return [];
    const all = this.#series.get(this.#keyOf(series))!;
    return all.filter(({ stretch }) => stretch < series.stretch).sort((a, b) => b.stretch - a.stretch);
  }

  #keyOf({ stretch, source, key, unit }: Series): string {
    return JSON.stringify([this.#data.stretches[stretch]!.node, source, key, unit]);
  }
}
