/**
 * What a variable did in earlier boots of its node: after a restart everything fills again, and what stopped by itself
 * before is expected to do so where it did.
 */

import type { Series, SeriesResult } from '../../model/logged/series.ts';
import { judge } from '../judge/judge.ts';

export class EarlierBoots {
  readonly #data: SeriesResult;
  readonly #series = new Map<string, Series[]>();

  constructor(data: SeriesResult) {
    this.#data = data;
    for (const one of data.series) {
      const key = this.#keyOf(one);
      const list = this.#series.get(key);
      if (list === undefined) this.#series.set(key, [one]);
      else list.push(one);
    }
  }

  /** The most entries (or size, where there are none) it came to in an earlier boot in which it stopped; else null. */
  settledAt(series: Series): number | null {
    const levels = (this.#series.get(this.#keyOf(series)) ?? [])
      .filter(({ stretch }) => stretch < series.stretch)
      .flatMap((earlier) => this.#levelOf(earlier) ?? []);
    return levels.length === 0 ? null : Math.max(...levels);
  }

  #levelOf({ stretch, size, entries, highest }: Series): number | null {
    const { ts, firstTs } = this.#data.stretches[stretch]!;
    const isCounted = entries.some((value) => !Number.isNaN(value));
    const values = isCounted ? entries : size;
    const points = Array.from(ts.keys()).filter((i) => !Number.isNaN(values[i]!));
    const t = points.map((i) => (ts[i]! - firstTs) / 3600);
    const { verdict, shape } = judge({ t, y: points.map((i) => values[i]!) }, isCounted ? 'entries' : 'size');
    const stopped = verdict === 'fine' || verdict === 'stepped';
    if (!stopped || shape === 'varying' || shape === 'falling') return null;
    return points.reduce((most, i) => Math.max(most, highest[i]!), 0);
  }

  #keyOf({ stretch, source, key, unit }: Series): string {
    return JSON.stringify([this.#data.stretches[stretch]!.node, source, key, unit]);
  }
}
